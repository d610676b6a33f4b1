package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// minFullItem is the minimum length, in characters, of an item that is a whole paragraph.
const minFullItem = 120

// markListIntros makes lines that introduce a list ("The owner must do the following:")
// paragraphs: they end in a colon, and items follow. A line between blank lines is a
// heading if most items are whole paragraphs.
func markListIntros(lines []printedLine) {
	spaced := hasBlankLines(lines)
	for i := 1; i < len(lines)-1; i++ {
		l := &lines[i]
		if l.kind != unknown || !endsInColon(l.text) || !itemStart.MatchString(lines[i+1].text) || isNotesHeading(l.text) {
			continue
		}
		if _, _, entry := parseEntry(l.text); entry {
			continue
		}
		alone := !spaced || l.gap && lines[i+1].gap
		if !alone || !fullParagraphs(lines[i+1:]) {
			l.kind = paragraph
		}
	}
}

// hasBlankLines reports whether there are blank lines below the first line.
func hasBlankLines(lines []printedLine) bool {
	return slices.ContainsFunc(lines[min(1, len(lines)):], func(l printedLine) bool { return l.gap })
}

// endsInColon reports whether a line ends in a colon, markers aside.
func endsInColon(line string) bool {
	return strings.HasSuffix(strings.TrimSpace(refs.ReplaceAllString(line, "")), ":")
}

// fullParagraphs reports whether most items of the list that lines begin with are
// paragraphs: they end in a full stop, and are long or of several sentences.
func fullParagraphs(lines []printedLine) bool {
	items, full := 0, 0
	for _, l := range lines {
		if !itemStart.MatchString(l.text) {
			break
		}
		items++
		written := text.Clean(trailingMarker.ReplaceAllString(unmarked(l.text), ""))
		if hasFullStop(written) && (utf8.RuneCountInString(written) >= minFullItem || len(text.Sentences(itemStart.ReplaceAllString(written, ""))) > 1) {
			full++
		}
	}
	return 2*full > items
}

// sectionHead matches a short line that begins with a number and a capital letter.
var sectionHead = lazyregexp.New(`^(\d{1,2})\.\s+\p{Lu}`)

// markNumbered makes numbered lines ("1. Safety") headings if each is followed by text and
// their numbers ascend from 1; others are list items.
func markNumbered(lines []printedLine) {
	var heads []int
	for i := range lines[:max(0, len(lines)-1)] {
		l, next := lines[i], lines[i+1]
		m := sectionHead.FindStringSubmatch(l.text)
		if m == nil || l.kind != unknown || endsSentence(l.text) || endsInColon(l.text) || unfinishedEnd.MatchString(l.text) || hasMarker(l.text) ||
			utf8.RuneCountInString(l.text) > minFullItem || itemStart.MatchString(next.text) || !next.isParagraph() {
			continue
		}
		if m[1] == strconv.Itoa(len(heads)+1) {
			heads = append(heads, i)
		}
	}
	if len(heads) < 2 {
		return
	}
	for _, i := range heads {
		lines[i].kind = heading
	}
}
