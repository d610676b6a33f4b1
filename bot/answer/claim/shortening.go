package claim

import (
	"reportbot/retrieval"
)

// shortened reports whether a claim is its cited sentences cut down: every word
// is theirs or an equal, in their order, nothing that turns, limits or attributes
// was left out, and numbers, dates and names stand with what they belong to. The
// detail says what speaks against it.
func shortened(claim *Sentence, source *sourceText, concepts *retrieval.Concepts) (bool, string) {
	if len(claim.Words) == 0 {
		return false, "it has no words"
	}
	a, missing := align(claim, source, concepts)
	if a == nil {
		return false, "the cited sentences don't have, in this order, " + claim.shown(missing, missing+1)
	}
	for _, check := range []func(*alignment, *sourceText) string{keptTurns, keptClauses, keptHeads, keptCounts} {
		if detail := check(a, source); detail != "" {
			return false, detail
		}
	}
	return true, ""
}

// touched returns which clauses, and which sentences, the claim has words of.
func (a *alignment) touched(t *sourceText) (clauses, sentences map[int]bool) {
	clauses, sentences = map[int]bool{}, map[int]bool{}
	for place, used := range a.used {
		if used {
			clauses[t.clause[place]], sentences[t.of[place]] = true, true
		}
	}
	return clauses, sentences
}

// each calls f with each sentence that the claim has words of, and its place.
func (t *sourceText) each(sentences map[int]bool, f func(s *Sentence, base int)) {
	for n, s := range t.sentences {
		if sentences[n] {
			f(s, t.first[n])
		}
	}
}

// keptTurns refuses a claim that left out a word which turns, limits or
// attributes what it says: one in a clause that it uses, one that governs the
// sentence (a speaker, a condition), or a contrast.
func keptTurns(a *alignment, t *sourceText) (detail string) {
	clauses, sentences := a.touched(t)
	t.each(sentences, func(s *Sentence, base int) {
		for _, m := range s.classes {
			if detail != "" || m.class&keptClasses == 0 || a.uses(base+m.from, base+m.to) || s.coveredByLonger(m) {
				continue
			}
			clause := t.clause[base+m.from]
			governs := m.class == contrast || (m.class == speech || m.class == claimed) && !s.coordinate(m.from) || s.conditional(m)
			if clauses[clause] || governs {
				detail = "it leaves out " + s.shown(m.from, m.to)
			}
		}
	})
	return detail
}

// uses reports whether the claim has a word of places [from, to).
func (a *alignment) uses(from, to int) bool {
	for i := from; i < to; i++ {
		if a.used[i] {
			return true
		}
	}
	return false
}

// coveredByLonger reports whether a phrase is part of a longer one that is no
// turn, as the không of "máy bay không người lái" is, or of a date or number.
func (s *Sentence) coveredByLonger(m match) bool {
	for i := m.from; i < m.to; i++ {
		if s.inFact[i] {
			return true
		}
	}
	for _, other := range s.meanings {
		if other.from <= m.from && m.to <= other.to && other.to-other.from > m.to-m.from {
			return true
		}
	}
	for _, f := range s.found {
		if f.From <= m.from && m.to <= f.To && f.To-f.From > m.to-m.from {
			return true
		}
	}
	return false
}

// coordinate reports whether word i stands in a later clause that a conjunction
// sets beside the others.
func (s *Sentence) coordinate(i int) bool {
	start := i
	for start > 0 && s.Clause[start-1] == s.Clause[i] {
		start--
	}
	return start > 0 && s.is(start, clauseWord)
}

// conditional reports whether a hedge makes the whole sentence a condition.
func (s *Sentence) conditional(m match) bool {
	switch s.Words[m.from].Exact {
	case "nếu", "if", "giả", "unless", "если":
		return m.class == hedge
	}
	return false
}

// keptClauses refuses a claim that has a number, date or name of a clause without
// the clause's first word that says something else: what happens there.
func keptClauses(a *alignment, t *sourceText) (detail string) {
	clauses, sentences := a.touched(t)
	t.each(sentences, func(s *Sentence, base int) {
		named := s.namedWords()
		for start := 0; start < len(s.Words); {
			end := start
			for end < len(s.Words) && s.Clause[end] == s.Clause[start] {
				end++
			}
			if clauses[t.clause[base+start]] && detail == "" {
				anchored, head := false, -1
				for i := start; i < end; i++ {
					if a.used[base+i] && (s.inFact[i] || named[i]) {
						anchored = true
					}
					if head < 0 && s.content(i) && !named[i] && !s.is(i, clauseWord, title, speech) {
						head = i
					}
				}
				if anchored && head >= 0 && !a.used[base+head] {
					detail = "it leaves out " + s.shown(head, head+1) + " of the clause"
				}
			}
			start = end
		}
	})
	return detail
}

// namedWords tells of each word whether it belongs to a name.
func (s *Sentence) namedWords() []bool {
	named := make([]bool, len(s.Words))
	for _, n := range s.Names {
		mark(named, n.From, n.To)
	}
	return named
}

// keptHeads refuses a claim that puts a name in the place of what it belongs to:
// the sentence has, right before or behind the name, a word or name that the
// claim left out.
func keptHeads(a *alignment, t *sourceText) (detail string) {
	_, sentences := a.touched(t)
	t.each(sentences, func(s *Sentence, base int) {
		named := s.namedWords()
		for _, n := range s.Names {
			if detail != "" || !a.uses(base+n.From, base+n.To) {
				continue
			}
			for i := n.From - 1; i >= 0 && s.Clause[i] == s.Clause[n.From]; i-- {
				if a.used[base+i] || s.inFact[i] || s.is(i, sameWords) && !s.is(i, owner) {
					break // a word that relates the name to something else
				}
				if s.is(i, title, free, owner) {
					continue
				}
				detail = "it leaves out " + s.shown(i, i+1) + " before " + s.shown(n.From, n.To)
				break
			}
			if i := n.To; i < len(s.Words) && s.Clause[i] == s.Clause[n.From] && named[i] && !a.used[base+i] && a.usedAfter(base+i, t) {
				detail = "it leaves out " + s.shown(i, i+1) + " behind " + s.shown(n.From, n.To)
			}
		}
	})
	return detail
}

// usedAfter reports whether the claim has a word behind place in its clause.
func (a *alignment) usedAfter(place int, t *sourceText) bool {
	for i := place + 1; i < len(a.used) && t.clause[i] == t.clause[place]; i++ {
		if a.used[i] {
			return true
		}
	}
	return false
}

// keptCounts refuses a claim that has a number without what the number counts.
func keptCounts(a *alignment, t *sourceText) (detail string) {
	_, sentences := a.touched(t)
	t.each(sentences, func(s *Sentence, base int) {
		for _, n := range s.Numbers {
			if detail != "" || !a.uses(base+n.From, base+n.To) {
				continue
			}
			for i := n.To; i < len(s.Words) && s.Clause[i] == s.Clause[n.From]; i++ {
				if !s.is(i, free) && !s.inFact[i] {
					if !a.used[base+i] {
						detail = "it leaves out what " + s.shown(n.From, n.To) + " counts"
					}
					break
				}
			}
		}
	})
	return detail
}
