package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// Text wrapped by a mail program, an editor or a program such as pdftotext has lines of
// similar length, page numbers and page headers. It is joined into paragraphs; text with
// one paragraph per line is unchanged.

const (
	// narrowest and widest are how wide wrapped text is, in characters.
	narrowest, widest = 38, 130
	// fullShare is how long a line is, of the width, that is full: the next word
	// had no room.
	fullShare = .78
	// minBrokenShare is the share of a wrapped text's full lines that break off before
	// a small letter.
	minBrokenShare = .15
)

// wrapLine is one line of a file.
type wrapLine struct {
	text   string // without white space around it
	indent int
	blank  bool
	page   bool // it begins a page
	row    bool // of a table
	length int  // in characters
}

// unwrapText returns the lines of a text file, joined into paragraphs if it is wrapped.
func unwrapText(written string) []printedLine {
	lines := formatTables(splitLines(written))
	width, wrapped := widthOf(lines)
	if wrapped {
		lines = dropHeadersAndFooters(lines)
	}
	var joined []printedLine
	open := paragraphText{compounds: compoundsOf(lines)}
	gap := false
	top := letterheadLines(lines)
	for i := range lines {
		l := &lines[i]
		if i < top {
			for _, piece := range splitColumns(l.text) {
				joined = append(joined, printedLine{text: piece, gap: true})
			}
			continue
		}
		if l.blank {
			gap = true
			continue
		}
		switch {
		case l.row:
			open.close(joined)
			joined = append(joined, printedLine{gap: gap, kind: paragraph})
			open.begin(l)
			open.last, gap = nil, false
			continue
		case open.note && wrapped && !gap && !isNoteLine(l.text):
			open.addToNote(l.text)
		case open.last != nil && !open.note && (wrapped || !endsInLink(open.last.text)) && continuesParagraph(*open.last, *l, gap, wrapped, width):
			open.add(l.text)
			long := float64(open.length) > 2.2*float64(width)
			if wrapped && (long || endsSentence(l.text) || strings.HasSuffix(l.text, ":")) {
				joined[len(joined)-1].kind = paragraph
			}
		default:
			open.close(joined)
			joined = append(joined, printedLine{gap: gap})
			open.begin(l)
		}
		open.last, gap = l, false
	}
	open.close(joined)
	return joined
}

// splitLines splits a file into lines.
func splitLines(written string) []wrapLine {
	var lines []wrapLine
	page := false
	for line := range strings.Lines(stripQuotePrefixes(written)) {
		if strings.ContainsRune(line, '\f') {
			page = true
		}
		trimmed := strings.TrimSpace(line)
		l := wrapLine{text: trimmed, blank: trimmed == "", page: page && trimmed != "", length: utf8.RuneCountInString(trimmed)}
		l.indent = utf8.RuneCountInString(line) - utf8.RuneCountInString(strings.TrimLeft(line, " \t\f"))
		page = page && l.blank
		lines = append(lines, l)
	}
	return lines
}

// widthOf returns a text's line width, and whether it is wrapped: most long lines have about
// that width and end inside a sentence.
func widthOf(lines []wrapLine) (width int, wrapped bool) {
	var lengths []int
	for _, l := range lines {
		if l.length >= narrowest && !strings.Contains(l.text, "://") { // an address is never cut
			lengths = append(lengths, l.length)
		}
	}
	if len(lengths) == 0 {
		return 0, false
	}
	slices.Sort(lengths)
	width = lengths[len(lengths)*19/20]
	if width > widest {
		return width, false
	}
	full, broken := 0, 0
	for i, l := range lines {
		if l.blank || float64(l.length) < fullShare*float64(width) {
			continue
		}
		full++
		if !endsSentence(l.text) && startsLower(nextText(lines, i)) {
			broken++
		}
	}
	return width, float64(broken) >= minBrokenShare*float64(full)
}

// nextText returns the text of the next line that is not blank.
func nextText(lines []wrapLine, i int) string {
	for _, l := range lines[i+1:] {
		if !l.blank {
			return l.text
		}
	}
	return ""
}

// startsLower reports whether a line begins with a lower-case letter, which means that it
// continues a sentence.
func startsLower(line string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, "“\"'(«"))
	return unicode.IsLower(first) && !itemStart.MatchString(line)
}

// continuesParagraph reports whether the next line continues the paragraph of line l.
func continuesParagraph(l, next wrapLine, gap, wrapped bool, width int) bool {
	small := startsLower(next.text)
	full := float64(l.length) >= fullShare*float64(width)
	switch {
	case !wrapped:
		// Only where nothing else can be meant: no line begins with a small letter.
		return !gap && small && l.length <= widest && !endsSentence(l.text) && !itemStart.MatchString(next.text)
	case isTableRow(l.text) || isTableRow(next.text) || twoColumns.MatchString(l.text) || twoColumns.MatchString(next.text):
		return false
	case isNoteLine(next.text): // a marker that stands at a line's beginning
		return !gap && full && !itemStart.MatchString(l.text)
	case numbered.MatchString(next.text) && !firstNumber.MatchString(next.text) && full && !gap && !endsSentence(l.text) && !strings.HasSuffix(l.text, ":") && !strings.HasSuffix(l.text, ";"):
		return true // the number of a sentence that broke off before it
	case itemStart.MatchString(next.text), isNotesHeading(next.text):
		return false
	case gap: // the edge of a page may part a paragraph
		return (small || next.page && !looksLikeHeading(next)) && full && !endsSentence(l.text) && !strings.HasSuffix(l.text, ";")
	case hyphenated(l.text, next.text), brokenAtHyphen.MatchString(l.text):
		return true
	case small:
		return !endsSentence(l.text) || full
	case next.indent > l.indent+1 && endsSentence(l.text):
		return false // the first line of a paragraph
	case full && !endsSentence(l.text):
		return !sectionNumber.MatchString(next.text) || float64(next.length) >= fullShare*float64(width) && !allCapitals(next.text)
	case full:
		return !sectionNumber.MatchString(next.text)
	}
	return allCapitals(l.text) && allCapitals(next.text) && l.length < longLine // a heading of two lines
}

// sectionNumber matches the beginning of a numbered heading, a clause or an article.
var sectionNumber = lazyregexp.New(`^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXLC]{1,6}\.|(?i:điều|chương|mục|phần|khoản|article|section|chapter|part)\s+(?:\d+|[IVXLC]+)[.:]?)\s+\p{Lu}`)

// sectionWord matches the beginning of a heading such as "Article 1" or "Chapter I".
var sectionWord = lazyregexp.New(`^(?i:điều|chương|mục|phần|bài|article|section|chapter|part)\s+(?:\d+|[IVXLCivxlc]+)(?:[.:\s]|$)`)

// firstNumber is the first item of a list by its number.
var firstNumber = lazyregexp.New(`^\(?1[.)]`)

// numbered is an item by its number, which may be a number of the sentence.
var numbered = lazyregexp.New(`^\(?\d{1,3}[.)]`)

// looksLikeHeading reports whether a line looks like a heading.
func looksLikeHeading(l wrapLine) bool {
	return sectionNumber.MatchString(l.text) || allCapitals(l.text)
}

// isNoteLine reports whether a line begins like an unambiguous note.
func isNoteLine(line string) bool {
	return strings.HasPrefix(line, "[") && noteLine.MatchString(line)
}

// endsInLink reports whether a line's last word is a URL, which may continue.
func endsInLink(line string) bool {
	return strings.Contains(line[strings.LastIndexByte(line, ' ')+1:], "://")
}

// isTableRow reports whether a line is a row of columns.
func isTableRow(line string) bool {
	return columns.MatchString(line) || strings.Count(line, "|") > 1 || strings.Count(line, "\t") > 0
}

// twoColumns is a line with something on its left and on its right.
var twoColumns = lazyregexp.New(`\S\s{6,}\S`)

// brokenAtHyphen is a line that ends within a name, a number or a word.
var brokenAtHyphen = lazyregexp.New(`[\pL\d]-$`)

var columns = lazyregexp.New(`\S\s{3,}\S+.*\S\s{3,}\S`)

// hyphenated reports whether a word was hyphenated across two lines.
func hyphenated(line, next string) bool {
	runes := []rune(line)
	n := len(runes)
	return n > 2 && runes[n-1] == '-' && unicode.IsLetter(runes[n-2]) && startsLower(next)
}
