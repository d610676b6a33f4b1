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
func notesStart(lines []printedLine) int {
	start, continued, first := len(lines), 0, false
	for i := len(lines) - 1; i >= 0 && continued <= maxContinuation; i-- {
		written := lines[i].text
		switch m := noteLine.FindStringSubmatch(written); {
		case m != nil && (first || marker.MatchString(m[2])) && !strings.Contains(m[2], "://"):
			return start // a paragraph that begins with a marker
		case m != nil:
			start, continued, first = i, 0, m[1] == "1"
		case len(written) <= 2*longLine && !marker.MatchString(written) || strings.Contains(written, "://"):
			continued++
		default:
			return start
		}
	}
	return start
}

// printedNotes reads the notes' lines, of which the first is a note's.
func printedNotes(lines []printedLine) []printedNote {
	var notes []printedNote
	for _, l := range lines {
		if m := noteLine.FindStringSubmatch(l.text); m != nil {
			n, _ := strconv.Atoi(m[1]) // one to four digits
			notes = append(notes, printedNote{n, m[2]})
			continue
		}
		last := &notes[len(notes)-1]
		last.raw += "\n" + l.text
	}
	return notes
}

// makeFootnotes reads the notes' links. Of two notes with one number the first
// counts, since a marker can't say which it means.
func makeFootnotes(printed []printedNote) (notes []Footnote, warnings []string) {
	seen := map[int]bool{}
	for _, p := range printed {
		n, raw := p.n, strings.TrimSpace(p.raw)
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
