package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// noteForm is a format of the lines of a list of notes.
type noteForm struct {
	begins *lazyregexp.Regexp // group 1: the number or label; group 2: the text
	plain  bool               // it says plainly that it is a note; others need a heading, or a link in each
	label  bool               // group 1 is a label and no number
}

// noteForms are the forms, the plainest first.
var noteForms = []noteForm{
	{begins: lazyregexp.New(`^\[\^?(\d{1,4})\]:?\s*(.*)$`), plain: true},
	{begins: lazyregexp.New(`^\x{e002}(\d{1,4})\x{e003}\s*(.*)$`), plain: true},
	{begins: lazyregexp.New(`^(?:\x{e004}\[?(\d{1,4})\]?\x{e005})\s*(.+)$`)},
	{begins: lazyregexp.New(`^([⁰¹²³⁴-⁹]{1,4})\s*(.+)$`)},
	{begins: lazyregexp.New(`^(\d{1,4})[.)]\s+(.+)$`)},
	{begins: lazyregexp.New(`^\((\d{1,4})\)\s*(.+)$`)},
	{begins: lazyregexp.New(`^(\d{1,4})\s*((?:https?://|www\.|doi:).*)$`)},
	{begins: lazyregexp.New(`^(\d{1,4})\s+(\p{Lu}.*|["“«].*)$`)},
	{begins: lazyregexp.New(`^\[((?:n|nb|note|fn)\.?\s*\d{1,3}|\pL|[ivxlc]{1,6}|[*†‡§]{1,3})\]\s*(.+)$`), label: true},
	{begins: lazyregexp.New(`^([*†‡§]{1,3})\s*([^\s*].+)$`), label: true},
	{begins: lazyregexp.New(`^((?:[ivxlc]{1,6}|[a-z]))[.)]\s+(.+)$`), label: true},
	wordedNote,
	{begins: lazyregexp.New(`^\[(\^[^\]\s]{1,40})\]:\s*(.*)$`), plain: true, label: true},
}

// wordedNote matches the notes in books of Project Gutenberg: [Footnote 1: Text.]
var wordedNote = noteForm{begins: lazyregexp.New(`^\[(?i:footnote|note|chú thích|ghi chú)\s+(\d{1,4})\s*:\s*(.+?)\]?$`), plain: true}

// noteLine is a note's line of the plainest form.
var noteLine = noteForms[0].begins

const (
	// maxContinuation is how many lines without a number a note may go on over.
	maxContinuation = 4
	// maxLinks is how many lines with a link a note has at most.
	maxLinks = 40
	// fewest is how many notes a list has at least that no heading announces,
	// unless its form is plain.
	fewest = 2
)

// noteList is a list of notes at lines [from, to).
type noteList struct {
	from, to int
	notes    []printedNote
	labels   map[string]int
}

// cutNotes separates the list of notes from the lines. Lines after the list are text.
func cutNotes(lines []printedLine) (text []printedLine, notes []printedNote, labels map[string]int) {
	list := headedNotes(lines)
	if list == nil {
		list = plainNotes(lines)
	}
	if list == nil {
		list = linkedNotes(lines)
	}
	if list == nil {
		list = markedNotes(lines)
	}
	if foot := findPageNotes(lines); foot != nil && (list == nil || foot.betterThan(list)) {
		text, notes = foot.cut(lines)
		return text, notes, map[string]int{}
	}
	if list == nil {
		return lines, nil, map[string]int{}
	}
	text = append(text, lines[:list.from]...)
	return append(text, lines[list.to:]...), list.notes, list.labels
}

// headedNotes finds the last list under a heading such as "References".
func headedNotes(lines []printedLine) *noteList {
	for i := len(lines) - 2; i >= 0; i-- {
		if !isNotesHeading(lines[i].text) {
			continue
		}
		for _, form := range noteForms {
			if list := form.read(lines, i+1, true); list != nil {
				list.from = i // the heading heads nothing else
				return list
			}
		}
	}
	return nil
}

// plainNotes finds the notes whose lines begin with a number in brackets: the last such
// lines, and the continuation lines between them.
func plainNotes(lines []printedLine) *noteList {
	var most *noteList
	for _, form := range noteForms {
		if !form.plain {
			continue
		}
		start := form.start(lines)
		if start == len(lines) {
			continue
		}
		// With text behind it, a line that begins with a number in brackets may be
		// text as well.
		list := form.read(lines, start, false)
		if list == nil || list.to != len(lines) && (len(list.notes) < fewest || !slices.ContainsFunc(list.notes, func(n printedNote) bool { return hasLink(n.raw) })) {
			continue
		}
		if most == nil || len(list.notes) > len(most.notes) {
			most = list
		}
	}
	return most
}

// start returns the index of the first of the last lines that are notes.
func (f noteForm) start(lines []printedLine) int {
	start, continued, first := len(lines), 0, false
	for i := len(lines) - 1; i >= 0 && (continued <= maxContinuation || start == len(lines)); i-- {
		written := lines[i].text
		switch m := f.begins.FindStringSubmatch(written); {
		case m != nil && (first || hasMarker(m[2])) && !strings.Contains(m[2], "://"):
			return start // a paragraph that begins with a marker
		case m != nil:
			start, continued, first = i, 0, m[1] == "1"
		case start == len(lines):
			// Text behind the notes, or none at all.
		case len(written) <= 2*longLine && !hasMarker(written) || strings.Contains(written, "://"):
			continued++
		default:
			return start
		}
	}
	return start
}

// linkedNotes finds a list without a heading at the end of the text in which every note has
// a link.
func linkedNotes(lines []printedLine) *noteList {
	for _, form := range noteForms {
		for i := range lines {
			if m := form.begins.FindStringSubmatch(lines[i].text); m == nil || !form.isFirst(m[1]) {
				continue
			}
			list := form.read(lines, i, true)
			if list == nil || len(list.notes) < fewest || len(lines)-list.to > len(list.notes)+maxContinuation {
				continue
			}
			if !slices.ContainsFunc(list.notes, func(n printedNote) bool { return !hasLink(n.raw) }) {
				return list
			}
		}
	}
	return nil
}

func hasLink(raw string) bool {
	return strings.Contains(raw, "://") || strings.Contains(raw, "www.") || strings.Contains(strings.ToLower(raw), "doi:") || strings.Contains(raw, "doi.org")
}

// isFirst reports whether a list begins with this number or label.
func (f noteForm) isFirst(begins string) bool {
	if !f.label {
		return f.number(begins) == 1
	}
	switch labelKey(begins) {
	case "i", "a", "*", "†", "n 1", "nb 1", "note 1", "fn 1", "n1", "note1":
		return true
	}
	return false
}

func (f noteForm) number(begins string) int {
	n, _ := strconv.Atoi(superDigits.Replace(begins)) // digits
	return n
}

// read reads the list of this form that begins at line from; nil if there is none. The
// numbers of an ascending list start at 1.
func (f noteForm) read(lines []printedLine, from int, ascending bool) *noteList {
	list := &noteList{from: from, to: from, labels: map[string]int{}}
	continued := 0
	for i := from; i < len(lines); i++ {
		written := lines[i].text
		m := f.begins.FindStringSubmatch(written)
		if m != nil && ascending && !f.follows(list, m[1]) {
			m = nil
		}
		switch {
		case m != nil:
			number := len(list.notes) + 1
			if f.label {
				list.labels[labelKey(m[1])] = number
			} else {
				number = f.number(m[1])
			}
			list.notes = append(list.notes, printedNote{number, unmarked(m[2])})
			continued = 0
		case len(list.notes) == 0:
			return nil
		case f.ends(lines, i, continued):
			return list
		default:
			last := &list.notes[len(list.notes)-1]
			last.raw += "\n" + unmarked(written)
			continued++
		}
		list.to = i + 1
	}
	return list
}

// follows reports whether a number or label may be the next of a list.
func (f noteForm) follows(list *noteList, begins string) bool {
	if len(list.notes) == 0 {
		return f.isFirst(begins)
	}
	if f.label {
		_, again := list.labels[labelKey(begins)]
		return !again
	}
	last := list.notes[len(list.notes)-1].n
	n := f.number(begins)
	return n > last && n <= last+3 // a note may be missing
}

// ends reports whether the list ends before line i, which is not the first line of a note:
// it is a heading, or text that doesn't continue a note.
func (f noteForm) ends(lines []printedLine, i, continued int) bool {
	l := lines[i]
	if l.kind == heading || isNotesHeading(l.text) || hasMarker(l.text) && !hasLink(l.text) {
		return true
	}
	if strings.Contains(l.text, "://") && len(strings.Fields(l.text)) <= 3 {
		return continued >= maxLinks
	}
	if l.gap && !f.noteFollows(lines, i) {
		return true
	}
	return continued >= maxContinuation || len(l.text) > 2*longLine && !strings.Contains(l.text, "://")
}

// noteFollows reports whether another note follows within the allowed number of continuation
// lines.
func (f noteForm) noteFollows(lines []printedLine, i int) bool {
	for _, l := range lines[i:min(len(lines), i+maxContinuation+1)] {
		if f.begins.MatchString(l.text) {
			return true
		}
	}
	return false
}

// withoutOwnNumber returns a note's text without its own number before it, as in
// "1https://..." and "³ Text".
func withoutOwnNumber(raw string, n int) string {
	raw = strings.TrimSpace(raw)
	if digits := raisedDigits.FindString(raw); digits != "" && superDigits.Replace(digits) == strconv.Itoa(n) {
		return strings.TrimSpace(raw[len(digits):])
	}
	rest, found := strings.CutPrefix(raw, strconv.Itoa(n))
	if found && (strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.")) {
		return rest
	}
	return raw
}

var raisedDigits = lazyregexp.New(`^[⁰¹²³⁴-⁹]{1,4}`)

// makeFootnotes parses the notes' links. If two notes have the same number, the first one
// is used.
func makeFootnotes(printed []printedNote) (notes []Footnote, warnings []string) {
	seen := map[int]bool{}
	var twice, linkless []string
	for _, p := range printed {
		n, raw := p.n, withoutOwnNumber(p.raw, p.n)
		if seen[n] {
			twice = append(twice, fmt.Sprintf("note [%d] is there twice; the first counts, this one is left out: %s", n, excerpt(raw)))
			continue
		}
		seen[n] = true
		note := Footnote{N: n, Raw: raw}
		note.parseLinks()
		if len(note.Links) == 0 && len(note.Damaged) == 0 {
			linkless = append(linkless, fmt.Sprintf("note [%d] has no link: %s", n, excerpt(raw)))
		}
		notes = append(notes, note)
	}
	slices.SortFunc(notes, func(a, b Footnote) int { return a.N - b.N })
	return notes, append(SummarizeWarnings(twice, "notes are there twice"), SummarizeWarnings(linkless, "notes have no link")...)
}

// SummarizeWarnings shortens a list of warnings of one kind: over 20 become one line that counts them,
// and the first five.
func SummarizeWarnings(all []string, what string) []string {
	const most, named = 20, 5
	if len(all) <= most {
		return all
	}
	return append([]string{fmt.Sprintf("%d %s, among them:", len(all), what)}, all[:named]...)
}

// excerpt shortens a note for a warning.
func excerpt(raw string) string {
	const most = 80
	line := strings.Join(strings.Fields(raw), " ")
	if runes := []rune(line); len(runes) > most {
		line = string(runes[:most]) + "…"
	}
	return strconv.Quote(line)
}
