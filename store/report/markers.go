package report

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// mark is a marker found in a line; at is the bytes of text before it.
type mark struct{ at, n int }

// locator is where in a source a sentence finds it: [12, p. 5], [12, tr. 5-7].
const locator = `(?:[,;:]\s*(?:(?i:pp?|tr|trang|pages?|ch|chương|chapter|sec|mục|§)\.?)\s*\d+(?:\s*[,–-]\s*\d+)*\s*)`

const numberList = `\d{1,4}(?:\s*[,;–—-]\s*\d{1,4})*`

var (
	bracketMarker = lazyregexp.New(`\[\s*\^?(` + numberList + `)\s*` + locator + `?\]`)
	// markerForms are the forms of markers at the beginning of a text, a group each: brackets around
	// markers of the format, those alone, numbers in brackets, labels in
	// brackets, superscript text, superscript digits, numbers in parentheses,
	// and signs.
	markerForms = lazyregexp.New(`^(?:` +
		`([\[(]\s*\x{e002}\d+\x{e003}(?:\s*[,;–—-]?\s*\x{e002}\d+\x{e003})*\s*[\])])|` +
		`(\x{e002}\d+\x{e003}(?:[,;–—-]?\x{e002}\d+\x{e003})*)|` +
		`\[\s*(\^?` + numberList + `)\s*` + locator + `?\]|` +
		`\[\s*((?i:n|nb|note|chú thích|ghi chú|fn)\.?\s*\d{1,3}|\pL|[ivxlc]{1,6}|[*†‡§]{1,3}|\^[^\]\s]{1,40})\s*\]|` +
		`\x{e004}([^\x{e005}]*)\x{e005}|` +
		`([⁰¹²³⁴-⁹]+(?:[⁻˒,–-]\s?[⁰¹²³⁴-⁹]+)*)|` +
		`\(\s*(` + numberList + `)\s*\)|` +
		`([*†‡]{1,3}))`)
	markerBegins = "[(*†‡⁰¹²³⁴⁵⁶⁷⁸⁹" + string(refFrom) + string(superFrom)
	superDigits  = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "-", "˒", ",")
	// unit is what 2 and 3 are powers of, not markers behind.
	unit = lazyregexp.New(`(?:^|[\s\d/(.,·*])(?:m|[kcdmnµμh]m|dam|ft|in|yd|mi|mét|met|s)$`)
	// base is a ten that a power belongs to.
	base = lazyregexp.New(`[×x*·.]\s*10$`)
	// variable is a letter that a number in brackets is the index of.
	variable = lazyregexp.New(`(?:^|[^\pL\d.])[a-zA-Z]$`)
	// referring is a word whose number in parentheses is that of a thing, not
	// of a note.
	referring = lazyregexp.New(`(?i)(?:^|\s)(?:khoản|điểm|điều|mục|bảng|hình|phương trình|công thức|chương|phần|bước|số|equation|eq\.|figure|fig\.|table|step|section|item|part|no\.)$`)
)

// maxRange limits the notes of one marker such as [6-8].
const maxRange = 60

// markerReader removes the markers from the report's lines. It has the notes, since a
// number without a note may be text.
type markerReader struct {
	notes  map[int]bool
	labels map[string]int // of notes that have no number: i, *, n 1
	// parentheses is whether (12) is a marker here.
	parentheses bool
	// linked is whether the format knows the markers itself, so that a figure raised
	// behind another is a power.
	linked bool
	unread []string // what looks like a marker and stays text, each once
}

func newMarkerReader(notes []Footnote, labels map[string]int, lines []printedLine) *markerReader {
	r := &markerReader{notes: map[int]bool{}, labels: labels}
	for _, f := range notes {
		r.notes[f.N] = true
	}
	r.linked = slices.ContainsFunc(lines, func(l printedLine) bool { return strings.ContainsRune(l.text, refFrom) })
	parenthesized := func(l printedLine) bool { return strings.ContainsRune(l.text, '(') }
	if len(notes) == 0 || !slices.ContainsFunc(lines, parenthesized) {
		return r
	}
	// A report marks its notes in one way. Where other markers do, numbers in
	// parentheses are text.
	marked := map[int]bool{}
	for _, l := range lines {
		_, marks := r.cut(l.text)
		for _, m := range marks {
			marked[m.n] = true
		}
	}
	known := 0
	for n := range marked {
		if r.notes[n] {
			known++
		}
	}
	r.parentheses = known*2 < len(notes)
	r.unread = nil
	return r
}

// cut removes the markers from a line. Everything else is unchanged.
func (r *markerReader) cut(line string) (plain string, marks []mark) {
	var out strings.Builder
	end := 0 // of what is written
	for from := 0; from < len(line); {
		ahead := strings.IndexAny(line[from:], markerBegins)
		if ahead < 0 {
			break
		}
		at := from + ahead
		m := markerForms.FindStringSubmatch(line[at:])
		if m == nil {
			_, size := utf8.DecodeRuneInString(line[at:])
			from = at + size
			continue
		}
		text := strings.TrimRight(line[end:at], " \t\n\f\r")
		space := line[end+len(text) : at]
		from = at + len(m[0])
		end = from
		out.WriteString(text)
		before := out.String()
		numbers := r.numbers(m, space == "", strings.TrimSpace(lastWords(before)))
		if len(numbers) == 0 {
			out.WriteString(space)
			if super, raised := strings.CutPrefix(m[0], string(superFrom)); raised {
				out.WriteString(superText(strings.TrimSuffix(super, string(superTo)), before))
			} else {
				out.WriteString(m[0])
			}
			continue
		}
		for _, n := range numbers {
			marks = append(marks, mark{out.Len(), n})
		}
		if parted := betweenMarkers.FindString(line[end:]); parted != "" && r.isMarker(line[end+len(parted):]) {
			from, end = from+len(parted), end+len(parted)
			continue
		}
		next, _ := utf8.DecodeRuneInString(line[end:])
		last, _ := utf8.DecodeLastRuneInString(before)
		if end < len(line) && before != "" && !unicode.IsSpace(last) && !reserved(next) && !strings.ContainsRune(" .,;:!?)[]”’»…", next) {
			out.WriteByte(' ')
		}
	}
	out.WriteString(line[end:])
	return strings.ReplaceAll(out.String(), string(codeBracket), "["), marks
}

// betweenMarkers parts markers that stand behind one sentence: [13], [14].
var betweenMarkers = lazyregexp.New(`^\s?[,;]\s?`)

// isMarker reports whether a text begins with a number in brackets that is a marker.
func (r *markerReader) isMarker(line string) bool {
	m := markerForms.FindStringSubmatch(line)
	return m != nil && m[3] != "" && r.numbers(m, false, "") != nil
}

// lastWords returns the text before a marker that is needed to classify it.
func lastWords(before string) string {
	const most = 64
	if len(before) <= most {
		return before
	}
	start := len(before) - most
	for !utf8.RuneStart(before[start]) {
		start++
	}
	return before[start:]
}

// numbers returns the note numbers in a match of markerForms; none if it is text. attached
// means that there is no space before it.
func (r *markerReader) numbers(m []string, attached bool, before string) []int {
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case m[1] != "" || m[2] != "":
		return listed(m[1] + m[2])
	case m[3] != "":
		if n := r.labelled(m[3]); n != nil {
			return n
		}
		return r.bracketed(m[3], m[0], attached && variable.MatchString(before))
	case m[4] != "":
		return r.labelled(m[4])
	case strings.HasPrefix(m[0], string(superFrom)):
		written := strings.Trim(m[5], "[]() ")
		if n := r.labelled(written); n != nil {
			return n
		}
		if bracketMarker.MatchString("[" + written + "]") {
			return r.raised(written, before)
		}
	case m[6] != "" && !strings.ContainsRune("⁻⁺₋^", last):
		return r.raised(superDigits.Replace(m[6]), before)
	case m[7] != "":
		return r.parenthesized(m[7], m[0], before)
	case m[8] != "" && before != "":
		return r.labelled(m[8])
	}
	return nil
}

// bracketed reads [12], [12, 13] and [6-8]. Numbers without a note are markers
// whose notes are missing; but none over 999 is, such as a year, no 0, no range,
// and no index behind a variable.
func (r *markerReader) bracketed(list, printed string, index bool) []int {
	numbers := listed(list)
	ranges := strings.ContainsAny(list, "-–—")
	for _, n := range numbers {
		if n == 0 || (n > 999 || index) && !r.notes[n] {
			return nil
		}
	}
	if ranges {
		for _, s := range spans(list) {
			if !r.notes[s.from] || s.to != 0 && !r.notes[s.to] {
				r.addUnread(printed)
				return nil
			}
		}
	}
	return numbers
}

func (r *markerReader) labelled(label string) []int {
	if n, ok := r.labels[labelKey(label)]; ok {
		return []int{n}
	}
	return nil
}

// labelKey returns a label in the form used to compare notes and markers.
func labelKey(label string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text.Fold(label), ".", " ")), " ")
}

// raised reads a superscript number. It is a marker if a note has that number, unless it is
// the exponent of a unit.
func (r *markerReader) raised(list, before string) []int {
	if last, _ := utf8.DecodeLastRuneInString(before); (list == "2" || list == "3") && unit.MatchString(before) || base.MatchString(before) {
		return nil
	} else if r.linked && unicode.IsDigit(last) {
		return nil
	} else if before != "" && !unicode.IsLetter(last) && !unicode.IsDigit(last) && len(r.notes) == 0 {
		r.addUnread(list)
	}
	numbers := listed(list)
	if !slices.ContainsFunc(numbers, func(n int) bool { return !r.notes[n] }) {
		return numbers
	}
	if len(list) == 2 && list[0] < list[1] { // ¹² of two notes
		first, second := int(list[0]-'0'), int(list[1]-'0')
		if r.notes[first] && r.notes[second] {
			return []int{first, second}
		}
	}
	if last, _ := utf8.DecodeLastRuneInString(before); before != "" && len(r.notes) > 0 && !unicode.IsDigit(last) {
		r.addUnread(list)
	}
	return nil
}

func (r *markerReader) parenthesized(list, printed, before string) []int {
	numbers := listed(list)
	unknown := slices.ContainsFunc(numbers, func(n int) bool { return !r.notes[n] })
	if !r.parentheses || unknown || before == "" || referring.MatchString(before) {
		if r.parentheses && before != "" && endsSentence(before) {
			r.addUnread(printed)
		}
		return nil
	}
	return numbers
}

// addUnread records a possible marker that is left in the text.
func (r *markerReader) addUnread(printed string) {
	if printed = strings.TrimSpace(printed); !slices.Contains(r.unread, printed) {
		r.unread = append(r.unread, printed)
	}
}

// span is a number, or a range of them, in a list such as 1, 3–5; to is 0 for a
// number alone.
type span struct{ from, to int }

// spans reads a list of numbers and ranges. What the format writes around its
// own markers parts them.
func spans(list string) []span {
	var read []span
	ranged := false // a dash stands before the next number
	for list != "" {
		r, size := utf8.DecodeRuneInString(list)
		if r < '0' || r > '9' {
			ranged = len(read) > 0 && (strings.ContainsRune("-–—", r) || ranged && (unicode.IsSpace(r) || reserved(r)))
			list = list[size:]
			continue
		}
		n, digits := 0, 0
		for digits < len(list) && list[digits] >= '0' && list[digits] <= '9' {
			n = min(n*10+int(list[digits]-'0'), math.MaxInt32)
			digits++
		}
		if last := len(read) - 1; ranged && read[last].to == 0 {
			read[last].to = n
		} else {
			read = append(read, span{from: n})
		}
		list, ranged = list[digits:], false
	}
	return read
}

// listed returns the numbers that a list of numbers and ranges names, each once.
func listed(list string) []int {
	var numbers []int
	add := func(n int) {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	for _, s := range spans(list) {
		if s.to <= s.from || s.to-s.from > maxRange {
			add(s.from)
			if s.to != 0 {
				add(s.to)
			}
			continue
		}
		for n := s.from; n <= s.to; n++ {
			add(n)
		}
	}
	return numbers
}
