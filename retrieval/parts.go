package retrieval

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// The words by which a question shows that it asks for several things.
var (
	// questionWords are the words that ask.
	questionWords = text.NewPhrases(`ai|gì|nào|đâu|mấy|bao nhiêu|bao lâu|bao giờ|sao|chi|cỡ nào|who|whom|whose|what|which|when|where|why|how|
		кто|что|где|когда|сколько|почему|какой|какая|какие|누가|누구|무엇|어디|언제|왜|몇|얼마`)
	// joining are the words that go on to a further question.
	joining = text.NewPhrases(`còn|rồi|và|đồng thời|cũng như|and|и|а|그리고`)
	// comparing ask for two things beside each other.
	comparing = text.NewPhrases(`so sánh|so với|so|khác nhau|khác gì|khác biệt|giống nhau|giống và khác|cái nào trước|cái nào sau|cái nào lớn hơn|
		compare|compared|comparison|difference|differ|versus|vs|сравни|сравнить|разница|비교|차이`)
	// listing ask for every place of something.
	listing = text.NewPhrases(`liệt kê|những lần|các lần|mọi lần|bao nhiêu lần|mấy lần|mỗi lần|từng lần|tất cả|list|name all|each time|every time|how many times|
		how often|перечисли|назови всех|сколько раз|모두|나열`)
	// naming ask for several of a kind.
	naming = text.NewPhrases(`kể tên|kể ra|nêu tên|những ai|những gì|những đâu|lần lượt|which of|all the|every`)
	// between stand between two things that are compared.
	between = text.NewPhrases(`và|với|and|with|to|и`)
	// plural stand before a noun that "nào" asks for.
	plural = text.NewPhrases(`những|các`)
	// ofAKind stand behind that noun.
	ofAKind = text.NewPhrases(`nào|gì`)
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

// Parts returns the questions that a question puts together, each in the words
// of its own part; the question itself if it is about one thing. Each part has a
// word that asks, and words that say of what.
func Parts(question string) []string { return wordingOf(question).parts() }

// mostParts is how many things one question is taken to ask for.
const mostParts = 4

func (w wording) parts() []string {
	var marks []int // words behind a comma or the like, or that join
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
		if w.asks(begin, mark) && w.asks(mark, next) {
			cuts = append(cuts, mark)
			begin = mark
		}
	}
	switch {
	case len(cuts) == 0:
		return w.compared()
	case len(cuts) >= mostParts:
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

// asks reports whether words [from, to) ask for something and say of what.
func (w wording) asks(from, to int) bool {
	content := func(word text.Word) bool { return !stop[word.Folded] || word.Number }
	return slices.ContainsFunc(w.words[from:to], content) && w.has(questionWords, from, to)
}

// compared returns, of a question that compares two things, one question for
// each: the question without the other, and without the words that compare.
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
