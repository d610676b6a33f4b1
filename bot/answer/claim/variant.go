package claim

// variant is the statement with one thing replaced by the source's.
type variant struct {
	*Statement
	from, to int    // the replaced words
	at       []unit // the places of the replacement in the source
	alone    bool   // the source has no other candidate for the replacement
	known    bool   // a name of the word list is replaced
	over     *sourceText
	rule     Rule
	detail   string
}

// How similar a statement must be to a source, apart from the replaced words, to be about the same.
const (
	minCovered      = .75 // of its content words
	minCoveredNames = .9  // if a name is replaced: another may do the same
	minWords        = 3
	reach           = 4 // greatest distance of a neighbour, in words
)

// matches reports whether a variant is nearly the same as the source: the source has
// almost all of its words, and the same neighbours of the replaced words.
func (v variant) matches() bool {
	found := v.foundIn(v.over)
	has, all := 0, 0
	for w := range v.Words {
		if !v.isContent(w) || w >= v.from && w < v.to {
			continue
		}
		all++
		switch {
		case found[w]:
			has++
		case v.Words[w].Capital && w > 0:
			return false // of a name
		}
	}
	least := minCovered
	if v.rule == Name {
		least = minCoveredNames
	}
	return all >= minWords && float64(has) >= least*float64(all) && v.sameNeighbours()
}

// isContent reports whether word w is a content word.
func (s *Statement) isContent(w int) bool {
	return s.skip(w) == w && s.content(w) && !s.is(w, clauseWord) && !fillers[s.Words[w].Exact]
}

// sameNeighbours reports whether the source has the same content words next to the
// replaced ones: for a number the word that it counts, for a name both neighbours,
// unless it is in the word list. A date or year that is the only one needs no
// neighbour.
func (v variant) sameNeighbours() bool {
	for _, at := range v.at {
		before, behind := v.neighbour(v.from-1, -1, at), v.neighbour(v.to, 1, at)
		switch {
		case v.rule == Date && v.alone:
			return true
		case v.rule == Number:
			if behind == alike || behind == atEnd && before == alike {
				return true
			}
		case v.rule == Name:
			if before == alike && behind == alike || v.known && before != different && behind != different && (before == alike || behind == alike) {
				return true
			}
		case before == alike || behind == alike:
			return true
		}
	}
	return false
}

// neighbourhood is how a neighbour of the replaced words compares with the source's.
type neighbourhood int

const (
	atEnd neighbourhood = iota // there is none
	alike
	different
)

// neighbour compares the first content word from word w on, in steps, with the words
// near a place of the source.
func (v variant) neighbour(w, step int, at unit) neighbourhood {
	for ; w >= 0 && w < len(v.Words); w += step {
		if !v.isContent(w) {
			continue
		}
		for _, units := range v.units {
			for _, u := range units {
				if u.from > w || u.to <= w {
					continue
				}
				for _, have := range v.over.byKey[u.key] {
					if have.to <= at.from && at.from-have.to < reach || have.from >= at.to && have.from-at.to < reach || have.from < at.to && have.to > at.from {
						return alike
					}
				}
			}
		}
		return different
	}
	return atEnd
}
