package answer

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// expectation is what kind of thing a question asks for, as far as its words
// tell.
type expectation struct {
	concepts *retrieval.Concepts
	kind     retrieval.Kind
	// What is to be counted, as a concept and as the word that says it; nil and
	// empty where that isn't said.
	head *retrieval.Concept
	word string
}

// expects reads what a question asks for.
func expects(question string, concepts *retrieval.Concepts) expectation {
	language := text.LanguageOf(question, text.Vietnamese)
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	words := text.Words(question)
	kind, end := retrieval.Asks(words)
	e := expectation{concepts: concepts, kind: kind}
	if kind == retrieval.Number && concepts != nil {
		e.head = headOf(concepts.Find(words, language), end)
		if end < len(words) && !retrieval.StopWord(words[end].Exact) {
			e.word = words[end].Exact
		}
	}
	return e
}

// headOf returns the concept that a number before word at counts: the one that
// begins there, or a word behind.
func headOf(found []retrieval.Found, at int) *retrieval.Concept {
	for _, f := range found {
		if f.From == at || f.From == at+1 {
			return f.Concept
		}
	}
	return nil
}

// What a sentence's score is worth that lacks the kind of thing the question
// asks for, or has a number of another thing.
const (
	unmet     = .5
	otherHead = .8
)

// worth returns what the score of a sentence of the report is worth for the
// question, up to 1.
func (e expectation) worth(sentence string) float64 {
	if e.kind == retrieval.Anything {
		return 1
	}
	words := text.Words(sentence)
	dates := text.Dates(sentence, words)
	if e.kind == retrieval.Date {
		if len(dates) > 0 || slices.ContainsFunc(words, retrieval.Year) {
			return 1
		}
		return unmet
	}
	numbers := text.Numbers(sentence, words, dates)
	if len(numbers) == 0 {
		return unmet
	}
	if e.head == nil && e.word == "" {
		return 1
	}
	found := e.concepts.FindAll(words)
	for _, q := range numbers {
		if q.To < len(words) && words[q.To].Exact == e.word {
			return 1
		}
		for _, f := range found {
			if f.Concept == e.head && f.From >= q.To && f.From <= q.To+1 {
				return 1
			}
		}
	}
	return otherHead
}
