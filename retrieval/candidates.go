package retrieval

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"reportbot/store"
)

// candidates is how many passages are ranked.
const candidates = 50

const (
	// An archive is searched about as fast as a report if one search has at most
	// maxMatches matches in the index, or a matchShare of all passages: the rarest
	// terms are used first; the others count in the ranking only.
	maxMatches = 20_000
	matchShare = .1
	// minTerms are always looked up, whatever their number of passages.
	minTerms = 3
)

// selectTerms returns the terms to look up in the index: those that it has, rarest
// first, up to a total of most matches. A word that is there as written is not also
// looked up without its marks.
func (q query) selectTerms(frequencies map[store.Term]int, most int) []store.Term {
	asWritten := map[string]bool{} // folded
	for _, u := range q.units {
		if q.marked && frequencies[exactTerm(u.exact)] > 0 {
			asWritten[u.folded] = true
		}
	}
	var known []store.Term
	for _, term := range q.terms() {
		if frequencies[term] > 0 && !(term.Column == store.Folded && asWritten[term.Token]) {
			known = append(known, term)
		}
	}
	slices.SortStableFunc(known, func(a, b store.Term) int { return cmp.Compare(frequencies[a], frequencies[b]) })
	matches := 0
	for i, term := range known {
		if matches += frequencies[term]; matches > most && i >= minTerms {
			return known[:i]
		}
	}
	return known
}

// repeatedWeight is the additional weight of a term that a passage has more than once:
// about BM25's for the second occurrence.
const repeatedWeight = .4

// candidates returns the ids of the passages that have most of the terms by
// their weight, best first: rare terms weigh more, repeated ones too. How long
// a passage is doesn't count: among passages cut to one size the longer ones
// answer more often.
func (c *corpus) candidates(ctx context.Context, q query, frequencies map[store.Term]int) ([]int64, error) {
	weights := map[store.Term]float64{}
	for _, term := range q.selectTerms(frequencies, max(maxMatches, int(matchShare*float64(c.Passages)))) {
		weights[term] = inverseFrequency(frequencies[term], c.Passages)
		if again := term.Repeated(); frequencies[again] > 0 {
			weights[again] = repeatedWeight * weights[term]
		}
	}
	postings, err := c.postingsOf(ctx, slices.Collect(maps.Keys(weights)))
	if err != nil {
		return nil, err
	}
	return topN(sum(postings, weights), candidates), nil
}

// inverseFrequency is BM25's weight of a term that count of so many passages
// have.
func inverseFrequency(count, passages int) float64 {
	return math.Log(1 + (float64(passages)-float64(count)+.5)/(float64(count)+.5))
}

// sum returns the passages with the weights of their terms, ascending by id. Terms are
// merged in a fixed order, rarest first, so that sums are reproducible.
func sum(postings map[store.Term][]int64, weights map[store.Term]float64) []weighted {
	terms := slices.SortedFunc(maps.Keys(postings), func(a, b store.Term) int {
		return cmp.Or(cmp.Compare(len(postings[a]), len(postings[b])), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Token, b.Token))
	})
	var held, spare []weighted
	for _, term := range terms {
		held, spare = merge(spare[:0], held, postings[term], weights[term]), held
	}
	return held
}

// weighted is a passage with the weight of the terms it has.
type weighted struct {
	id     int64
	weight float64
}

// merge appends to dst the union of held and ids, both ascending by id.
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
