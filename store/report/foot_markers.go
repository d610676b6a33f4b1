package report

import (
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// pageNoteForm is a format of such notes, with its markers.
type pageNoteForm struct {
	notes   []noteForm
	signed  string             // the characters that markers have one of
	markers *lazyregexp.Regexp // group 1: the numbers or the sign; nil for bare ones
	signs   bool               // *, †: their order numbers them
	bare    bool               // the markers are figures that may be text
}

var pageNoteForms = []pageNoteForm{
	{notes: []noteForm{noteForms[0], wordedNote}, signed: "[", markers: lazyregexp.New(`\[\s*(` + numberList + `)\s*` + locator + `?\]`)},
	{notes: noteForms[2:8], signed: string(superFrom), markers: lazyregexp.New(`\x{e004}\[?(` + numberList + `)\]?\x{e005}`)},
	{notes: noteForms[2:8], signed: "⁰¹²³⁴⁵⁶⁷⁸⁹", markers: lazyregexp.New(`([⁰¹²³⁴-⁹]+(?:[⁻˒,–-][⁰¹²³⁴-⁹]+)*)`)},
	{notes: noteForms[2:8], signed: "0123456789", bare: true},
	{notes: []noteForm{{begins: lazyregexp.New(`^([*†‡§]{1,3})\s*([^\s*].+)$`), label: true}},
		signed: "*†‡§", markers: lazyregexp.New(`[\pL\d.,;:!?)”"’]([*†‡§]{1,3})(?:$|[\s.,;:])`), signs: true},
}

// A bare marker was a superscript in the original file: now it is a number right behind a
// word or its full stop.
var (
	bareMarker   = lazyregexp.New(`^(\d{1,3}(?:[,–-]\d{1,3})*)(?:$|[\s.,;:”)])`)
	beforeMarker = lazyregexp.New(`(?:\p{Ll}{2}|(?:\pL{2}|[\p{Ll}%)])(?:[.,;:!?…]["”’»)]*|["”’»)]+[.,;:!?]?)|(?:19|20)\d\d[.,])$`)
)

// bareMarkers returns the numbers in a line that may be markers.
func bareMarkers(line string) []markerSpan {
	var marks []markerSpan
	end := 0
	for _, figures := range digits.FindAllStringIndex(line, -1) {
		from := figures[0]
		if from < end {
			continue
		}
		if m := bareMarker.FindStringSubmatch(line[from:]); m != nil && beforeMarker.MatchString(lastWords(line[end:from])) {
			end = from + len(m[1])
			marks = append(marks, markerSpan{from, end, m[1]})
		}
	}
	return marks
}

// markerSpan is a marker in a line: the range of its number or sign, and that of the whole
// marker.
type markerSpan struct {
	from, to int
	written  string
}

// find returns the markers of a line that may be of this form.
func (f *pageNoteForm) find(line string) []markerSpan {
	if !strings.ContainsAny(line, f.signed) {
		return nil
	}
	if f.bare {
		return slices.DeleteFunc(bareMarkers(line), func(m markerSpan) bool { return f.isPower(line, m) })
	}
	var marks []markerSpan
	for at := 0; at < len(line); {
		m := f.markers.FindStringSubmatchIndex(line[at:])
		if m == nil {
			break
		}
		from, to := at+m[2], at+m[3]
		mark := markerSpan{from, to, line[from:to]}
		if !f.signs {
			mark.from, mark.to = at+m[0], at+m[1]
		}
		if !f.isPower(line, mark) {
			marks = append(marks, mark)
		}
		at = to
	}
	return marks
}

// isPower reports whether a number is an exponent: km2, 10².
func (f *pageNoteForm) isPower(line string, m markerSpan) bool {
	before := lastWords(line[:m.from])
	number := superDigits.Replace(m.written)
	return (number == "2" || number == "3") && unit.MatchString(before) || base.MatchString(before)
}

// keys returns the numbers, or the sign, of a marker or note.
func (f *pageNoteForm) keys(written string) []string {
	if f.signs {
		return []string{written}
	}
	var keys []string
	for _, n := range listed(superDigits.Replace(written)) {
		keys = append(keys, strconv.Itoa(n))
	}
	return keys
}

// mark encloses the markers of notes in the characters of marks.go.
func (f *pageNoteForm) mark(line string, numbers map[string]int) string {
	var b strings.Builder
	end := 0
	for _, m := range f.find(line) {
		keys := f.keys(m.written)
		if slices.ContainsFunc(keys, func(key string) bool { return numbers[key] == 0 }) {
			continue
		}
		b.WriteString(line[end:m.from])
		for _, key := range keys {
			writeMarker(&b, numbers[key])
		}
		end = m.to
	}
	return b.String() + line[end:]
}
