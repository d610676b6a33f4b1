package claim

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// difference compares a sentence as it was with the sentence as it is.
type difference struct {
	before, after *sentence
	had, has      *evidence
	lost, gained  []bool // by word of before, of after: it has no equal in the other
}

// compare aligns two sentences.
func compare(before, after Source, language text.Language, concepts *retrieval.Concepts) *difference {
	d := &difference{before: read(text.Clean(before.Text), language, concepts), after: read(text.Clean(after.Text), language, concepts)}
	d.had, d.has = evidenceOf(d.before, before.Year, concepts), evidenceOf(d.after, after.Year, concepts)
	had, has := d.before.units(concepts), d.after.units(concepts)
	d.lost, d.gained = unequal(d.before, had, has), unequal(d.after, has, had)
	return d
}

// evidenceOf returns one sentence as evidence.
func evidenceOf(s *sentence, year int, concepts *retrieval.Concepts) *evidence {
	e := newEvidence(s.Language)
	e.cited = []*sentence{s}
	e.add(s, year, concepts)
	return e
}

// unequal returns by word whether it has no equal, in order or elsewhere, among other
// units: the same word, one of a row of words.txt, or another name of the same thing.
func unequal(s *sentence, units, others [][]unit) []bool {
	has := map[any]bool{}
	for _, at := range others {
		for _, u := range at {
			has[u.key] = true
		}
	}
	known := slices.Clone(s.inFact)
	for _, at := range units {
		for _, u := range at {
			if has[u.key] {
				mark(known, u.from, u.to)
			}
		}
	}
	for i := range known {
		known[i] = !known[i]
	}
	return known
}
