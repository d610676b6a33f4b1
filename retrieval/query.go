package retrieval

import (
	"reportbot/store"
	"reportbot/store/text"
)

// maxQueryWords bounds how much of a question is searched for; what people ask
// is far shorter, and a pasted page must not stall the store.
const maxQueryWords = 120

// Query is a question as search sees it.
type Query struct {
	Language text.Language
	Marked   bool // written with Vietnamese diacritics
	Units    []Unit
	Pairs    []string // folded neighbours and dates, each once
	Names    []string // folded words with a capital that is no sentence's, and numbers
	// Joining are the words that say nothing of what is asked for, each once.
	Joining []text.Word
	Asks    Kind
	// Counted is what a question asks the number of; nil where it doesn't say.
	Counted *Concept

	native   bool   // in the report's language
	text     string // the question with its abbreviations written out
	words    []text.Word
	concepts []foundConcept
	covered  []bool // by word: it belongs to a concept
	asking   []bool // by word: it asks, and is not what is asked about
}

// Unit is one thing that the question asks for: a word, or a concept with its
// other names.
type Unit struct {
	// The word as typed, and without marks or, of English, endings; empty for a
	// concept.
	Exact, Folded string
	Concept       *Concept
	Name          *ConceptName // by which the question names the concept
	// Covered words belong to a concept that is a unit of its own.
	Covered bool
	// Loose words are compared without their marks though the question has some.
	Loose bool
}

// parse reads a question. Words that say nothing of what is asked for are left
// out, unless nothing else is there.
// report is the language of the report that it is asked of.
func (s *Searcher) parse(question string, report text.Language) Query {
	q := Query{Language: text.LanguageOf(question, report), Marked: marked(question)}
	q.native = q.Language == report
	if q.Language == text.Vietnamese {
		question = text.Expand(question)
	}
	words := text.Words(question)
	if len(words) > maxQueryWords {
		words = words[:maxQueryWords]
	}
	asks, counted := Asks(words, q.Language, q.Marked)
	q.Asks = asks
	concepts := s.concepts.find(words, q.Language, q.Marked)
	seen := map[string]bool{}
	covered := make([]bool, len(words))
	q.asking = asking(words, q.Marked)
	dates := text.DateTokens(question, words)
	if q.stems() {
		words = text.Stemmed(words)
	}
	q.text, q.words, q.concepts, q.covered = question, words, concepts, covered
	for _, found := range concepts {
		// "Mấy" at a question's beginning says "these".
		if q.Asks == Number && found.from == counted && (counted > 1 || words[0].Folded != "may") {
			q.Counted = found.concept
		}
		for i := found.from; i < found.to; i++ {
			covered[i] = true
		}
		if key := "c:" + found.concept.ID; !seen[key] {
			seen[key] = true
			q.Units = append(q.Units, Unit{Concept: found.concept, Name: found.name})
		}
	}
	for i, word := range words {
		if seen[word.Exact] {
			continue
		}
		seen[word.Exact] = true
		// Every word is capital where a sentence begins; there only one that is
		// no Vietnamese syllable is a name for sure.
		if word.Number || word.Capital && (!sentenceStart(question, words, i) || q.Language == text.Vietnamese && !text.Syllable(word.Folded)) {
			q.Names = append(q.Names, word.Folded)
		}
		if q.joins(word) {
			q.Joining = append(q.Joining, word)
			continue
		}
		q.Units = append(q.Units, Unit{Exact: word.Exact, Folded: word.Folded, Covered: covered[i]})
	}
	if len(q.Units) == 0 {
		q.Joining = nil
		for _, word := range words {
			q.Units = append(q.Units, Unit{Exact: word.Exact, Folded: word.Folded})
		}
	}
	// The neighbours of another language's words mean nothing to the report;
	// dates are the same in all.
	joined := dates
	if q.native || q.Language == text.Vietnamese {
		joined = append(joined, text.Pairs(question, words)...)
	}
	for _, pair := range joined {
		if !seen["g:"+pair] {
			seen["g:"+pair] = true
			q.Pairs = append(q.Pairs, pair)
		}
	}
	return q
}

// marked reports whether a question is written with Vietnamese marks: some
// people type one or two by chance.
func marked(question string) bool {
	syllables, marks := 0, 0
	for _, w := range text.Words(question) {
		switch {
		case w.Exact != w.Folded:
			marks++
			syllables++
		case !w.Number && text.Syllable(w.Folded) && !w.Capital:
			syllables++
		}
	}
	return marks > 0 && marks*4 >= syllables
}

// joins reports whether a word says nothing of what is asked for.
func (q Query) joins(word text.Word) bool {
	if q.Language != text.Vietnamese || q.Marked {
		return stopExact[word.Exact] && !word.Number
	}
	return stop[word.Folded] && !word.Number
}

// stems reports whether the question's words are compared without their English
// endings: the folded form of each is its stem.
func (q Query) stems() bool { return q.native && q.Language == text.English }

// term returns the term by which a word of the question is looked for in a text.
func (q Query) term(unit Unit) store.Term {
	if unit.Loose || q.stems() || !q.Marked && q.Language == text.Vietnamese {
		return store.Term{Column: store.Folded, Token: unit.Folded}
	}
	return store.Term{Column: store.Exact, Token: unit.Exact}
}

// joining returns the term by which a joining word's frequency is known: the
// word as written, or without marks where the question has none.
func (q Query) joining(word text.Word) store.Term {
	if q.Marked {
		return store.Term{Column: store.Exact, Token: word.Exact}
	}
	return store.Term{Column: store.Folded, Token: word.Folded}
}

// names reports whether a unit is for sure a proper name: without marks and in
// small letters, one syllable may be any word.
func (q Query) names(unit Unit) bool {
	word := len(unit.Name.Folded) == 1 && text.Syllable(unit.Name.Folded[0])
	return unit.Concept.Name && (q.Marked || q.Language != text.Vietnamese || !word)
}
