package claim

import (
	"iter"
	"slices"
)

// shortened reports whether a claim is a shortening of its cited sentences: all words
// are theirs or equals, in their order; no word that negates, limits or attributes is
// omitted; and numbers, dates and names have the words that they belong to. If not,
// detail is the reason.
func shortened(claim *sentence, source *sourceText) (bool, string) {
	if len(claim.Words) == 0 {
		return false, "it has no words"
	}
	a, missing := align(claim, source)
	if a == nil {
		return false, "the cited sentences don't have, in this order, " + claim.asWritten(missing, missing+1)
	}
	s := &shortening{sourceText: source, used: a}
	for _, check := range []func() string{s.lostModifier, s.lostHeadOfClause, s.lostHeadOfName, s.lostCounted} {
		if detail := check(); detail != "" {
			return false, detail
		}
	}
	return true, ""
}

// shortening is the cited sentences and which of their words a claim has. Its checks
// return words that the claim must not omit; "" if none is missing.
type shortening struct {
	*sourceText
	used alignment
}

// usedSentences yields the sentences of which the claim has words, with the places of their
// first words.
func (c *shortening) usedSentences() iter.Seq2[int, *sentence] {
	return func(yield func(int, *sentence) bool) {
		for n, s := range c.sentences {
			if base := c.first[n]; c.used.uses(base, base+len(s.Words)) && !yield(base, s) {
				return
			}
		}
	}
}

// usesClause reports whether the claim has a word of the clause that place is in.
func (c *shortening) usesClause(place int) bool {
	from := slices.Index(c.clause, c.clause[place])
	for i := from; i < len(c.clause) && c.clause[i] == c.clause[place]; i++ {
		if c.used[i] {
			return true
		}
	}
	return false
}

// lostModifier finds an omitted word that negates, limits or attributes the claim: one
// in a clause that it uses, one that governs the sentence (a speaker, a condition), or
// a contrast.
func (c *shortening) lostModifier() string {
	for base, s := range c.usedSentences() {
		for _, m := range s.classes {
			if m.class&keptClasses == 0 || c.used.uses(base+m.from, base+m.to) || s.coveredByLonger(m) {
				continue
			}
			governs := m.class == contrast || (m.class == speech || m.class == claimed) && !s.coordinate(m.from) || s.conditional(m)
			if governs || c.usesClause(base+m.from) {
				return "it leaves out " + s.asWritten(m.from, m.to)
			}
		}
	}
	return ""
}

// coordinate reports whether word i is in a later clause that a conjunction coordinates
// with the others.
func (s *sentence) coordinate(i int) bool {
	start := slices.Index(s.Clause, s.Clause[i])
	return start > 0 && s.is(start, clauseWord)
}

// conditional reports whether a hedge makes the whole sentence a condition.
func (s *sentence) conditional(m match) bool {
	switch s.Words[m.from].Exact {
	case "nếu", "if", "giả", "unless", "если":
		return m.class == hedge
	}
	return false
}

// lostHeadOfClause finds the omitted first content word of a clause of which the claim
// has a number, date or name: usually its verb.
func (c *shortening) lostHeadOfClause() string {
	for base, s := range c.usedSentences() {
		named := s.namedWords()
		for start, end := 0, 0; start < len(s.Words); start = end {
			anchored, head := false, -1
			for end = start; end < len(s.Words) && s.Clause[end] == s.Clause[start]; end++ {
				anchored = anchored || c.used[base+end] && (s.inFact[end] || named[end])
				if head < 0 && s.content(end) && !named[end] && !s.is(end, clauseWord, title, speech) {
					head = end
				}
			}
			if anchored && head >= 0 && !c.used[base+head] {
				return "it leaves out " + s.asWritten(head, head+1) + " of the clause"
			}
		}
	}
	return ""
}

// lostHeadOfName finds the omitted word or name directly before or after a name of the
// claim, to which the name belongs.
func (c *shortening) lostHeadOfName() string {
	for base, s := range c.usedSentences() {
		named := s.namedWords()
		for _, n := range s.Names {
			if !c.used.uses(base+n.From, base+n.To) {
				continue
			}
			detail := ""
			for i := n.From - 1; i >= 0 && s.Clause[i] == s.Clause[n.From]; i-- {
				if c.used[base+i] || s.inFact[i] || s.is(i, sameWords) && !s.is(i, owner) {
					break // a word that relates the name to something else
				}
				if !s.is(i, title, free, owner) {
					detail = "it leaves out " + s.asWritten(i, i+1) + " before " + s.asWritten(n.From, n.To)
					break
				}
			}
			if i := n.To; i < len(s.Words) && s.Clause[i] == s.Clause[n.From] && named[i] && !c.used[base+i] && c.usedAfter(base+i) {
				detail = "it leaves out " + s.asWritten(i, i+1) + " behind " + s.asWritten(n.From, n.To)
			}
			if detail != "" {
				return detail
			}
		}
	}
	return ""
}

// usedAfter reports whether the claim has a later word of the clause of place.
func (c *shortening) usedAfter(place int) bool {
	for i := place + 1; i < len(c.used) && c.clause[i] == c.clause[place]; i++ {
		if c.used[i] {
			return true
		}
	}
	return false
}

// lostCounted finds the omitted noun that a number of the claim counts.
func (c *shortening) lostCounted() string {
	for base, s := range c.usedSentences() {
		for _, n := range s.Numbers {
			if !c.used.uses(base+n.From, base+n.To) {
				continue
			}
			for i := n.To; i < len(s.Words) && s.Clause[i] == s.Clause[n.From]; i++ {
				if s.is(i, free) || s.inFact[i] {
					continue
				}
				if !c.used[base+i] {
					return "it leaves out what " + s.asWritten(n.From, n.To) + " counts"
				}
				break
			}
		}
	}
	return ""
}
