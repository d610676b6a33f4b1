package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// candidates is how many passages are ranked.
const candidates = 50

const (
	// An archive is searched about as fast as a report if the index gives no
	// more matches for one search than mostMatches, or a matchShare of all
	// passages: the rarest terms come first, and with them what the others tell
	// is left to the ranking.
	mostMatches = 20_000
	matchShare  = .1
	// leastTerms are asked for however many passages have them.
	leastTerms = 3
)

// AskEveryTerm makes searches ask the index for all that a question has,
// however much that matches: to measure what leaving it out costs.
func (s *Searcher) AskEveryTerm() { s.everyTerm = true }

// most returns how many matches the index may give for a search among so many
// passages.
func (s *Searcher) most(passages int) int {
	if s.everyTerm {
		return math.MaxInt
	}
	return max(mostMatches, int(matchShare*float64(passages)))
}

// selectTerms returns the terms that the index is asked for: those that it has,
// rarest first, as long as they don't match more than most in all. A word that
// is there as written is not asked for once more without its marks.
func (q Query) selectTerms(terms []store.Term, frequencies map[store.Term]int, most int) []store.Term {
	asWritten := map[string]bool{} // folded
	for _, unit := range q.Units {
		if q.Marked && frequencies[store.Term{Column: store.Exact, Token: unit.Exact}] > 0 {
			asWritten[unit.Folded] = true
		}
	}
	var known []store.Term
	for _, term := range terms {
		if frequencies[term] > 0 && !(term.Column == store.Folded && asWritten[term.Token]) {
			known = append(known, term)
		}
	}
	slices.SortStableFunc(known, func(a, b store.Term) int { return cmp.Compare(frequencies[a], frequencies[b]) })
	matches := 0
	for i, term := range known {
		if matches += frequencies[term]; matches > most && i >= leastTerms {
			return known[:i]
		}
	}
	return known
}

// repeatedWeight is what a term counts in addition where a passage has it more
// than once: about what BM25 makes of the second time.
const repeatedWeight = .4

// withRepeated returns the terms, and each as repeated.
func withRepeated(terms []store.Term) []store.Term {
	both := make([]store.Term, 0, 2*len(terms))
	for _, term := range terms {
		both = append(both, term, term.Repeated())
	}
	return both
}

// candidates returns the ids of the passages that have most of the terms by
// their weight, best first: rare terms weigh more, repeated ones too. How long
// a passage is doesn't count: among passages cut to one size the longer ones
// answer more often.
func (s *Searcher) candidates(ctx context.Context, edition *store.Edition, terms []store.Term, frequencies map[store.Term]int) ([]int64, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	asked := make([]store.Term, 0, 2*len(terms))
	weights := make(map[store.Term]float64, 2*len(terms))
	for _, term := range terms {
		weights[term] = inverseFrequency(frequencies[term], edition.Passages)
		asked = append(asked, term)
		if again := term.Repeated(); frequencies[again] > 0 {
			weights[again] = repeatedWeight * weights[term]
			asked = append(asked, again)
		}
	}
	postings, err := s.holding(ctx, edition.ID, asked)
	if err != nil {
		return nil, err
	}
	return topN(sum(asked, postings, weights), candidates), nil
}

// sum returns what passages hold of the terms, ascending by id.
func sum(terms []store.Term, postings [][]int64, weights map[store.Term]float64) []weighted {
	order := make([]int, len(terms))
	most := 0
	for i := range order {
		order[i] = i
		most += len(postings[i])
	}
	slices.SortFunc(order, func(a, b int) int { return len(postings[a]) - len(postings[b]) }) // each is merged with all before it
	held, spare := make([]weighted, 0, most), make([]weighted, 0, most)
	for _, i := range order {
		held, spare = merge(spare[:0], held, postings[i], weights[terms[i]]), held
	}
	return held
}

// weighted is a passage with the weight of the terms it has.
type weighted struct {
	id     int64
	weight float64
}

// merge appends to dst what held and ids have, both ascending by id.
func merge(dst, held []weighted, ids []int64, weight float64) []weighted {
	i := 0
	for _, id := range ids {
		for i < len(held) && held[i].id < id {
			dst = append(dst, held[i])
			i++
		}
		if i < len(held) && held[i].id == id {
			dst = append(dst, weighted{id, held[i].weight + weight})
			i++
		} else {
			dst = append(dst, weighted{id, weight})
		}
	}
	return append(dst, held[i:]...)
}

// topN returns the ids of the n heaviest, heaviest first; of equal ones
// those with the lower ids.
func topN(held []weighted, n int) []int64 {
	best := make([]weighted, 0, n+1)
	heavier := func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) }
	for _, w := range held {
		if len(best) == n && w.weight <= best[n-1].weight {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, w, func(a, b weighted) int {
			return cmp.Or(heavier(a, b), -1) // behind its equals
		})
		best = slices.Insert(best, at, w)
		best = best[:min(len(best), n)]
	}
	ids := make([]int64, len(best))
	for i, w := range best {
		ids[i] = w.id
	}
	return ids
}

// terms returns what the index is asked for, each once.
func (q Query) terms() []store.Term {
	var terms []store.Term
	seen := map[store.Term]bool{}
	add := func(column store.Column, token string) {
		term := store.Term{Column: column, Token: token}
		if token != "" && !seen[term] {
			seen[term] = true
			terms = append(terms, term)
		}
	}
	for _, unit := range q.Units {
		if unit.Concept != nil {
			for _, term := range unit.Concept.terms() {
				add(term.Column, term.Token)
			}
			continue
		}
		add(store.Exact, unit.Exact)
		if q.Language == text.Vietnamese || q.stems() {
			add(store.Folded, unit.Folded)
		}
	}
	for _, pair := range q.Pairs {
		add(store.Pairs, pair)
	}
	for _, name := range q.Names {
		add(store.Folded, name)
	}
	return terms
}

// terms returns the tokens by which the index finds a concept: its one-word
// names, and the neighbours within the longer ones.
func (concept *Concept) terms() []store.Term {
	var terms []store.Term
	for _, name := range concept.Names {
		if !concept.inReports(name) {
			continue
		}
		if len(name.Words) == 1 {
			terms = append(terms, store.Term{Column: store.Exact, Token: name.Words[0]})
		}
		for i := 1; i < len(name.Folded); i++ {
			terms = append(terms, neighbours(name.Folded[i-1], name.Folded[i]))
		}
	}
	return terms
}
