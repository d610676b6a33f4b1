package pdf

import (
	"slices"
	"strconv"
)

// takeEndnotes takes lists of notes out of the lines, as chapters and files end with: lines
// that begin with 1, 2, 3 and so on, most of which have a marker in the text since the
// last such list.
func (l *layout) takeEndnotes() []footnote {
	var notes []footnote
	from := 0         // where the text of the list begins
	var marked []line // its lines that may have markers: few, where many lines begin with 1
	for at := 0; at < len(l.lines); at++ {
		var starts []int
		if mark, ok := noteMarkOf(l.lines[at]); ok && mark == "1" && len(marked) > 0 {
			starts = l.list(at)
		}
		if starts == nil || !hasMarkersFor(marked, len(starts)) {
			if mayHaveMarker(l.lines[at]) {
				marked = append(marked, l.lines[at])
			}
			continue
		}
		end := l.listEnd(starts)
		text := scope{}
		if from < at {
			text = scope{l.lines[from].at, l.lines[at-1].at}
		}
		for i, start := range starts {
			to := end
			if i+1 < len(starts) {
				to = starts[i+1]
			}
			n := footnote{mark: strconv.Itoa(i + 1), scope: text, lines: slices.Clone(l.lines[start:to])}
			n.lines[0] = withoutMark(n.lines[0])
			notes = append(notes, n)
		}
		l.lines = slices.Delete(l.lines, at, end)
		from, at, marked = at, at-1, nil
	}
	return notes
}

// maxNoteLines is the most lines of a note.
const maxNoteLines = 40

// list returns the indexes of the lines that begin with 1, 2, 3 and so on, from
// line at on.
func (l *layout) list(at int) []int {
	starts := []int{at}
	for i := at + 1; i < len(l.lines) && i-starts[len(starts)-1] < maxNoteLines; i++ {
		if mark, ok := noteMarkOf(l.lines[i]); ok && mark == strconv.Itoa(len(starts)+1) && similarSize(l.lines[i].size, l.lines[at].size) {
			starts = append(starts, i)
		}
	}
	return starts
}

// hasMarkersFor reports whether the text above a list of n lines has markers of most of
// them.
func hasMarkersFor(text []line, n int) bool {
	exist := map[string]bool{}
	for i := range n {
		exist[strconv.Itoa(i+1)] = true
	}
	found := 0
	for mark := range markersOf(text, exist) {
		if exist[mark] {
			found++
		}
	}
	return found > 0 && 2*found >= n
}

// listEnd returns where the list's last note ends: at a title, or where a wide
// gap stands above a line that isn't indented as the note is.
func (l *layout) listEnd(starts []int) int {
	last := starts[len(starts)-1]
	first := l.lines[last]
	for i := last + 1; i < len(l.lines); i++ {
		cur, prev := l.lines[i], l.lines[i-1]
		gap := (prev.base - cur.base) / max(1, cur.size)
		if !similarSize(cur.size, first.size) || cur.table || cur.bold && !first.bold || i-last >= maxNoteLines ||
			cur.page == prev.page && cur.column == prev.column && gap > 1.4*l.leading && cur.left < first.left+.5*cur.size {
			return i
		}
	}
	return len(l.lines)
}
