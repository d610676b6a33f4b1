package retrieval

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// The words by which a question shows that it asks for several things; vocabulary.txt
// says what each section is.
var (
	questionWords = phrasesOf("question words")
	joining       = phrasesOf("joining")
	comparing     = phrasesOf("comparing")
	listing       = phrasesOf("listing")
	naming        = phrasesOf("naming")
	between       = phrasesOf("between")
	plural        = phrasesOf("plural")
	ofAKind       = phrasesOf("of a kind")
)

// wording is the words of a question, compared with their marks unless it has none.
type wording struct {
	text   string
	words  []text.Word
	marked bool
}

func wordingOf(question string) wording {
	words := text.Words(question)
	return wording{question, words[:min(len(words), maxQueryWords)], text.HasDiacritics(question)}
}

// at returns the length of the phrase that begins at word i; 0 for none.
func (w wording) at(phrases text.Phrases, i int) int { return phrases.At(w.words, i, w.marked) }

// has reports whether one of the phrases is in words [from, to).
func (w wording) has(phrases text.Phrases, from, to int) bool {
	return phrases.In(w.words[from:to], w.marked)
}

// Several reports whether a question asks for more than one thing: all of a
// kind, a comparison, or several questions in one.
func Several(question string) bool {
	w := wordingOf(question)
	return w.has(listing, 0, len(w.words)) || w.has(naming, 0, len(w.words)) || w.has(comparing, 0, len(w.words)) || w.asksForPlural() || len(w.parts()) > 1
}

// Listed returns the question without the words that ask for a list or a count of
// places, such as "list all" or "how many times". ok is false if it has none.
func Listed(question string) (of string, ok bool) {
	w := wordingOf(question)
	end := 0
	for i := 0; i < len(w.words); i++ {
		n := w.at(listing, i)
		if n == 0 {
			continue
		}
		of += question[end:w.words[i].Start]
		i += n - 1
		end = w.words[i].End
		ok = true
	}
	of = strings.TrimSpace(of + question[end:])
	return of, ok && of != ""
}

// asksForPlural reports whether words ask for several things of a kind: "những
// nước nào", "which countries".
func (w wording) asksForPlural() bool {
	for i, word := range w.words {
		switch {
		case w.at(plural, i) > 0:
			for j := i + 1; j < min(i+6, len(w.words)); j++ {
				if w.at(ofAKind, j) > 0 {
					return true
				}
			}
		case word.Folded == "which" && i+1 < len(w.words):
			if next := w.words[i+1].Folded; len(next) > 4 && strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "ss") {
				return true
			}
		}
	}
	return false
}

// maxParts is the most parts of a question; with more it is searched as a whole.
const maxParts = 4

// parts splits a compound question, each part in its own words; it returns the question
// itself if it is about one thing. Each part has a question word and content words.
func (w wording) parts() []string {
	var marks []int // words after a comma or the like, and conjunctions
	for i := 1; i < len(w.words); i++ {
		if strings.ContainsAny(w.text[w.words[i-1].End:w.words[i].Start], ",;:?!.\n–—") || w.at(joining, i) > 0 {
			marks = append(marks, i)
		}
	}
	var cuts []int // words where a part begins
	begin := 0
	for n, mark := range marks {
		next := len(w.words)
		if n+1 < len(marks) {
			next = marks[n+1]
		}
		if w.isQuestion(begin, mark) && w.isQuestion(mark, next) {
			cuts = append(cuts, mark)
			begin = mark
		}
	}
	switch {
	case len(cuts) == 0:
		return w.compared()
	case len(cuts) >= maxParts:
		return []string{w.text}
	}
	var parts []string
	begin = 0
	for _, cut := range append(cuts, len(w.words)) {
		parts = append(parts, w.text[w.words[begin].Start:w.words[cut-1].End])
		begin = cut
	}
	return parts
}

// isQuestion reports whether words [from, to) have a question word and a content word.
func (w wording) isQuestion(from, to int) bool {
	content := func(word text.Word) bool { return !stop[word.Folded] || word.Number }
	return slices.ContainsFunc(w.words[from:to], content) && w.has(questionWords, from, to)
}

// compared splits a question that compares two things into one question for each:
// without the other thing and the words of comparison.
func (w wording) compared() []string {
	bound := make([]bool, len(w.words)) // what is compared doesn't reach beyond it
	compares := make([]bool, len(w.words))
	for i, word := range w.words {
		bound[i] = bound[i] || stop[word.Folded]
		for j := range w.at(comparing, i) {
			bound[i+j], compares[i+j] = true, true
		}
	}
	adjoins := func(i int) bool { return w.text[w.words[i-1].End:w.words[i].Start] == " " }
	if !slices.Contains(compares, true) {
		return []string{w.text}
	}
	for i := 2; i+1 < len(w.words); i++ {
		if w.at(between, i) == 0 || bound[i-1] || bound[i+1] {
			continue
		}
		from, to := i, i+1
		for from > 0 && !bound[from-1] && adjoins(from) {
			from--
		}
		for to < len(w.words) && !bound[to] && adjoins(to) {
			to++
		}
		without := func(a, b int) string {
			var kept []string
			for k, word := range w.words {
				if (k < a || k >= b) && !compares[k] {
					kept = append(kept, w.text[word.Start:word.End])
				}
			}
			return strings.Join(kept, " ")
		}
		return []string{without(i, to), without(from, i+1)}
	}
	return []string{w.text}
}
