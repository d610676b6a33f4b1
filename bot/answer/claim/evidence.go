package claim

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// evidence is the text for checking a claim's facts: all cited sentences together, the
// rest of their paragraphs, headings, inherited dates, and the report's title and date.
type evidence struct {
	report text.Language
	cited  []*sentence // in the report's order
	around []*sentence // other sentences of their paragraphs, headings, title

	dates    []text.Date // of all, with the years they inherit
	years    map[int]bool
	numbers  []text.Number // of all
	parts    map[int]bool  // days and months of dates
	folded   map[string]bool
	concepts map[*retrieval.Concept]bool
}

func newEvidence(report text.Language) *evidence {
	return &evidence{report: report, years: map[int]bool{}, parts: map[int]bool{}, folded: map[string]bool{}, concepts: map[*retrieval.Concept]bool{}}
}

// all returns every sentence of the evidence.
func (e *evidence) all() []*sentence { return append(e.cited[:len(e.cited):len(e.cited)], e.around...) }

// add adds a sentence. year is for its dates without one; 0: unknown.
func (e *evidence) add(s *sentence, year int) {
	if year != 0 {
		e.years[year] = true
	}
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
	for _, f := range s.mentioned {
		e.concepts[f.Concept] = true
	}
}

// has reports whether the evidence has the folded words in sequence.
func (e *evidence) has(words []text.Word) bool {
	if len(words) == 1 {
		return e.folded[words[0].Folded]
	}
	if slices.ContainsFunc(words, func(w text.Word) bool { return !e.folded[w.Folded] }) {
		return false
	}
	return slices.ContainsFunc(e.all(), func(s *sentence) bool { return s.find(words) >= 0 })
}

// glued joins the words of a name with digits: tu22ms.
func glued(words []text.Word) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(word.Folded)
	}
	return b.String()
}
