package claim

import (
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// evidence is what a claim's facts are checked against: all cited sentences
// together, with the rest of their paragraphs, headings, inherited dates, and
// the report's own title and date.
type evidence struct {
	report text.Language
	cited  []*Sentence // in the report's order
	around []*Sentence // other sentences of their paragraphs, headings, title

	dates    []text.Date // of all, with the years they inherit
	years    map[int]bool
	numbers  []text.Number // of all
	parts    map[int]bool  // days and months of dates
	folded   map[string]bool
	concepts map[*retrieval.Concept]bool
}

// all returns every sentence of the evidence.
func (e *evidence) all() []*Sentence { return append(e.cited[:len(e.cited):len(e.cited)], e.around...) }

// add adds a sentence. year is for its dates without one; 0: unknown.
func (e *evidence) add(s *Sentence, year int, concepts *retrieval.Concepts) {
	for _, d := range s.dated(year) {
		e.dates = append(e.dates, d)
		e.years[d.Year] = true
		e.parts[d.Day], e.parts[d.Month] = true, true
	}
	for _, n := range s.Numbers {
		e.numbers = append(e.numbers, n)
		if n.Year {
			e.years[int(n.Value)] = true
		}
	}
	for _, word := range s.Words {
		e.folded[word.Folded] = true
	}
	for _, f := range concepts.FindAll(s.Words) {
		e.concepts[f.Concept] = true
	}
	for _, f := range s.found {
		e.concepts[f.Concept] = true
	}
}

// has reports whether the evidence has the folded words in sequence.
func (e *evidence) has(words []text.Word) bool {
	if len(words) == 1 {
		return e.folded[words[0].Folded]
	}
	for _, word := range words {
		if !e.folded[word.Folded] {
			return false
		}
	}
	for _, s := range e.all() {
		if at := s.find(words); at >= 0 {
			return true
		}
	}
	return false
}

// find returns the index of the first of the folded words in a sentence; -1 if they
// aren't there.
func (s *Sentence) find(words []text.Word) int {
	for i := 0; i+len(words) <= len(s.Words); i++ {
		if s.findAt(words, i) {
			return i
		}
	}
	return -1
}

// findAt reports whether the folded words are at word i.
func (s *Sentence) findAt(words []text.Word, i int) bool {
	for j, word := range words {
		if s.Words[i+j].Folded != word.Folded {
			return false
		}
	}
	return true
}

// glued joins the words of a name with digits: tu22ms.
func glued(words []text.Word) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(word.Folded)
	}
	return b.String()
}
