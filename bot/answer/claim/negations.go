package claim

import (
	"slices"

	"reportbot/store/text"
)

// checkNegations compares negations. Only clear cases are contradicted: the claim
// negates a word of the cited sentences, which have no negation, or it has no negation
// and states a word that they have only in negated form.
func checkNegations(claim *sentence, e *evidence) (Outcome, string) {
	denied := claim.denied()
	denies := slices.ContainsFunc(e.cited, (*sentence).denies)
	if len(denied) > 0 && !denies {
		for _, i := range denied {
			if to := claim.phrase(i); to > i && e.states(claim.Words[i:to]) {
				return Contradicted, "no cited sentence denies " + claim.asWritten(i, to)
			}
		}
		return Unclear, "the claim denies what no cited sentence does in the same words"
	}
	if denies && len(denied) == 0 && !claim.denies() {
		for _, s := range e.cited {
			for _, i := range s.denied() {
				if to := s.phrase(i); to > i && claim.find(s.Words[i:to]) >= 0 && !e.hasUnnegated(s.Words[i:to]) {
					return Contradicted, "a cited sentence denies " + s.asWritten(i, to)
				}
			}
		}
	}
	return Kept, ""
}

// negators returns the negations of a sentence that are not part of a longer phrase.
func (s *sentence) negators() []match {
	var found []match
	for _, m := range s.classes {
		if m.class == negator && !s.coveredByLonger(m) {
			found = append(found, m)
		}
	}
	return found
}

// denied returns the first content word after each negation.
func (s *sentence) denied() []int {
	var denied []int
	for _, m := range s.classes {
		if m.class != negator {
			continue
		}
		for i := m.to; i < len(s.Words) && i <= m.to+2; i++ {
			if s.content(i) {
				denied = append(denied, i)
				break
			}
		}
	}
	return denied
}

// denies reports whether a sentence has a negation, or a word that may mean one: refuse,
// lack, prevent.
func (s *sentence) denies() bool {
	return slices.ContainsFunc(s.classes, func(m match) bool { return m.class == negator }) ||
		slices.ContainsFunc(s.Words, func(w text.Word) bool { return almostNegators[w.Exact] })
}

// phrase returns the end of the phrase that begins with word i: one word, in Vietnamese
// two, since one syllable alone means little. It returns i for a name, and for Vietnamese
// at the end of a clause.
func (s *sentence) phrase(i int) int {
	if s.Words[i].Capital {
		return i
	}
	if s.Language != text.Vietnamese {
		return i + 1
	}
	if i+1 >= len(s.Words) || s.Clause[i+1] != s.Clause[i] || s.Words[i+1].Capital {
		return i
	}
	return i + 2
}

// states reports whether a cited sentence has the words, in sequence.
func (e *evidence) states(words []text.Word) bool {
	return slices.ContainsFunc(e.cited, func(s *sentence) bool { return s.find(words) >= 0 })
}

// hasUnnegated reports whether a cited sentence has the words, in sequence, without a
// negation before them.
func (e *evidence) hasUnnegated(words []text.Word) bool {
	for _, s := range e.cited {
		denied := s.denied()
		for i := 0; i+len(words) <= len(s.Words); i++ {
			if s.findAt(words, i) && !slices.Contains(denied, i) {
				return true
			}
		}
	}
	return false
}
