package answer

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// statement is a claim as the rules see it.
type statement struct {
	concepts *retrieval.Concepts
	text     string
	language text.Language
	words    []text.Word
	found    []retrieval.Found
	dates    []text.Date
	numbers  []quantity
	negated  []polarity
	framing  []bool // by word: it only says that the report says so
	names    []actor
	said     []unit
	hedged   bool  // it says that it is only possible, hoped for or planned
	promised bool  // it says only that it will be, or is meant to
	clause   []int // by word
	groups   []int // by word: which clause it belongs to, with what only dates or attributes it
}

func (c *checker) read(claim string) *statement {
	claim = text.Clean(claim)
	s := &statement{concepts: c.concepts, text: claim, words: text.Words(claim), language: text.LanguageOf(quotation.ReplaceAllString(claim, " "), c.fallback)}
	s.framing = framing(claim, s.words)
	s.found = slices.DeleteFunc(c.concepts.Find(s.words, s.language), func(f retrieval.Found) bool { return s.framing[f.From] })
	s.found = append(s.found, s.halves()...)
	s.dates = withMonths(text.Dates(claim, s.words), s.words, s.language)
	s.numbers = quantities(claim, s.words, s.dates)
	s.negated = negations(claim, s.words, s.language)
	s.names = actors(claim, s.words, s.found, s.language)
	s.said = s.units()
	s.hedged = s.firstOf(hedged, wordings{}) >= 0
	s.promised = s.promising()
	s.clause = clausesOf(claim, s.words)
	s.groups = s.grouped()
	return s
}

// shown quotes a part of a claim for a detail.
func (s *statement) shown(from, to int) string {
	return fmt.Sprintf("%q", s.text[s.words[from].Start:s.words[to-1].End])
}

func (s *statement) marked() bool { return text.HasDiacritics(s.text) }

// grouped returns the clause of each word of the claim, in which what only
// dates or attributes a statement belongs to the clause behind it, or, at the
// end, to the one before.
func (s *statement) grouped() []int {
	clause := s.clause
	if len(clause) == 0 {
		return nil
	}
	verbal := make([]int, clause[len(clause)-1]+1)
	for _, u := range s.said {
		if !u.name && !s.attributed(u.from) {
			verbal[clause[u.from]]++
		}
	}
	leads := make([]bool, len(verbal))  // a comma stands behind it
	joined := make([]bool, len(verbal)) // it begins with a word that joins it to what stands before
	for i, n := range clause {
		if i > 0 && clause[i-1] != n {
			joined[n] = parting[s.words[i].Exact]
			leads[clause[i-1]] = strings.Contains(s.text[s.words[i-1].End:s.words[i].Start], ",")
		}
	}
	into := make([]int, len(verbal))
	next := -1
	for n := len(verbal) - 1; n >= 0; n-- {
		if verbal[n] >= 1 {
			next = n
		}
		into[n] = next
	}
	last := 0
	for n := range into {
		if into[n] < 0 || verbal[n] == 0 && joined[n] && !leads[n] {
			into[n] = last
		}
		last = into[n]
	}
	group := make([]int, len(clause))
	for i, n := range clause {
		group[i] = into[n]
	}
	return group
}

// attributed reports whether word i only says who says it: it stands in a
// clause that begins with "according to".
func (s *statement) attributed(i int) bool {
	for j := i; j >= 0; j-- {
		switch word := s.words[j].Exact; {
		case word == "theo" || word == "according" || word == "согласно":
			return true
		}
		if j > 0 && strings.ContainsAny(s.text[s.words[j-1].End:s.words[j].Start], ",;:–—()") {
			return false
		}
	}
	return false
}
