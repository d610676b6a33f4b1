package retrieval

import "slices"

// Part is one part of a compound question, with the hits for it alone.
type Part struct {
	Question string
	Hits     []Hit
}

// coverParts orders the hits for a question with several parts so that each part
// has hits among the first. It takes them greedily: each time the hit with the
// best sum of its nearness to the whole question and to one part, where parts that
// have hits already count less.
func coverParts(hits []Hit, parts []Part) []Hit {
	if len(hits) == 0 {
		return hits
	}
	near := make([]map[int64]float64, len(parts)) // by part, of its best
	for i, part := range parts {
		near[i] = map[int64]float64{}
		for _, hit := range part.Hits {
			near[i][hit.ID] = share(hit.Score, part.Hits[0].Score)
		}
	}
	best := hits[0].Score
	value := func(hit Hit, taken []int) (value float64, of int) {
		for i := range parts {
			if v := near[i][hit.ID] / float64(1+taken[i]); v > value {
				value, of = v, i
			}
		}
		return wholeWeight*share(hit.Score, best) + value, of
	}
	taken := make([]int, len(parts))
	rest := slices.Clone(hits)
	ordered := make([]Hit, 0, len(hits))
	for len(rest) > 0 {
		at, most, of := 0, -1., 0
		for i, hit := range rest {
			if v, part := value(hit, taken); v > most {
				at, most, of = i, v, part
			}
		}
		taken[of]++
		hit := rest[at]
		if n := len(ordered); n > 0 {
			hit.Score = min(hit.Score, ordered[n-1].Score) // what stands lower is no nearer
		}
		ordered = append(ordered, hit)
		rest = slices.Delete(rest, at, at+1)
	}
	return ordered
}

// wholeWeight is what nearness to the whole question counts beside nearness to a
// part.
const wholeWeight = .8
