package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// Markup of a format is written into the line between private-use characters, and
// evaluated once the notes are known. These characters are removed from every input file.
const (
	refFrom, refTo     = '\ue002', '\ue003' // the number of a note, marked by the format itself
	superFrom, superTo = '\ue004', '\ue005' // superscript text
	codeBracket        = '\ue006'           // an opening bracket in code, which begins no marker
)

// reserved reports whether r is one of the characters above, or may become one.
func reserved(r rune) bool { return r >= '\ue000' && r <= '\ue00f' }

// withoutReserved removes the reserved characters from a text.
func withoutReserved(written string) string {
	if strings.IndexFunc(written, reserved) < 0 {
		return written
	}
	return strings.Map(func(r rune) rune {
		if reserved(r) {
			return -1
		}
		return r
	}, written)
}

// writeMarker writes a marker from the format's markup.
func writeMarker(b *strings.Builder, number int) {
	b.WriteRune(refFrom)
	b.WriteString(strconv.Itoa(number))
	b.WriteRune(refTo)
}

// writeSuper writes superscript text.
func writeSuper(b *strings.Builder, written string) {
	written = strings.TrimSpace(written)
	switch {
	case written == "":
	case strings.ContainsRune(written, refFrom): // markers: what stands around them is their dress
		for _, ref := range refs.FindAllString(written, -1) {
			b.WriteString(ref)
		}
	case strings.ContainsRune(written, superFrom):
		b.WriteString(written)
	default:
		b.WriteRune(superFrom)
		b.WriteString(written)
		b.WriteRune(superTo)
	}
}

var (
	refs   = lazyregexp.New(`(?:[–—-]\s*)?\x{e002}\d+\x{e003}`)
	supers = lazyregexp.New(`\x{e004}([^\x{e005}]*)\x{e005}`)
	// ordinal is what is set in superscript only for looks, and reads the same
	// without.
	ordinal = lazyregexp.New(`^(?i:st|nd|rd|th|er|re|ère|e|ème|nde?|os?|tm|sm|mr|me|lle)$|^[®©™]$`)
	lowSups = map[string]string{"1": "¹", "2": "²", "3": "³"}
)

// superText returns superscript text that is no marker as plain text, so that
// it never joins the figure before it: ², ^6, ^n.
func superText(written, before string) string {
	written = strings.TrimSpace(written)
	if small, ok := lowSups[written]; ok {
		return small
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	attached := before != "" && !unicode.IsSpace(last)
	first, _ := utf8.DecodeRuneInString(written)
	switch {
	case written == "", !attached, ordinal.MatchString(written):
		return written
	case !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("+-−–([", first):
		return written
	}
	return "^" + written
}

// unmarked returns a line as text, without what the format wrote into it: for
// notes and other lines that are not searched for markers.
func unmarked(line string) string {
	if strings.IndexFunc(line, reserved) < 0 {
		return line
	}
	var b strings.Builder
	end := 0
	for _, m := range supers.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(line[end:m[0]])
		b.WriteString(superText(strings.TrimFunc(line[m[2]:m[3]], reserved), b.String()))
		end = m[1]
	}
	b.WriteString(line[end:])
	return plainMarks.Replace(b.String())
}

// plainMarks writes what stands for brackets as brackets.
var plainMarks = strings.NewReplacer(string(refFrom), "[", string(refTo), "]", string(codeBracket), "[")
