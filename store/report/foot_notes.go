package report

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// Footnotes may be at the bottom of pages or the end of sections: groups of lines, each
// below the text with its markers, and followed by text.

// pageNoteGroup is the footnotes of one page, lines [from, to).
type pageNoteGroup struct {
	from, to int
	keys     []string
	raw      []string
}

// pageNoteList is all such groups of a text.
type pageNoteList struct {
	form   *pageNoteForm
	groups []pageNoteGroup
}

func (l *pageNoteList) count() int {
	n := 0
	for _, g := range l.groups {
		n += len(g.keys)
	}
	return n
}

// betterThan reports whether these groups are more likely the notes than list, at the end.
func (l *pageNoteList) betterThan(list *noteList) bool {
	more := l.count() - len(list.notes)
	return more > 0 || more == 0 && (len(l.groups) > 1 || l.form.bare)
}

// findPageNotes finds the footnotes of pages; nil if there are none.
func findPageNotes(lines []printedLine) *pageNoteList {
	if !hasBlankLines(lines) { // each line is a paragraph
		lines = slices.Clone(lines)
		for i := range lines {
			lines[i].gap = true
		}
	}
	var best *pageNoteList
	for i := range pageNoteForms {
		list := pageNoteForms[i].read(lines)
		if list != nil && (best == nil || list.count() > best.count()) {
			best = list
		}
	}
	return best
}

// pendingMarkers are the markers since the last group of notes.
type pendingMarkers struct {
	first, last string
	all         map[string]bool
}

func (m *pendingMarkers) add(key string) {
	if len(m.all) == 0 {
		m.first, m.all = key, map[string]bool{}
	}
	m.last = key
	m.all[key] = true
}

// read finds the notes of this form.
func (f *pageNoteForm) read(lines []printedLine) *pageNoteList {
	list := &pageNoteList{form: f}
	above := pendingMarkers{last: "0"}
	for i := 0; i < len(lines); i++ {
		if len(above.all) > 0 && (lines[i].gap || isNotesHeading(lines[i-1].text)) {
			if group, found := f.group(lines, i, above); found {
				list.groups = append(list.groups, group)
				above = pendingMarkers{last: group.keys[len(group.keys)-1]}
				i = group.to - 1
				continue
			}
		}
		for _, m := range f.find(lines[i].text) {
			for _, key := range f.keys(m.written) {
				if !above.all[key] && (!f.bare || f.follows(above, key)) {
					above.add(key)
				}
			}
		}
	}
	if n := len(list.groups); n > 0 && f.plausible(list, lines) {
		return list
	}
	return nil
}

// follows reports whether a figure behind a word is the number of the next note.
// Numbers may begin anew on each page.
func (f *pageNoteForm) follows(above pendingMarkers, key string) bool {
	return isNext(above.last, key) || len(above.all) == 0 && key == "1"
}

// plausible reports whether what was found are notes: they have signs, or text
// stands behind some.
func (f *pageNoteForm) plausible(list *pageNoteList, lines []printedLine) bool {
	switch {
	case f.signs:
		return true
	case f.bare:
		return list.count() >= fewest
	case len(list.groups) > 1:
		return true
	}
	return slices.ContainsFunc(lines[list.groups[0].to:], printedLine.isParagraph)
}

// group reads the notes that begin at line from. The first is the first that is
// marked above.
func (f *pageNoteForm) group(lines []printedLine, from int, above pendingMarkers) (pageNoteGroup, bool) {
	for _, form := range f.notes {
		if m := form.begins.FindStringSubmatch(lines[from].text); m == nil || f.keys(m[1])[0] != above.first {
			continue
		}
		g := f.groupOf(form, lines, from, above)
		known := 0
		for _, key := range g.keys {
			if above.all[key] {
				known++
			}
		}
		if 2*known > len(g.keys) {
			if isNotesHeading(lines[from-1].text) {
				g.from--
			}
			return g, true
		}
	}
	return pageNoteGroup{}, false
}

// groupOf reads notes of one form from line from on.
func (f *pageNoteForm) groupOf(form noteForm, lines []printedLine, from int, above pendingMarkers) pageNoteGroup {
	g := pageNoteGroup{from: from}
	seen := map[string]bool{}
	continued := 0
	for i, l := range lines[from:] {
		key := ""
		m := form.begins.FindStringSubmatch(l.text)
		if m != nil {
			key = f.keys(m[1])[0]
		}
		switch {
		case m != nil && !seen[key] && (i == 0 || above.all[key] || !f.signs && isNext(g.keys[len(g.keys)-1], key)):
			g.keys, g.raw = append(g.keys, key), append(g.raw, unmarked(m[2]))
			seen[key], continued = true, 0
		case l.gap, l.kind == heading, continued == maxContinuation, len(l.text) > 2*longLine, hasMarker(l.text):
			return g
		default:
			g.raw[len(g.raw)-1] += "\n" + unmarked(l.text)
			continued++
		}
		g.to = from + i + 1
	}
	return g
}

// isNext reports whether a number follows another; one may be missing.
func isNext(last, key string) bool {
	a, _ := strconv.Atoi(last)
	b, _ := strconv.Atoi(key)
	return b > a && b <= a+2
}

// cut takes the notes out of the lines, and writes their markers as the format's
// own. Notes whose numbers begin anew get numbers of their own.
func (l *pageNoteList) cut(lines []printedLine) (text []printedLine, notes []printedNote) {
	used, last := map[int]bool{}, 0
	at := 0
	var feet []int // how many lines of text stand above each group
	for _, g := range l.groups {
		numbers := map[string]int{}
		for i, key := range g.keys {
			number, err := strconv.Atoi(key)
			if err != nil || used[number] {
				number = last + 1
			}
			used[number] = true
			last = max(last, number)
			numbers[key] = number
			notes = append(notes, printedNote{number, g.raw[i]})
		}
		for _, line := range lines[at:g.from] {
			line.text = l.form.mark(line.text, numbers)
			text = append(text, line)
		}
		feet = append(feet, len(text))
		at = g.to
	}
	text = append(text, lines[at:]...)
	for _, foot := range slices.Backward(feet) {
		if foot > 0 && foot < len(text) && continuesBelowNotes(text[foot-1], text[foot]) {
			text[foot-1].text += " " + text[foot].text
			text[foot-1].kind = paragraph
			text = slices.Delete(text, foot, foot+1)
		}
	}
	return text, notes
}

// continuesBelowNotes reports whether a paragraph goes on behind the notes that part it.
func continuesBelowNotes(line, next printedLine) bool {
	return line.kind != heading && utf8.RuneCountInString(line.text) >= narrowest &&
		!endsSentence(trailingMarker.ReplaceAllString(line.text, "")) && startsLower(next.text)
}
