package report

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var noteLine = regexp.MustCompile(`^\[(\d{1,4})\]\s*(.*)$`)

// maxContinuation is how many lines without a number a note may go on over.
const maxContinuation = 4

// notesStart returns the index of the first note's line: the notes are the
// lines at the end that begin with a number, and lines between them that a
// note goes on over.
func notesStart(lines []string) int {
	start, continued, first := len(lines), 0, false
	for i := len(lines) - 1; i >= 0 && continued <= maxContinuation; i-- {
		switch m := noteLine.FindStringSubmatch(lines[i]); {
		case m != nil && (first || marker.MatchString(m[2])) && !strings.Contains(m[2], "://"):
			return start // a paragraph that begins with a marker
		case m != nil:
			start, continued, first = i, 0, m[1] == "1"
		case len(lines[i]) <= 2*longLine && !marker.MatchString(lines[i]) || strings.Contains(lines[i], "://"):
			continued++
		default:
			return start
		}
	}
	return start
}

// parseNotes reads the notes' lines. Of two notes with one number the first
// counts, since a marker can't say which it means.
func parseNotes(lines []string) (notes []Footnote, warnings []string) {
	var numbers []int
	var bodies [][]string
	for _, line := range lines {
		if m := noteLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1]) // one to four digits
			numbers = append(numbers, n)
			bodies = append(bodies, []string{m[2]})
			continue
		}
		last := len(bodies) - 1 // the first line is always a note's
		bodies[last] = append(bodies[last], line)
	}
	seen := map[int]bool{}
	for i, n := range numbers {
		raw := strings.TrimSpace(strings.Join(bodies[i], "\n"))
		if seen[n] {
			warnings = append(warnings, fmt.Sprintf("note [%d] is there twice; the first counts, this one is left out: %s", n, shown(raw)))
			continue
		}
		seen[n] = true
		note := Footnote{N: n, Raw: raw}
		note.resolve()
		if len(note.Links) == 0 && len(note.Damaged) == 0 {
			warnings = append(warnings, fmt.Sprintf("note [%d] has no link: %s", n, shown(raw)))
		}
		notes = append(notes, note)
	}
	slices.SortFunc(notes, func(a, b Footnote) int { return a.N - b.N })
	return notes, warnings
}

// shown cuts a note for a warning's line.
func shown(raw string) string {
	const most = 80
	line := strings.Join(strings.Fields(raw), " ")
	if runes := []rune(line); len(runes) > most {
		line = string(runes[:most]) + "…"
	}
	return strconv.Quote(line)
}
