package questions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
)

const (
	// mostWords is how many words a question has at most that is offered.
	mostWords = 24
	// leastWords is with how few it says enough to stand alone.
	leastWords = 5
)

// natural reports whether a Vietnamese question reads as a person would ask it, and
// stands alone.
func natural(question string) bool {
	q := read(strings.TrimSuffix(question, "?"))
	n := len(q.words)
	if q.broken || n < leastWords || n > mostWords || strings.ContainsAny(question, `“”"«»()[]…;:—`) {
		return false
	}
	if strings.Count(question, ",") > 1 || !strings.HasSuffix(question, "?") || strings.Count(question, "?") > 1 {
		return false
	}
	names := false
	numbers := map[string]bool{}
	for i, word := range q.words {
		if word.Number && len(word.Exact) > 3 && numbers[word.Exact] {
			return false // "Năm 1997, ... năm 1997"
		}
		numbers[word.Exact] = word.Number
		if !latin(question[word.Start:word.End]) || glued(word) {
			return false
		}
		if i > 0 && word.Exact == q.words[i-1].Exact && !word.Capital {
			return false // "vào vào"
		}
		if i > 0 && !strings.ContainsAny(q.between(i), " -’'.") && !word.Number && !q.words[i-1].Number {
			return false // words that are glued together
		}
		if strings.Contains(q.between(i), ".") && i > 0 && utf8.RuneCountInString(q.words[i-1].Exact) > 1 {
			return false
		}
		if word.Capital && i > 0 {
			names = true
		}
		if !word.Capital && (q.pronoun(i, n) || q.at("pointer", i, n) > 0) || q.at("hedge", i, n) > 0 && !word.Capital {
			return false
		}
	}
	return names && q.at("subordinator", 0, n) == 0
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

// dropped are words that can be left out of a clause, and make a question depend on
// what stands before it.
var dropped = wordSet("cũng")

// said returns words [from, to) of a sentence without what can be left out: "cũng",
// "của họ".
func (s *sentence) said(from, to int) string {
	var kept []string
	begin := from
	flush := func(end int) {
		if begin < end {
			kept = append(kept, s.piece(begin, end))
		}
	}
	for i := from; i < to; i++ {
		switch {
		case s.words[i].Capital:
		case dropped[s.words[i].Exact]:
			flush(i)
			begin = i + 1
		case s.words[i].Exact == "của" && i+1 < to && s.pronoun(i+1, to) && i+2 >= begin:
			flush(i)
			begin = i + 2
			i++
		case s.words[i].Exact == "của" && i+2 < to && s.words[i+1].Exact == "nước" && s.words[i+2].Exact == "này":
			flush(i)
			begin = i + 3
			i += 2
		}
	}
	flush(to)
	return strings.Join(kept, " ")
}
