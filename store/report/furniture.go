package report

import (
	"strings"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

var (
	// pageNumber is a line that is the number of a page.
	pageNumber = lazyregexp.New(`^(?i)[-–—\s]*(?:trang|page|pg\.?|p\.)?\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—\s]*$`)
	digits     = lazyregexp.New(`\d+`)
)

// minHeaderRepeats is how often a line must occur to be a page header.
const minHeaderRepeats = 3

// dropHeadersAndFooters removes page numbers and page headers.
func dropHeadersAndFooters(lines []wrapLine) []wrapLine {
	seen := map[string]int{}
	title := titleWords(lines)
	for _, l := range lines {
		if !l.blank && l.length < longLine/2 {
			seen[headerKey(l.text)]++
		}
	}
	drop := make([]bool, len(lines))
	for i, l := range lines {
		if !l.blank && pageNumber.MatchString(l.text) && isIsolated(lines, i, drop) {
			drop[i] = true
		}
	}
	for i, l := range lines {
		if l.blank || drop[i] || endsSentence(l.text) || itemStart.MatchString(l.text) || isNoteLine(l.text) || hasLink(l.text) {
			continue
		}
		nextToNumber := i > 0 && drop[i-1] || i+1 < len(lines) && drop[i+1]
		atEdge := l.page || nextToNumber
		repeated := seen[headerKey(l.text)] >= minHeaderRepeats && digitsOrCapitals(l.text)
		if repeated && (atEdge || edgeOfPage(lines, i)) || nextToNumber && atEdge && digitsOrCapitals(l.text) && !startsLower(l.text) && l.length < 80 || l.page && i > 0 && repeats(l.text, title) {
			drop[i] = true
		}
	}
	kept := lines[:0:0]
	page := false
	for i, l := range lines {
		if drop[i] {
			page = true
			continue
		}
		l.page = l.page || page && !l.blank
		page = page && l.blank
		kept = append(kept, l)
	}
	return kept
}

// titleWords are the words of the first line.
func titleWords(lines []wrapLine) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		if !l.blank {
			for _, w := range text.Words(l.text) {
				words[w.Exact] = true
			}
			break
		}
	}
	return words
}

// repeats reports whether nearly all words of a line are the title's, as in most page
// headers. Numbers are ignored.
func repeats(line string, title map[string]bool) bool {
	same, other := 0, 0
	for _, w := range text.Words(line) {
		switch {
		case title[w.Exact]:
			same++
		case digits.FindString(w.Exact) == "":
			other++
		}
	}
	return same >= 3 && same >= 4*other
}

// headerKey returns a page header without its page number. The number of a chapter or an
// article stays: it is the same on every page.
func headerKey(line string) string {
	line = strings.ToLower(line)
	section := sectionWord.FindString(line)
	return section + digits.ReplaceAllString(line[len(section):], "#")
}

// digitsOrCapitals reports whether a line has a number or is in capitals, as
// running heads mostly are.
func digitsOrCapitals(line string) bool { return digits.MatchString(line) || allCapitals(line) }

// isIsolated reports whether there is no text directly before and after a line that may be
// a page number: a line of a table or a list may be a number too.
func isIsolated(lines []wrapLine, i int, drop []bool) bool {
	text := func(j int) bool {
		return j >= 0 && j < len(lines) && !lines[j].blank && !drop[j] && !digitsOrCapitals(lines[j].text)
	}
	return !(text(i-1) && text(i+1)) && !(i+1 < len(lines) && pageNumber.MatchString(lines[i+1].text) && !lines[i+1].blank)
}

// edgeOfPage reports whether a line has blank lines around it, as a page header has.
func edgeOfPage(lines []wrapLine, i int) bool {
	return (i == 0 || lines[i-1].blank) && (i+1 == len(lines) || lines[i+1].blank)
}
