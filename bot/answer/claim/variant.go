package claim

// variant is the statement with one thing of the source in the place of its own.
type variant struct {
	*Statement
	from, to int    // the words in question
	at       []unit // where the source has what it has in their place
	alone    bool   // the source has nothing else that could be in that place
	known    bool   // a name of the word list is in question
	over     *sourceText
	rule     Rule
	detail   string
}

// How like a source a statement must be, but for what is in question, to mean it.
const (
	leastCovered      = .75 // of its words of content
	leastCoveredNames = .9  // where a name is in question: another may do the like
	leastWords        = 3
	reach             = 4 // how many words off a neighbour may stand
)

// nearly reports whether a variant says much the same as the source in the same
// place: the source has almost all of its words, and beside what is in question the same
// ones.
func (v variant) nearly() bool {
	found := v.foundIn(v.over)
	has, all := 0, 0
	for w := range v.Words {
		if !v.tells(w) || w >= v.from && w < v.to {
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
	least := leastCovered
	if v.rule == Name {
		least = leastCoveredNames
	}
	return all >= leastWords && float64(has) >= least*float64(all) && v.beside()
}

// tells reports whether word w is one of content.
func (s *Statement) tells(w int) bool {
	return s.skip(w) == w && s.content(w) && !s.is(w, clauseWord) && !fillers[s.Words[w].Exact]
}

// beside reports whether a word of content right before or behind what is in question
// stands there in the source too: of a number what it counts, of a name both, unless the
// word list knows it. A date or year that is the only one needs no neighbour.
func (v variant) beside() bool {
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

// neighbourhood is how a word beside what is in question compares with the source's.
type neighbourhood int

const (
	atEnd neighbourhood = iota // there is none
	alike
	different
)

// neighbour compares the first word of content from word w on, in steps, with the words
// near a place of the source.
func (v variant) neighbour(w, step int, at unit) neighbourhood {
	for ; w >= 0 && w < len(v.Words); w += step {
		if !v.tells(w) {
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
