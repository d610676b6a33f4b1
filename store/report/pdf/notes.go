package pdf

import (
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// footnote is a note at the foot of a page, or in a list at the end of a chapter
// or of the file.
type footnote struct {
	mark  string // as printed: 3, *
	scope scope  // where its markers stand
	lines []line
}

// scope is a range of lines by their place in the file.
type scope struct{ from, to int }

func (s scope) has(l line) bool { return s.from <= l.at && l.at <= s.to }

// A note at the foot begins with its number, perhaps in brackets, or with a sign.
var (
	noteMark  = lazyregexp.New(`^(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)]?|([*†‡§]{1,4}))$`)
	glueMark  = lazyregexp.New(`^\[(\d{1,4})\]`)
	inBracket = lazyregexp.New(`\[\d{1,4}(?:\s*[,;]\s*\d{1,4})*\]`)
	signs     = lazyregexp.New(`^[*†‡§]+$`)
)

// smallPrint is the size of notes at most, as a share of the text's.
const smallPrint = .95

// footnotes takes the notes at the feet of pages out of the lines, in the order
// of the file.
func (l *layout) footnotes() []footnote {
	var notes []footnote
	var kept []line
	for from := 0; from < len(l.lines); {
		to := from
		for to < len(l.lines) && l.lines[to].page == l.lines[from].page {
			to++
		}
		body, found := l.pageNotes(l.lines[from:to], notes)
		kept, notes = append(kept, body...), found
		from = to
	}
	l.lines = kept
	return notes
}

// pageNotes splits the lines of a page into its text and its notes, and appends these to
// the notes of the pages before.
func (l *layout) pageNotes(lines []line, notes []footnote) ([]line, []footnote) {
	here := scope{lines[0].at, lines[len(lines)-1].at}
	markers := markersOf(lines, marksAtStarts(lines))
	var body []line
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && lines[to].column == lines[from].column {
			to++
		}
		column := lines[from:to]
		last := to == len(lines) || lines[to].base > column[len(column)-1].base // at the foot of the page or of a column of it
		start := len(column)
		if last {
			start = l.notesStart(column, markers, len(notes) > 0 && notes[len(notes)-1].lines[0].page == column[0].page-1 && !ended(notes[len(notes)-1]))
		}
		body = append(body, column[:start]...)
		for _, printed := range column[start:] {
			if mark, ok := noteMarkOf(printed); ok && markers[mark] {
				notes = append(notes, footnote{mark: mark, scope: here, lines: []line{withoutMark(printed)}})
				continue
			}
			if len(notes) > 0 {
				n := &notes[len(notes)-1]
				n.lines = append(n.lines, printed)
			}
		}
		from = to
	}
	return body, notes
}

// ended reports whether a note's last line ends a sentence or an address.
func ended(n footnote) bool {
	last := n.lines[len(n.lines)-1]
	if len(last.words) == 0 {
		return true
	}
	w := last.words[len(last.words)-1]
	return strings.ContainsAny(w.text[len(w.text)-1:], ".!?)]") || w.address != "" || strings.Contains(w.text, "://") || strings.HasSuffix(w.text, "”")
}

// notesStart returns the index of a column's first line that belongs to notes:
// from there on all print is small, or a line begins with a raised number, and
// some line begins with a number that the page marks. goesOn: the last page's
// last note may go on here.
func (l *layout) notesStart(column []line, markers map[string]bool, goesOn bool) int {
	small := len(column)
	for small > 0 && column[small-1].size < smallPrint*l.body && !column[small-1].table {
		small--
	}
	start, last := len(column), 0
	for i := len(column) - 1; i >= 0; i-- {
		mark, ok := noteMarkOf(column[i])
		if !ok || !markers[mark] {
			continue
		}
		raised := isRaised(column[i], 0)
		if i < small && !raised {
			break
		}
		n, _ := strconv.Atoi(mark) // 0 for a sign
		if last != 0 && n >= last {
			break
		}
		if i < small && !inNotePrint(column[i:], l.body) {
			break
		}
		start, last = i, n
	}
	if goesOn && small < start && small > 0 {
		return small
	}
	return start
}

// inNotePrint reports whether lines may all be notes' in the text's own size: none
// is larger.
func inNotePrint(lines []line, body float64) bool {
	return !slices.ContainsFunc(lines, func(l line) bool { return l.size > 1.05*body || l.table })
}

// noteMarkOf returns the number or sign that a line begins with, if more follows it.
func noteMarkOf(printed line) (mark string, ok bool) {
	if len(printed.words) == 0 {
		return "", false
	}
	first := printed.words[0].text
	if m := noteMark.FindStringSubmatch(first); m != nil && len(printed.words) > 1 {
		return m[1] + m[2] + m[3] + m[4], true // one group matched
	}
	if m := glueMark.FindStringSubmatch(first); m != nil && m[0] != first {
		return m[1], true
	}
	return "", false
}

// withoutMark returns a note's first line without its number.
func withoutMark(printed line) line {
	first := printed.words[0]
	printed.words = slices.Clone(printed.words[1:])
	if m := glueMark.FindString(first.text); m != "" && m != first.text {
		first.text = strings.TrimPrefix(first.text, m)
		printed.words = slices.Insert(printed.words, 0, first)
	}
	return printed
}

// marksAtStarts returns the numbers and signs that lines begin with.
func marksAtStarts(lines []line) map[string]bool {
	marks := map[string]bool{}
	for _, printed := range lines {
		if mark, ok := noteMarkOf(printed); ok {
			marks[mark] = true
		}
	}
	return marks
}

// isRaised reports whether word i of a line is printed small and above it, or far
// above it.
func isRaised(l line, i int) bool {
	w := l.words[i]
	size, base := l.size, l.base
	if w.base < base+.12*size || w.size > .93*size && w.base < base+.3*size {
		return false
	}
	return w.base < base+1.1*size
}

// markersOf returns the notes that raised figures, brackets and signs in lines
// name, of those that there may be.
func markersOf(lines []line, notes map[string]bool) map[string]bool {
	found := map[string]bool{}
	for _, l := range lines {
		if !mayHaveMarker(l) {
			continue
		}
		for i, w := range l.words {
			if i > 0 && isRaised(l, i) && marker.MatchString(w.text) {
				for _, n := range numbersOf(w.text, notes) {
					found[n] = true
				}
			}
			for _, m := range inBracket.FindAllString(w.text, -1) {
				if i == 0 && strings.HasPrefix(w.text, m) && len(l.words) > 1 {
					continue // it begins a note
				}
				for _, n := range digits.FindAllString(m, -1) {
					found[n] = true
				}
			}
			if sign := trailingSign.FindString(w.text); sign != "" && (i > 0 || sign != w.text) {
				found[sign] = true
			}
		}
	}
	return found
}

// mayHaveMarker reports whether a line has a character that markers have.
func mayHaveMarker(l line) bool {
	for i, w := range l.words {
		if i > 0 && isRaised(l, i) || strings.ContainsAny(w.text, "[*†‡§") {
			return true
		}
	}
	return false
}

var trailingSign = lazyregexp.New(`[*†‡§]+$`)

// maxRange is how many notes a marker such as 3–7 stands for at most.
const maxRange = 30

// numbersOf returns the notes that a raised marker names: "3", "1,2", "3–5", a
// sign, or, where there are notes 2 and 3 but no 23, the two markers "23".
func numbersOf(marker string, notes map[string]bool) []string {
	if signs.MatchString(marker) {
		return []string{marker}
	}
	var all []string
	for _, part := range strings.FieldsFunc(marker, func(r rune) bool { return r == ',' || r == ';' }) {
		ends := strings.FieldsFunc(part, func(r rune) bool { return r == '-' || r == '–' })
		if len(ends) == 2 {
			from, _ := strconv.Atoi(ends[0])
			to, _ := strconv.Atoi(ends[1])
			if from > 0 && to > from && to-from < maxRange {
				for n := from; n <= to; n++ {
					all = append(all, strconv.Itoa(n))
				}
				continue
			}
		}
		for _, n := range ends {
			if parts := adjacent(n, notes); !notes[n] && len(parts) > 0 {
				all = append(all, parts...)
			} else if len(n) <= 4 {
				all = append(all, n)
			}
		}
	}
	return all
}

// adjacent parts digits into ascending numbers of notes that were printed side
// by side; nil if they can't be.
func adjacent(figures string, notes map[string]bool) []string {
	var part func(rest string, last int) []string
	part = func(rest string, last int) []string {
		for n := 1; n <= min(4, len(rest)); n++ {
			v, _ := strconv.Atoi(rest[:n])
			if v <= last || !notes[rest[:n]] {
				continue
			}
			if n == len(rest) {
				return []string{rest}
			}
			if after := part(rest[n:], v); after != nil {
				return append([]string{rest[:n]}, after...)
			}
		}
		return nil
	}
	if len(figures) < 2 || len(figures) > 12 {
		return nil
	}
	return part(figures, 0)
}

// number gives the notes their numbers in the report: those that are printed,
// or, where these begin anew on a page or are signs, the order of the file.
func number(notes []footnote) []int {
	numbers, inOrder, seen := make([]int, len(notes)), make([]int, len(notes)), map[int]bool{0: true}
	printed := true
	for i, n := range notes {
		inOrder[i] = i + 1
		numbers[i], _ = strconv.Atoi(n.mark) // 0 for a sign
		printed = printed && !seen[numbers[i]]
		seen[numbers[i]] = true
	}
	if !printed {
		return inOrder
	}
	return numbers
}

// resolveMarkers writes the markers of notes as [n], and what else is raised in
// raised digits.
func (l *layout) resolveMarkers(notes []footnote, numbers []int) {
	last := 0 // the number of the last marker
	for i := range l.lines {
		printed := &l.lines[i]
		own, exist := map[string]int{}, map[string]bool{}
		for k, n := range notes { // those of the page stand before those of the end
			if n.scope.has(*printed) && !exist[n.mark] {
				own[n.mark], exist[n.mark] = numbers[k], true
			}
		}
		for j := range printed.words {
			w := &printed.words[j]
			w.text = inBracket.ReplaceAllStringFunc(w.text, func(m string) string { return renumbered(m, own) })
			if sign := trailingSign.FindString(w.text); exist[sign] && (j > 0 || sign != w.text) {
				w.text, w.note = strings.TrimSuffix(w.text, sign), ""
				if w.text += "[" + strconv.Itoa(own[sign]) + "]"; strings.HasPrefix(w.text, "[") {
					w.note = w.text
				}
				continue
			}
			if !isRaised(*printed, j) || !marker.MatchString(w.text) {
				continue
			}
			w.note = raised(w.text)
			var found []string
			named := numbersOf(w.text, exist)
			for _, n := range named {
				if exist[n] {
					found = append(found, strconv.Itoa(own[n]))
				}
			}
			if j == 0 && len(printed.words) > 1 || len(found) == 0 || len(found) < len(named) || isPower(*printed, j, last) {
				continue
			}
			w.note = "[" + strings.Join(found, "][") + "]"
			last, _ = strconv.Atoi(found[len(found)-1])
		}
	}
}

// renumbered writes a marker in brackets with the notes' numbers in the report;
// one that names a number without a note is no marker.
func renumbered(m string, own map[string]int) string {
	missing := false
	changed := digits.ReplaceAllStringFunc(m, func(n string) string {
		if own[n] == 0 {
			missing = true
			return n
		}
		return strconv.Itoa(own[n])
	})
	if missing {
		return m
	}
	return changed
}

// unit is a unit of length that a power follows.
var unit = lazyregexp.New(`(?:^|[\d.,/])(?:[kcdm]?m|ft|in|mi)$`)

// isPower reports whether a raised 2 or 3 is of a unit, as in 12 km²: it stands
// behind one, and isn't the note that comes next.
func isPower(l line, i, last int) bool {
	text := l.words[i].text
	if text != "2" && text != "3" || i == 0 || !l.words[i].glued {
		return false
	}
	n, _ := strconv.Atoi(text)
	return unit.MatchString(l.words[i-1].text) && n != last+1
}

// raised writes figures as raised ones.
func raised(figures string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0']
		case r == '-' || r == '–':
			return '⁻'
		}
		return r
	}, figures)
}
