package questions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
)

const (
	// maxWords is the most words of an offered question.
	maxWords = 24
	// minWords is the least words of a self-contained question.
	minWords = 5
)

// natural reports whether a Vietnamese question is self-contained and sounds like a
// person's.
func natural(question string) bool {
	q, ok := wellFormed(question, maxWords)
	n := len(q.words)
	for i, word := range q.words {
		if !word.Capital && (q.pronoun(i, n) || q.at("pointer", i, n)+q.at("hedge", i, n) > 0) {
			return false
		}
	}
	return ok && q.at("subordinator", 0, n) == 0
}

// wellFormed reads a question, and reports whether it has a name after its first word,
// few words, and only signs that people type.
func wellFormed(question string, most int) (*sentence, bool) {
	q := read(strings.TrimSuffix(question, "?"))
	if q.broken || len(q.words) < minWords || len(q.words) > most || strings.ContainsAny(strings.TrimSuffix(question, "?"), `“”"«»()[]…;:—?`) || strings.Count(q.src, ",") > 1 {
		return q, false
	}
	names := false
	years := map[string]bool{}
	for i, word := range q.words {
		if years[word.Exact] {
			return q, false // "Năm 1997, ... năm 1997"
		}
		years[word.Exact] = word.Number && len(word.Exact) > 3
		if !latin(q.src[word.Start:word.End]) || glued(word) {
			return q, false
		}
		if i == 0 {
			continue
		}
		before, between := q.words[i-1], q.between(i)
		switch {
		case word.Exact == before.Exact && !word.Capital: // "vào vào"
			return q, false
		case !strings.ContainsAny(between, " -’'.") && !word.Number && !before.Number: // glued together
			return q, false
		case strings.Contains(between, ".") && utf8.RuneCountInString(before.Exact) > 1:
			return q, false
		}
		names = names || word.Capital
	}
	return q, names
}

func latin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// glued reports whether a word has letters that only Vietnamese has and is no
// Vietnamese syllable: two words that lost their space.
func glued(word text.Word) bool {
	return strings.ContainsAny(word.Exact, "đăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ") && !text.Syllable(word.Folded)
}

// assemble joins pieces to a question.
func assemble(pieces ...string) string { return assembleAt("", pieces...) }

// assembleAt is assemble with a time at the beginning, if one is given.
func assembleAt(front string, pieces ...string) string {
	var kept []string
	for _, piece := range pieces {
		if piece = strings.Trim(piece, " ,;:"); piece != "" {
			kept = append(kept, piece)
		}
	}
	if front != "" {
		kept = append([]string{front + ","}, kept...)
	}
	return upperFirst(strings.Join(kept, " ")) + "?"
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// said returns words [from, to) of a sentence without optional words that refer to
// earlier sentences: "cũng", "của họ".
func (s *sentence) said(from, to int) string {
	var kept []string
	for i := from; i < to; i++ {
		n := s.at("left_out", i, to)
		if i+1 < to && s.words[i].Exact == "của" && s.pronoun(i+1, to) {
			n = 2
		}
		if n == 0 || s.words[i].Capital {
			continue
		}
		if from < i {
			kept = append(kept, s.piece(from, i))
		}
		from = i + n
		i = from - 1
	}
	if from < to {
		kept = append(kept, s.piece(from, to))
	}
	return strings.Join(kept, " ")
}
