package report

import (
	"slices"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// markedNotes finds a list at the end of the text that no heading announces and that
// may lack links, by the markers above it: each names a note of the list, and most
// notes are named. A numbered list of other things is not marked so.
func markedNotes(lines []printedLine) *noteList {
	for _, markers := range endMarkers {
		named := map[int]int{} // the line on which each number is first marked
		for i, l := range lines {
			for _, n := range markers.find(l.text) {
				if _, again := named[n]; !again {
					named[n] = i
				}
			}
		}
		if len(named) == 0 {
			continue
		}
		for _, form := range noteForms {
			if form.label || form.plain {
				continue
			}
			for i := range lines {
				if m := form.begins.FindStringSubmatch(lines[i].text); m == nil || !form.isFirst(m[1]) {
					continue
				}
				list := form.read(lines, i, true)
				if list == nil || len(lines)-list.to > maxContinuation {
					continue
				}
				certain := len(list.notes) >= fewest || hasLink(list.notes[0].raw) || !startsWithDigit(lines[i].text)
				if certain && list.namedBy(named, markers.doubtful) {
					return list
				}
			}
		}
	}
	return nil
}

// namedBy reports whether all numbers that are marked, on the lines given, are those of
// notes, and whether most notes are marked above the list; of doubtful markers, each note.
func (l *noteList) namedBy(lines map[int]int, doubtful bool) bool {
	marked := 0
	for _, note := range l.notes {
		if at, ok := lines[note.n]; ok && at < l.from {
			marked++
		}
	}
	if doubtful && (len(l.notes) < fewest || marked < len(l.notes)) {
		return false
	}
	return marked == len(lines) && 2*marked > len(l.notes)
}

func startsWithDigit(line string) bool { return line != "" && line[0] >= '0' && line[0] <= '9' }

// endMarkers are the markers that name notes at the end of a text, the plainest first.
var endMarkers = []struct {
	find     func(line string) []int
	doubtful bool // they may be text
}{
	{find: bracketedNumbers},
	{find: raisedNumbers},
	{find: numbersBehindClauses, doubtful: true},
	{find: func(line string) []int { return append(bracketedNumbers(line), numbersBehindClauses(line)...) }, doubtful: true},
}

// bracketedNumbers returns the numbers of markers such as [12] and [6-8].
func bracketedNumbers(line string) []int {
	var numbers []int
	for _, at := range bracketMarker.FindAllStringSubmatchIndex(line, -1) {
		before := line[:at[0]]
		attached := before != "" && !strings.HasSuffix(before, " ")
		for _, n := range listed(line[at[2]:at[3]]) {
			if n > 0 && n <= 999 && !(attached && variable.MatchString(lastWords(before))) {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

// raisedNumbers returns the numbers of superscripts that are no powers.
func raisedNumbers(line string) []int {
	var numbers []int
	for i := range pageNoteForms {
		f := &pageNoteForms[i]
		if f.signs || f.bare || f.signed == "[" {
			continue
		}
		for _, m := range f.find(line) {
			if m.from > 0 { // else it begins a note
				numbers = append(numbers, listed(superDigits.Replace(m.written))...)
			}
		}
	}
	return numbers
}

var clauseMarker = lazyregexp.New(`\(\s*(` + numberList + `)\s*\)(?:[.,;:!?]|\s+[\p{Lu}|]|$)`)

// numbersBehindClauses returns the numbers in parentheses that end a clause: (12).
func numbersBehindClauses(line string) []int {
	var numbers []int
	for _, m := range clauseMarker.FindAllStringSubmatchIndex(line, -1) {
		if before := strings.TrimSpace(lastWords(line[:m[0]])); before != "" && !referring.MatchString(before) {
			numbers = append(numbers, listed(line[m[2]:m[3]])...)
		}
	}
	return slices.DeleteFunc(numbers, func(n int) bool { return n == 0 || n > 999 })
}
