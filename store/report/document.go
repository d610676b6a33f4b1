package report

import (
	"cmp"
	"fmt"
	"strings"
)

// document is the common form of all formats: lines in order, with markers such as [12] in
// them, and the notes if the format has notes.
type document struct {
	lines    []printedLine
	notes    []printedNote
	warnings []string
	about    metadata
}

// metadata is a file's metadata. Its title has priority over the text's; its date and
// authors are used if the text has none, or if own is set.
type metadata struct {
	title, date string // date: 2024-11-01
	authors     []string
	own         bool // date and authors go before the text's, too
	// titleNotInText is a title that is not in the text. It may be that of a template, and
	// is used only if the text has no title.
	titleNotInText string
}

// printedLine is a paragraph or a heading, without line feeds. Markers and superscripts
// from the format's markup are enclosed in the characters of marks.go.
type printedLine struct {
	text string
	kind lineKind
	gap  bool // a blank line stands above it, or it begins a paragraph of its own
	page pages
	// Of a web page: the line is in a menu, a banner or the like; most of it is links.
	boilerplate, linked bool
}

// lineKind is the kind of a line by the format's markup.
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

// readText reads plain text, with one paragraph per line or wrapped.
func readText(data []byte) (*document, error) {
	decoded, warnings, err := decode(data)
	if err != nil {
		return nil, err
	}
	about, to, body := readMailHeader(withoutReserved(string(decoded)))
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
	top := letterheadEnd(letterheadTexts(d.lines))
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

// sectionHeads counts the lines that begin with each heading of an article or chapter. A
// frequent one is a page header.
func sectionHeads(lines []printedLine) map[string]int {
	heads := map[string]int{}
	for _, l := range lines {
		if head := sectionWord.FindString(l.text); head != "" && !l.isParagraph() {
			heads[head]++
		}
	}
	return heads
}

// report converts the lines to a report. If the format has no notes, it searches for them
// in the lines.
func (d *document) report() (*Report, error) {
	lines, printed := d.lines, d.notes
	labels := map[string]int{}
	if len(printed) == 0 {
		lines, printed, labels = cutNotes(lines)
	}
	markListIntros(lines)
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
	// A date from the metadata may be that of a copy: it is not used for dates without a year.
	r.Date = cmp.Or(r.Date, d.about.date)
	if len(r.Authors) == 0 || d.about.own && len(d.about.authors) > 0 {
		r.Authors = d.about.authors
	}
	r.CrossCheck()
	r.warnOfHeadings()
	return r, nil
}

// maxHeadingShare is the share of words in headings above which the headings are probably
// misdetected.
const maxHeadingShare = .3

// warnOfHeadings adds a warning if headings have more than maxHeadingShare of the words.
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
