package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
)

// maxSentence limits the length of a sentence, in bytes: about twice the longest one in a
// typical report, and less than MaxPassage.
const maxSentence = 900

// body reads the lines above the notes, in order.
type body struct {
	report  *Report
	markers *markerReader
	about   metadata
	section string
	entry   string
	year    int
	page    pages // of the line that is read
	// headings are the last headings, with no text below them yet; among them are dates of
	// a timeline's entries that turn out to have none.
	headings []string
	dated    string // the last line, if it is the date of an entry
}

func (b *body) read(lines []printedLine) {
	short, from := !slices.ContainsFunc(lines, printedLine.isParagraph), 0
	if !short {
		var found bool
		if lines, found = b.letterhead(lines); !found {
			from = b.front(lines)
		}
	}
	if b.about.own {
		b.report.Date = cmp.Or(b.about.date, b.report.Date)
	}
	b.year = yearOf(b.report.Date)
	for i := range b.report.Paragraphs { // facts that stand above the date
		b.report.Paragraphs[i].Year = b.year
	}
	for _, l := range lines[from:] {
		line := l.text
		b.page = l.page
		if short {
			b.headings = append(b.headings, line) // nothing but short lines: they are the text
			continue
		}
		if l.isParagraph() {
			b.paragraph(line)
			continue
		}
		if l.kind == heading {
			b.startSection(text.Clean(unmarked(line)))
			continue
		}
		label, rest, _ := strings.Cut(line, ":")
		label, year, ok := parseEntry(label + ":") // a date alone needs no colon
		switch {
		case !ok:
			b.startSection(text.Clean(unmarked(line)))
		case strings.TrimSpace(rest) != "":
			b.paragraph(line)
		default:
			b.keepDate()
			b.startEntry(label, year)
			b.dated = text.Clean(unmarked(line))
		}
	}
	b.keepDate()
	// Short lines at the end are text, except the heading of the notes.
	last := b.headings
	b.headings = nil
	for i, line := range last {
		b.page = lines[max(0, len(lines)-len(last)+i)].page
		if i < len(last)-1 || !isNotesHeading(line) {
			b.paragraph(line)
		}
	}
}

// startSection starts a section. Two headings in a row are joined: heading and subheading.
func (b *body) startSection(line string) {
	b.keepDate()
	b.headings = append(b.headings, line)
	b.entry, b.year = "", yearOf(b.report.Date)
}

// keepDate makes a heading of a date that no text stands under.
func (b *body) keepDate() {
	if b.dated != "" {
		b.headings = append(b.headings, b.dated)
		b.dated = ""
	}
}

// startEntry starts a timeline entry; without a year it inherits that of the entry above.
func (b *body) startEntry(label string, year int) {
	if year != 0 {
		b.year = year
	} else if b.year != 0 {
		label += ", " + strconv.Itoa(b.year)
	}
	b.entry = label
}

// paragraph adds a paragraph.
func (b *body) paragraph(line string) {
	b.dated = ""
	if len(b.headings) > 0 {
		titles := make([]string, len(b.headings))
		for i, heading := range b.headings {
			titles[i] = strings.TrimSpace(strings.TrimSuffix(heading, ":"))
		}
		b.section = strings.Join(titles, " › ")
		b.report.Sections = append(b.report.Sections, b.section)
		b.headings = nil
	}
	line = bullet.ReplaceAllString(text.Clean(line), "")
	if label, year, ok := parseEntry(line); ok {
		b.startEntry(label, year)
	}
	plain, marks := b.markers.cut(line)
	p := Paragraph{N: len(b.report.Paragraphs) + 1, Section: b.section, Entry: b.entry, Year: b.year}
	spans := splitAtMarks(plain, text.Sentences(plain), marks)
	for _, span := range spans {
		p.Sentences = append(p.Sentences, Sentence{Text: plain[span.Start:span.End]})
	}
	for _, m := range marks {
		// The last sentence that begins before the marker.
		at := len(spans) - 1
		for at >= 0 && spans[at].Start >= m.at {
			at--
		}
		b.mark(&p, at, m.n)
	}
	b.page.number(p.Sentences)
	p.Sentences = splitLong(p.Sentences)
	if len(p.Sentences) > 0 {
		b.report.Paragraphs = append(b.report.Paragraphs, p)
	}
}

// splitAtMarks also ends sentences where a marker is between a full stop and a capital
// letter: an abbreviation such as "U.S." does end a sentence there.
func splitAtMarks(plain string, spans []text.Span, marks []mark) []text.Span {
	var ended []text.Span
	for _, span := range spans {
		for len(marks) > 0 && marks[0].at < span.End {
			at := marks[0].at
			marks = marks[1:]
			if at <= span.Start || !hasFullStop(plain[span.Start:at]) || !quotesBalanced(plain[span.Start:at]) {
				continue
			}
			rest := strings.TrimLeft(plain[at:span.End], " ")
			if next, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(next) {
				ended = append(ended, text.Span{Start: span.Start, End: at})
				span.Start = span.End - len(rest)
			}
		}
		ended = append(ended, span)
	}
	return ended
}

// quotesBalanced reports whether every quotation opened in s is closed in it.
func quotesBalanced(s string) bool {
	return strings.Count(s, "“") == strings.Count(s, "”") &&
		strings.Count(s, "«") == strings.Count(s, "»") && strings.Count(s, `"`)%2 == 0
}

// splitLong splits sentences longer than maxSentence; each piece gets all footnotes of the
// sentence.
func splitLong(sentences []Sentence) []Sentence {
	var short []Sentence
	for _, s := range sentences {
		for _, clause := range text.Clauses(s.Text, maxSentence) {
			short = append(short, Sentence{Text: clause, Footnotes: slices.Clone(s.Footnotes), Page: s.Page})
		}
	}
	return short
}

// mark adds footnote n to sentence at of p; -1 is the last sentence before p.
func (b *body) mark(p *Paragraph, at, n int) {
	sentences := p.Sentences
	if at < 0 {
		at = 0
		if count := len(b.report.Paragraphs); count > 0 {
			sentences = b.report.Paragraphs[count-1].Sentences
			at = len(sentences) - 1
		}
	}
	if at >= len(sentences) {
		b.report.warn("marker [%d] stands before any sentence", n)
		return
	}
	s := &sentences[at]
	if !slices.Contains(s.Footnotes, n) {
		s.Footnotes = append(s.Footnotes, n)
	}
}

func yearOf(date string) int {
	if len(date) < 4 {
		return 0
	}
	year, _ := strconv.Atoi(date[:4]) // parseDate writes four digits
	return year
}
