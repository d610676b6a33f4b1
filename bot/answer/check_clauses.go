package answer

import (
	"strings"

	"reportbot/store/text"
)

// clausesOf numbers the clauses of a sentence and returns that of each word.
func clausesOf(s string, words []text.Word) []int {
	clause := make([]int, len(words))
	n := 0
	for i := range words {
		if i > 0 && (strings.ContainsAny(s[words[i-1].End:words[i].Start], ",;:–—()") || endsSentence(s, words, i-1) || parting[words[i].Exact] && !joinedOn[words[i-1].Exact] && !betweenNames(words, i)) {
			n++
		}
		clause[i] = n
	}
	return clause
}

// endsSentence reports whether a sentence ends behind word i; the point of an
// abbreviation ("U.S.") ends none.
func endsSentence(s string, words []text.Word, i int) bool {
	between := s[words[i].End:words[i+1].Start]
	return words[i+1].Capital && words[i].End-words[i].Start > 1 && strings.ContainsAny(between, ".!?…") && strings.HasSuffix(between, " ")
}

// betweenNames reports whether word i joins two names.
func betweenNames(words []text.Word, i int) bool {
	return (words[i].Exact == "và" || words[i].Exact == "and" || words[i].Exact == "и") && words[i-1].Capital && i+1 < len(words) && words[i+1].Capital
}

// joinedOn are words behind which a parting word parts nothing: "trước khi",
// "không để".
var joinedOn = wordSet(`trước sau không chưa chẳng từ cho đến tới kể ngay nói biết hay not before after và còn nhưng and but`)

// parting words begin a clause of their own.
var parting = wordSet(`và nhằm còn nhưng vì để rồi nên nếu khi song chứ and but while because when if so и но а`)

// apart is how far two words of a sentence are from each other; a clause
// between counts as several words.
func (r *reading) apart(i, j int) int { return distance(r.clause, i, j) }

const (
	clauseCosts = 5    // words that a clause between two is worth
	far         = 1000 // further than any two words of a sentence
)

// distance is how far words i and j are from each other.
func distance(clause []int, i, j int) int {
	return max(i-j, j-i) + clauseCosts*max(clause[i]-clause[j], clause[j]-clause[i])
}
