package correction

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
)

// keyOf returns the words and meaningful signs, such as %, of a sentence, without white
// space, punctuation and differences of Unicode composition. Sentences with the same
// key are the same.
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

// writeSigns writes the signs of s[from:to], which is between words. A hyphen is a
// minus only before a number, and after white space or at the beginning.
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

// maxJoined is the most sentences that an edition may have joined into one, or made of one.
const maxJoined = 3

// neighbours yields the joined keys of two and of three adjacent sentences of one
// paragraph.
func neighbours(sentences []sentence) iter.Seq2[string, []int] {
	return func(yield func(string, []int) bool) {
		for i := range sentences {
			joined, places := sentences[i].key, []int{i}
			for j := i + 1; j < len(sentences) && j < i+maxJoined && sentences[j].paragraph == sentences[i].paragraph; j++ {
				joined += sentences[j].key
				places = append(places, j)
				if !yield(joined, places) {
					return
				}
			}
		}
	}
}
