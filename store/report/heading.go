package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// longLine is the length in characters above which a line is always a
// paragraph.
const longLine = 200

var (
	bullet = lazyregexp.New(`^[-–—•*·▪●○◦‣⁃■□➢➤✓+]\s+`)
	// itemStart matches the beginning of a list item: a bullet, or a number or small
	// letter with a bracket or full stop. Capital letters and large Roman
	// numbers with a full stop begin headings.
	itemStart = lazyregexp.New(`^(?:[-–—•*·▪●○◦‣⁃■□➢➤✓+]\s+|\d{1,3}[.)]\s+|\((?:\d{1,3}|\pL|[ivxlc]{1,6})\)\s*|(?:\pL|[ivxlc]{1,6}|[a-zđ]{2}|\d{1,2}(?:\.\d{1,2}){1,3})\)\s*|(?:[a-zđ]|[ivx]{1,5})\.\s+)`)
	// bareSection matches a chapter number alone: Chapter I.
	bareSection = lazyregexp.New(`^(?i:điều|chương|mục|phần|bài|article|section|chapter|part|book)\s+(?:\d{1,3}|[IVXLC]+)\.?$`)
	// unfinishedEnd matches the end of a line that can't be a heading.
	unfinishedEnd = lazyregexp.New(`[;,，；、]$`)
	// trailingMarker matches what may be a marker at a line's end.
	trailingMarker = lazyregexp.New(`\s*(?:\[[^\[\]]{1,20}\]|\(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\)|[⁰¹²³⁴-⁹]+(?:[⁻,˒][⁰¹²³⁴-⁹]+)*|\x{e004}[^\x{e005}]*\x{e005}|\x{e002}\d+\x{e003}|[*†‡]{1,3})\s*$`)

	notesHead  = vocabulary("notes headings", entryLines)
	headNumber = lazyregexp.New(`^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}[.)]|[A-Z][.)])\s+`)
	headCount  = lazyregexp.New(`\s*\(\d+\)$`)
)

// looksLikeParagraph reports whether a line is text and no heading, by its wording.
func looksLikeParagraph(line string) bool {
	line = strings.TrimSpace(line)
	if bareSection.MatchString(line) {
		return false
	}
	if utf8.RuneCountInString(line) > longLine || itemStart.MatchString(line) || unfinishedEnd.MatchString(line) || hasMarker(line) {
		return true
	}
	for range 10 { // a line may end in several markers
		bare := trailingMarker.ReplaceAllString(line, "")
		if bare == line || bare == "" {
			break
		}
		line = bare
		if endsSentence(line) {
			return true
		}
	}
	return hasFullStop(line)
}

// hasMarker reports whether a line has an unambiguous marker.
func hasMarker(line string) bool {
	return strings.ContainsRune(line, refFrom) || strings.ContainsRune(line, '[') && bracketMarker.MatchString(line)
}

// closingSigns may follow the full stop that ends a sentence.
const closingSigns = "\"”’»)]"

// hasFullStop reports whether a line ends in a full stop, or in an exclamation or
// question mark within a quotation or bracket: alone these end a heading too.
func hasFullStop(line string) bool {
	bare := strings.TrimRight(line, closingSigns)
	last, _ := utf8.DecodeLastRuneInString(bare)
	return strings.ContainsRune(".…。．।؟！？", last) || bare != line && (last == '!' || last == '?')
}

// endsSentence reports whether a line's last punctuation ends a sentence.
func endsSentence(line string) bool {
	line = strings.TrimSpace(line)
	return hasFullStop(line) || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "?")
}

// isNotesHeading reports whether a line is the heading of the list of notes.
func isNotesHeading(line string) bool {
	if len(line) > 60 || strings.IndexFunc(line, unicode.IsLetter) < 0 {
		return false
	}
	line = headCount.ReplaceAllString(headNumber.ReplaceAllString(text.Clean(unmarked(line)), ""), "")
	return notesHead[text.Fold(strings.TrimSpace(strings.Trim(line, ":.-–—=*#[]() ")))]
}

// allCapitals reports whether the letters of a line are all capitals, and there
// are at least three.
func allCapitals(line string) bool {
	upper := 0
	for _, r := range line {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			upper++
		}
	}
	return upper >= 3
}
