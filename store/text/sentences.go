package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// Span is a part of a string, in bytes.
type Span struct{ Start, End int }

// What ends in a full stop that ends no sentence: titles only with a capital, and
// counters only before a number.
var (
	abbreviations = set("abbreviation")
	titles        = set("title")
	counters      = set("counter")
)

// romanNumber is what numbers a list's item or a chapter.
var romanNumber = lazyregexp.New(`^[IVX]+$`)

// clauseNumber is what numbers a section, an article or a clause at the beginning
// of its text: "2.1", "Điều 5", "a)".
var clauseNumber = lazyregexp.New(`(?i)^(?:\(?\d{1,3}(?:\.\d{1,3})*\)?|(?:điều|khoản|mục|chương|phần|bảng|hình|phụ lục|article|section|chapter|part|clause|table|figure|appendix|annex)\s+[\dIVXLC]+(?:\.\d+)*)$`)

// Sentences returns the sentences of s, a paragraph without footnote markers,
// in order and without the white space between them. No cut is made at
// "1.500", "U.S.", initials, a list's "1.", or inside quotation marks; a text
// without a full stop is one sentence.
func Sentences(s string) []Span {
	var spans []Span
	start := 0
	quoted := quotations(s)
	add := func(end int) {
		if span, ok := trim(s, Span{start, end}); ok {
			spans = append(spans, span)
		}
		start = end
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if !strings.ContainsRune(".!?…", r) {
			continue
		}
		stop, single := i-size, r == '.'
		for i < len(s) {
			closing, n := utf8.DecodeRuneInString(s[i:])
			if !strings.ContainsRune(`.!?…”"’»)]`, closing) {
				break
			}
			i += n
			single = single && (closing == ')' || closing == ']')
		}
		if quoted[i] || !beginsSentence(s[i:]) || single && !endsSentence(s[start:stop], s[i:]) {
			continue
		}
		add(i)
	}
	add(len(s))
	return spans
}

// quotations reports for each byte of s whether it is inside quotation marks
// that are closed again; an unclosed mark quotes nothing.
func quotations(s string) []bool {
	closings := map[rune]rune{'“': '”', '«': '»', '"': '"'}
	type opening struct {
		at      int
		closing rune
	}
	var open []opening
	waiting := map[rune]int{} // how many of open wait for a closing mark
	changes := make([]int, len(s)+2)
	for i, r := range s {
		if waiting[r] > 0 {
			for last := rune(0); last != r; {
				mark := open[len(open)-1]
				open, last = open[:len(open)-1], mark.closing
				waiting[last]--
				if last == r {
					changes[mark.at+1]++
					changes[i+1]--
				}
			}
		} else if closing, ok := closings[r]; ok {
			open = append(open, opening{i, closing})
			waiting[closing]++
		}
	}
	inside := make([]bool, len(s)+1)
	depth := 0
	for i := range inside {
		depth += changes[i]
		inside[i] = depth > 0
	}
	return inside
}

// endsSentence reports whether a single full stop between before and after
// ends a sentence, as far as the word before it tells.
func endsSentence(before, after string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("([“\"‘«/—–", r)
	})+1:]
	first, size := utf8.DecodeRuneInString(word)
	letter := size == len(word) && unicode.IsLetter(first)
	last := word[strings.LastIndexByte(word, '.')+1:] // of U.S, e.g, GS.TS
	name := strings.ToLower(last)
	switch {
	case abbreviations[name], titles[name] && unicode.IsUpper(first):
		return false
	case counters[name] && beginsWithDigit(after):
		return false
	case last != word && utf8.RuneCountInString(last) <= 2 && strings.IndexFunc(word, unicode.IsDigit) < 0:
		return false
	case letter && unicode.IsUpper(first):
		return false // an initial
	case clauseNumber.MatchString(strings.TrimSpace(before)):
		return false // it numbers what follows
	case word != "" && strings.TrimSpace(before) == word:
		// A list's number or letter.
		return !letter && !romanNumber.MatchString(word) && strings.TrimFunc(word, unicode.IsDigit) != ""
	}
	return true
}

func beginsWithDigit(s string) bool {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	return s != "" && isDigit(s[0])
}

// beginsSentence reports whether rest, what stands after closing punctuation,
// can be the start of a sentence: white space, then no lower-case letter.
func beginsSentence(rest string) bool {
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if trimmed == "" {
		return true
	}
	if len(trimmed) == len(rest) {
		return false
	}
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(trimmed, `“"‘'«([—–- `))
	return size > 0 && !unicode.IsLower(first) && !unicode.IsPunct(first)
}

func trim(s string, span Span) (Span, bool) {
	part := s[span.Start:span.End]
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	span.Start += left
	span.End = span.Start + len(strings.TrimSpace(part))
	return span, span.End > span.Start
}

// Clauses cuts s into pieces of at most limit bytes, each as long as can be:
// after a semicolon, else a comma, else a space, else between letters.
func Clauses(s string, limit int) []string {
	var pieces []string
	s = strings.TrimSpace(s)
	for len(s) > limit {
		cut := -1
		for _, mark := range []string{"; ", ", ", " "} {
			if at := strings.LastIndex(s[:limit], mark); at > limit/3 {
				cut = at + len(mark)
				break
			}
		}
		if cut < 0 {
			for cut = limit; cut > 1 && !utf8.RuneStart(s[cut]); cut-- {
			}
		}
		pieces = append(pieces, strings.TrimSpace(s[:cut]))
		s = strings.TrimSpace(s[cut:])
	}
	if s != "" {
		pieces = append(pieces, s)
	}
	return pieces
}
