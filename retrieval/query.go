package retrieval

import (
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

// maxQueryWords bounds how much of a question is searched for; what people ask
// is far shorter, and a pasted page must not stall the store.
const maxQueryWords = 120

// query is a parsed question.
type query struct {
	text     string // with its abbreviations written out
	language text.Language
	native   bool // in the report's language
	marked   bool // written with Vietnamese diacritics

	words    []text.Word // of a native English question, folded to their stems
	concepts []Found
	covered  []bool // by word: it belongs to a concept
	asking   []bool // by word: it is a question word, not the subject

	units []unit
	pairs []string // folded neighbours and dates, each once
	names []string // folded words with a capital that is no sentence's, and numbers
	// joining are the function words, each once.
	joining []text.Word
	asks    Kind
	// counted is the thing whose number is asked for; nil if unknown.
	counted *Concept
}

// unit is one thing that the question asks for: a word, or a concept with its
// other names.
type unit struct {
	// The word as typed, and without marks or, of English, endings; empty for a
	// concept.
	exact, folded string
	concept       *Concept
	name          *ConceptName // by which the question names the concept
	// covered words belong to a concept that is a unit of its own.
	covered bool
	// loose words are compared without their marks though the question has some.
	loose bool
}

// parse parses a question to a report in a language. It leaves out function words,
// unless there are no others.
func parse(question string, concepts *Concepts, report text.Language) query {
	q := query{language: text.LanguageOf(question, report), marked: marked(question)}
	q.native = q.language == report
	if q.language == text.Vietnamese {
		question = text.Expand(question)
	}
	words := text.Words(question)
	words = words[:min(len(words), maxQueryWords)]
	asks, counted := Asks(words, q.language, q.marked)
	q.text, q.asks = question, asks
	q.concepts = concepts.find(words, q.language, q.marked)
	q.asking = inPhrases(askingPhrases, words, q.marked)
	dates := text.DateTokens(question, words)
	if q.stems() {
		words = text.Stemmed(words)
	}
	q.words, q.covered = words, make([]bool, len(words))
	seen := map[string]bool{}
	first := func(key string) bool {
		before := seen[key]
		seen[key] = true
		return !before
	}
	for _, found := range q.concepts {
		// "Mấy" at a question's beginning says "these".
		if q.asks == Number && found.From == counted && (counted > 1 || words[0].Folded != "may") {
			q.counted = found.Concept
		}
		for i := found.From; i < found.To; i++ {
			q.covered[i] = true
		}
		if first("c:" + found.Concept.ID) {
			q.units = append(q.units, unit{concept: found.Concept, name: found.name})
		}
	}
	for i, word := range words {
		if !first(word.Exact) {
			continue
		}
		// Every word is capital where a sentence begins; there only one that is
		// no Vietnamese syllable is a name for sure.
		if word.Number || word.Capital && (!q.beginsSentence(i) || q.language == text.Vietnamese && !text.Syllable(word.Folded)) {
			q.names = append(q.names, word.Folded)
		}
		if q.joins(word) {
			q.joining = append(q.joining, word)
		} else {
			q.units = append(q.units, unit{exact: word.Exact, folded: word.Folded, covered: q.covered[i]})
		}
	}
	if len(q.units) == 0 {
		q.joining = nil
		for _, word := range words {
			q.units = append(q.units, unit{exact: word.Exact, folded: word.Folded})
		}
	}
	// The neighbours of another language's words mean nothing to the report;
	// dates are the same in all.
	joined := dates
	if q.native || q.language == text.Vietnamese {
		joined = append(joined, text.Pairs(question, words)...)
	}
	for _, pair := range joined {
		if first("g:" + pair) {
			q.pairs = append(q.pairs, pair)
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

// unmarked reports whether the question is Vietnamese typed without diacritics.
func (q query) unmarked() bool { return q.language == text.Vietnamese && !q.marked }

// joins reports whether a word is a function word.
func (q query) joins(word text.Word) bool {
	if q.unmarked() {
		return stop[word.Folded] && !word.Number
	}
	return stopExact[word.Exact] && !word.Number
}

// stems reports whether the question's words are compared without their English
// endings: the folded form of each is its stem.
func (q query) stems() bool { return q.native && q.language == text.English }

// term returns the term by which a word of the question is looked for in a text.
func (q query) term(u unit) store.Term {
	if u.loose || q.stems() || q.unmarked() {
		return foldedTerm(u.folded)
	}
	return exactTerm(u.exact)
}

// joiningTerm returns the term by which a joining word's frequency is known: the
// word as written, or without marks where the question has none.
func (q query) joiningTerm(word text.Word) store.Term {
	if q.marked {
		return exactTerm(word.Exact)
	}
	return foldedTerm(word.Folded)
}

// surelyNamed reports whether a concept is named as a proper name for sure: without
// marks and in small letters, one syllable may be any word.
func (q query) surelyNamed(concept *Concept, name *ConceptName) bool {
	word := len(name.Folded) == 1 && text.Syllable(name.Folded[0])
	return concept.Name && !(q.unmarked() && word)
}

// beginsSentence reports whether word i begins a sentence, so that its capital says
// nothing.
func (q query) beginsSentence(i int) bool {
	return i == 0 || strings.ContainsAny(q.text[q.words[i-1].End:q.words[i].Start], ".!?\n")
}

// adjacent reports whether nothing but space or a hyphen stands between word i and
// the one before; false if either isn't there.
func (q query) adjacent(i int) bool {
	return i > 0 && i < len(q.words) && strings.Trim(q.text[q.words[i-1].End:q.words[i].Start], " \t\n-") == ""
}

// terms returns the terms to look up in the index, each once.
func (q query) terms() []store.Term {
	var terms []store.Term
	seen := map[store.Term]bool{}
	add := func(more ...store.Term) {
		for _, term := range more {
			if term.Token != "" && !seen[term] {
				seen[term] = true
				terms = append(terms, term)
			}
		}
	}
	for _, u := range q.units {
		if u.concept != nil {
			add(u.concept.terms()...)
			continue
		}
		add(exactTerm(u.exact))
		if q.language == text.Vietnamese || q.stems() {
			add(foldedTerm(u.folded))
		}
	}
	for _, pair := range q.pairs {
		add(pairTerm(pair))
	}
	for _, name := range q.names {
		add(foldedTerm(name))
	}
	return terms
}

// rankedTerms returns the terms whose frequencies a search needs: the ones that
// are searched for, and what is only ranked by.
func (q query) rankedTerms() []store.Term {
	var all []store.Term
	for _, term := range q.terms() {
		all = append(all, term, term.Repeated())
	}
	for _, word := range q.joining {
		all = append(all, q.joiningTerm(word))
	}
	for _, u := range q.units {
		if u.concept != nil && u.concept.state != nil {
			all = append(all, u.concept.state.terms()...)
		}
	}
	return all
}

// wordTerms are the words of the question with their neighbours.
func (q query) wordTerms() []store.Term {
	var terms []store.Term
	for i, word := range q.words {
		terms = append(terms, exactTerm(word.Exact), foldedTerm(word.Folded))
		if i > 0 {
			terms = append(terms, neighbours(q.words[i-1].Folded, word.Folded))
		}
	}
	return terms
}
