package correction

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
)

// keyOf returns a sentence as its words and the signs that mean something, such as %.
// White space, punctuation and how letters are composed are left out: two sentences with
// the same key say the same.
func keyOf(s string) string {
	var key strings.Builder
	end := 0
	for _, word := range text.Words(s) {
		writeSigns(&key, s, end, word.Start, word.Number)
		key.WriteByte(' ')
		key.WriteString(word.Exact)
		end = word.End
	}
	writeSigns(&key, s, end, len(s), false)
	return key.String()
}

// writeSigns writes the signs of s[from:to], which stands between words. A hyphen is a
// minus only before a number, behind white space or at the beginning.
func writeSigns(key *strings.Builder, s string, from, to int, number bool) {
	for i, r := range s[from:to] {
		switch r {
		case '-', '−', '–':
			before, _ := utf8.DecodeLastRuneInString(s[:from+i])
			if number && from+i+utf8.RuneLen(r) == to && (from+i == 0 || unicode.IsSpace(before)) && from != from+i {
				key.WriteString(" -")
			}
		case '%', '‰', '+', '<', '>', '=', '±', '×', '°':
			key.WriteString(" " + string(r))
		default:
			if unicode.Is(unicode.Sc, r) {
				key.WriteString(" " + string(r))
			}
		}
	}
}

// mostJoined is how many sentences an edition may have made one, or one many.
const mostJoined = 3

// neighbours yields the keys of two and of three sentences in a row of one paragraph,
// joined.
func neighbours(sentences []sentence) iter.Seq2[string, []int] {
	return func(yield func(string, []int) bool) {
		for i := range sentences {
			joined, places := sentences[i].key, []int{i}
			for j := i + 1; j < len(sentences) && j < i+mostJoined && sentences[j].paragraph == sentences[i].paragraph; j++ {
				joined += sentences[j].key
				places = append(places, j)
				if !yield(joined, places) {
					return
				}
			}
		}
	}
}
