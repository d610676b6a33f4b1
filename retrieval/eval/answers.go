package eval

import (
	"slices"
	"strings"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/text/unicode/norm"
)

// Expected is what a right answer to a question holds.
type Expected struct {
	// AnyOf has lists of strings: of each list one is in the answer, without
	// regard to case, numbers not inside longer ones.
	AnyOf [][]string
	// Footnotes stand behind the answer; a right one carries them all.
	Footnotes []int
}

// AnswerScore is how replies to one kind of question came out.
type AnswerScore struct {
	N         int
	Answer    float64 // share that holds the expected answer
	Footnotes float64 // share that carries the expected footnotes
	Refused   float64 // share that says the report doesn't answer
	Notes     float64 // footnotes a reply, on average
	// First is the share whose first sentence holds the expected answer.
	First  float64
	Claims float64 // sentences or claims a reply, on average
}

// Reply is an answer as it is scored.
type Reply struct {
	Text      string
	Claims    []string // its sentences
	Footnotes []int
	Refused   bool
}

// Add counts one reply.
func (s *AnswerScore) Add(e Expected, r Reply) {
	before := float64(s.N)
	s.N++
	n := float64(s.N)
	average := func(mean *float64, value float64) { *mean = (*mean*before + value) / n }
	average(&s.Answer, share(e.answeredBy(r.Text)))
	average(&s.Footnotes, share(e.carriedBy(r.Footnotes)))
	average(&s.Refused, share(r.Refused))
	average(&s.Notes, float64(len(r.Footnotes)))
	average(&s.First, share(len(r.Claims) > 0 && e.answeredBy(r.Claims[0])))
	average(&s.Claims, float64(len(r.Claims)))
}

func share(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (e Expected) answeredBy(text string) bool {
	lacks := func(list []string) bool {
		return !slices.ContainsFunc(list, func(s string) bool { return holds(text, s) })
	}
	return len(e.AnyOf) > 0 && !slices.ContainsFunc(e.AnyOf, lacks)
}

func (e Expected) carriedBy(footnotes []int) bool {
	return !slices.ContainsFunc(e.Footnotes, func(n int) bool { return !slices.Contains(footnotes, n) })
}

// number is a number with its marks, as "12.000" or "1,7".
var number = lazyregexp.New(`\d+(?:[.,]\d+)*`)

// holds reports whether text has s, without regard to case; where s begins or
// ends with a number, that number is whole in text.
func holds(text, s string) bool {
	text, s = strings.ToLower(norm.NFC.String(text)), strings.ToLower(norm.NFC.String(s))
	if s == "" {
		return false
	}
	inNumber := make([]bool, len(text)+1) // the byte continues a number
	for _, span := range number.FindAllStringIndex(text, -1) {
		for i := span[0] + 1; i < span[1]; i++ {
			inNumber[i] = true
		}
	}
	for from := 0; ; {
		at := strings.Index(text[from:], s)
		if at < 0 {
			return false
		}
		begin, end := from+at, from+at+len(s)
		if !(isDigit(s[0]) && inNumber[begin]) && !(isDigit(s[len(s)-1]) && inNumber[end]) {
			return true
		}
		from = begin + 1
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
