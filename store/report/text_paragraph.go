package report

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// paragraphText is the paragraph that lines are joined to.
type paragraphText struct {
	written []byte
	length  int // in characters, about
	note    bool
	last    *wrapLine // that was joined to it last
	// compounds are words with a hyphen that stand within lines: there it is no
	// mark of a parted word.
	compounds map[string]bool
}

func (p *paragraphText) begin(l *wrapLine) {
	p.written, p.length, p.note = []byte(l.text), l.length, isNoteLine(l.text)
}

// hyphenWord is a word with a hyphen.
var hyphenWord = lazyregexp.New(`\pL+-\pL+`)

// tens are the first parts of numbers that English writes with a hyphen.
var tens = lazyregexp.New(`(?i)(?:^|\s)(?:(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-$`)

func compoundsOf(lines []wrapLine) map[string]bool {
	found := map[string]bool{}
	for _, l := range lines {
		if strings.Contains(l.text, "-") {
			for _, word := range hyphenWord.FindAllString(l.text, -1) {
				found[strings.ToLower(word)] = true
			}
		}
	}
	return found
}

// isCompound reports whether the hyphen at a line's end belongs to the word.
func (p *paragraphText) isCompound(before, line string) bool {
	start := before[strings.LastIndexByte(before, ' ')+1:]
	return tens.MatchString(before[max(0, len(before)-12):]) || p.compounds[strings.ToLower(hyphenWord.FindString(start+line))]
}

// add joins a line. A hyphen of hyphenation is dropped; one of a compound stays.
func (p *paragraphText) add(line string) {
	p.length += utf8.RuneCountInString(line)
	before := p.last.text
	switch {
	case hyphenated(before, line) && !p.isCompound(before, line):
		p.written = p.written[:len(p.written)-1]
	case strings.HasSuffix(before, softHyphen):
		p.written = p.written[:len(p.written)-len(softHyphen)]
	case strings.HasSuffix(before, "-") && len(before) > 1 && before[len(before)-2] != ' ':
	default:
		p.written = append(p.written, ' ')
	}
	p.written = append(p.written, line...)
}

// addToNote joins a line to a note: without a space inside a URL that was broken at
// punctuation.
func (p *paragraphText) addToNote(line string) {
	before := p.written[bytes.LastIndexByte(p.written, ' ')+1:]
	if !bytes.Contains(before, []byte("://")) || !bytes.ContainsRune([]byte("-/_=&?%"), rune(before[len(before)-1])) {
		p.written = append(p.written, ' ')
	}
	p.written = append(p.written, line...)
}

// close writes the paragraph as the last of the lines.
func (p *paragraphText) close(lines []printedLine) {
	if len(lines) > 0 && p.written != nil {
		lines[len(lines)-1].text = string(p.written)
	}
}

const softHyphen = "\u00ad"
