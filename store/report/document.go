package report

import (
	"cmp"
	"fmt"
	"strings"
)

// document is what every format is read into: lines in order, with markers
// such as [12] in them, and the notes where the format knows them as such.
type document struct {
	lines    []printedLine
	notes    []printedNote
	warnings []string
	about    metadata
}

// metadata is what a file says about itself outside of its text. Its title goes before
// the text's; date and authors count where the text names none, or where own is set.
type metadata struct {
	title, date string // date: 2024-11-01
	authors     []string
	own         bool // date and authors go before the text's, too
	// titleNotInText is a title that the text doesn't have. It may be that of the file
	// that this one was made from, and counts where the text has none.
	titleNotInText string
}

// printedLine is a paragraph or a heading, without line feeds. Markers and superscripts
// that the format knows are between the characters of marks.go.
type printedLine struct {
	text string
	kind lineKind
	gap  bool // a blank line stands above it, or it begins a paragraph of its own
	page pages
	// Of a web page: the line is in a menu, a banner or the like; most of it is links.
	boilerplate, linked bool
}

// lineKind is what the format's markup makes of a line.
type lineKind int

const (
	unknown   lineKind = iota // looksLikeParagraph decides
	heading                   // as the author marked it
	paragraph                 // surely no heading
	block                     // a paragraph, or the title, date or authors
)

// printedNote is a note as printed.
type printedNote struct {
	n   int
	raw string
}

// isParagraph reports whether a line is text and no heading.
func (l printedLine) isParagraph() bool {
	return l.kind == paragraph || l.kind == block || l.kind == unknown && looksLikeParagraph(l.text)
}

// readText reads plain text: a line a paragraph, or wrapped.
func readText(data []byte) (*document, error) {
	decoded, warnings, err := decode(data)
	if err != nil {
		return nil, err
	}
	about, to, body := mailHead(withoutReserved(string(decoded)))
	return &document{warnings: warnings, about: about, lines: append(to, unwrapText(body)...)}, nil
}

// isFront reports whether a line may be title, date or authors.
func (l printedLine) isFront() bool {
	return l.kind != paragraph && !looksLikeParagraph(l.text)
}

// add adds a line unless it is blank.
func (d *document) add(written string, kind lineKind) {
	d.addLine(printedLine{text: written, kind: kind, gap: true})
}

// addLine is add for a line that may stand close below the one before.
func (d *document) addLine(l printedLine) {
	if l.text = strings.TrimSpace(l.text); l.text != "" {
		d.lines = append(d.lines, l)
	}
}

// classifyShortLines makes short lines paragraphs in a format that marks its headings:
// those below the first paragraph, except dates of a timeline, the heading of the notes,
// and headings that begin with "Article 1" or the like. Lines above the first paragraph
// may be title, date and authors, marked or not.
func (d *document) classifyShortLines() {
	marked, below := false, false
	top := letterheadEnd(headTexts(d.lines))
	heads := sectionHeads(d.lines)
	for _, l := range d.lines[top:] {
		marked = marked || l.kind == heading
	}
	for i := range d.lines {
		l := &d.lines[i]
		_, _, entry := parseEntry(l.text)
		switch {
		case i < top:
			l.kind = unknown
		case l.kind == unknown && marked && below && !entry && !isNotesHeading(l.text) && heads[sectionWord.FindString(l.text)] != 1:
			l.kind = paragraph
		case l.isParagraph():
			below = true
		}
	}
}

// sectionHeads counts how often lines begin as the head of each article or chapter
// does. One that many lines begin with is at the top of pages.
func sectionHeads(lines []printedLine) map[string]int {
	heads := map[string]int{}
	for _, l := range lines {
		if head := sectionWord.FindString(l.text); head != "" && !l.isParagraph() {
			heads[head]++
		}
	}
	return heads
}

// report makes a report of the lines. Where the format knows no notes, they are looked
// for among the lines.
func (d *document) report() (*Report, error) {
	lines, printed := d.lines, d.notes
	labels := map[string]int{}
	if len(printed) == 0 {
		lines, printed, labels = cutNotes(lines)
	}
	markLeads(lines)
	markNumbered(lines)
	footnotes, warnings := makeFootnotes(printed)
	r := &Report{Footnotes: footnotes, Warnings: append(d.warnings, warnings...)}
	r.Title = d.about.title
	markers := newMarkerReader(footnotes, labels, lines)
	(&body{report: r, markers: markers, about: d.about}).read(lines)
	if len(markers.unread) > 0 {
		r.warn("left in the text, since no note has such a number: %s", examples(markers.unread))
	}
	if len(r.Paragraphs) == 0 {
		return nil, ErrEmpty
	}
	r.Title = cmp.Or(r.Title, d.about.titleNotInText)
	// A file's own date may be that of a copy: it gives no year to dates.
	r.Date = cmp.Or(r.Date, d.about.date)
	if len(r.Authors) == 0 || d.about.own && len(d.about.authors) > 0 {
		r.Authors = d.about.authors
	}
	r.CrossCheck()
	r.warnOfHeadings()
	return r, nil
}

// maxHeadingShare is the share of a report's words that stand in headings at most, or
// it is read wrongly.
const maxHeadingShare = .3

// warnOfHeadings warns where much of a report was taken for headings.
func (r *Report) warnOfHeadings() {
	heads, words := 0, 0
	for _, section := range r.Sections {
		heads += len(strings.Fields(section))
	}
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			words += len(strings.Fields(s.Text))
		}
	}
	if float64(heads) > maxHeadingShare*float64(heads+words) {
		r.warn("%d%% of the words stand in headings: the text may be read wrongly", 100*heads/(heads+words))
	}
}

// examples names up to five of several things in one line.
func examples(all []string) string {
	const most = 5
	if len(all) <= most {
		return strings.Join(all, " ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most], " "), len(all)-most)
}
