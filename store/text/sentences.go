package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a string, in bytes.
type Span struct{ Start, End int }

// abbreviations end in a full stop that ends no sentence. Lower case, without
// the stop.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "vs": true,
	"gen": true, "lt": true, "col": true, "sgt": true, "capt": true, "adm": true,
	"no": true, "vol": true, "fig": true, "etc": true, "inc": true, "jr": true, "sr": true,
	"tp": true, "ths": true, "ts": true, "gs": true, "pgs": true, "tr": true, "v.v": true,
}

// Sentences returns the sentences of s, a paragraph without footnote markers,
// in order and without the white space between them. No cut is made at
// "1.500", "U.S.", initials, a list's "1.", or inside quotation marks; a text
// without a full stop is one sentence.
func Sentences(s string) []Span {
	var spans []Span
	start := 0
	quotes := quoteDepths(s)
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
		end := i
		for end < len(s) {
			closing, n := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(`.!?…”"’»)]`, closing) {
				break
			}
			end += n
		}
		if end < len(s) && quotes[end] {
			continue
		}
		if r == '.' && end == i && !endsSentence(s[start:i-size]) {
			continue
		}
		if beginsSentence(s[end:]) {
			add(end)
			i = end
		}
	}
	add(len(s))
	return spans
}

// quoteDepths reports for each byte of s whether it is inside quotation marks
// that are closed again; an unclosed mark quotes nothing.
func quoteDepths(s string) []bool {
	inside := make([]bool, len(s)+1)
	open := -1
	var closing rune
	for i, r := range s {
		switch {
		case open < 0 && (r == '“' || r == '«' || r == '"'):
			open = i
			closing = map[rune]rune{'“': '”', '«': '»', '"': '"'}[r]
		case open >= 0 && r == closing:
			for j := open + 1; j <= i; j++ {
				inside[j] = true
			}
			open = -1
		}
	}
	return inside
}

// endsSentence reports whether a single full stop after before ends a
// sentence, as far as the word before it tells.
func endsSentence(before string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == '“' || r == '"'
	})+1:]
	lower := strings.ToLower(word)
	switch {
	case abbreviations[lower]:
		return false
	case strings.Contains(word, ".") && strings.IndexFunc(word, unicode.IsDigit) < 0:
		return false // U.S, e.g, v.v
	case utf8.RuneCountInString(word) == 1 && unicode.IsUpper([]rune(word)[0]):
		return false // an initial
	case strings.TrimFunc(word, unicode.IsDigit) == "" && strings.TrimSpace(before) == word && word != "":
		return false // a list's number
	}
	return true
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
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(trimmed, `“"‘'«([—–- `))
	return unicode.IsUpper(first) || unicode.IsDigit(first) || (unicode.IsLetter(first) && !unicode.IsLower(first))
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
