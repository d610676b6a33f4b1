package summary

import (
	"slices"
	"unicode/utf8"

	"reportbot/store"
	"reportbot/store/text"
)

// repeating is the weight of a sentence's likeness to those already chosen; the
// rest is the weight of its score (MMR).
const repeating = .4

// choose returns, in the report's order, the n sentences with the best scores that
// repeat neither each other nor those chosen before.
func choose(sentences []*sentence, n int, before []*sentence) []*sentence {
	most := 0.0
	var open []*sentence
	for _, s := range sentences {
		if len(text.Words(s.Text)) >= shortest {
			open = append(open, s)
			most = max(most, s.score)
		}
	}
	if len(open) == 0 {
		open = slices.Clone(sentences) // a report of nothing but short lines
	}
	nearest := map[*sentence]float64{} // likeness to the nearest chosen sentence
	for _, s := range open {
		for _, other := range before {
			nearest[s] = max(nearest[s], likeness(s, other))
		}
	}
	var chosen []*sentence
	for len(chosen) < n && len(open) > 0 {
		best, most := 0, max(most, 1e-9)
		value := func(s *sentence) float64 { return (1-repeating)*s.score/most - repeating*nearest[s] }
		for i, s := range open {
			if value(s) > value(open[best]) {
				best = i
			}
		}
		picked := open[best]
		chosen = append(chosen, picked)
		open = slices.Delete(open, best, best+1)
		for _, s := range open {
			nearest[s] = max(nearest[s], likeness(s, picked))
		}
	}
	return slices.DeleteFunc(slices.Clone(sentences), func(s *sentence) bool { return !slices.Contains(chosen, s) })
}

// share divides n among parts by their lengths (Sainte-Laguë). Every part that
// isn't empty gets one; if n is too small for that, the longest do.
func share(n int, lengths []int) []int {
	shares := make([]int, len(lengths))
	claim := func(i int) float64 { // part i's claim to the next one
		if shares[i] == 0 {
			return 1e9 + float64(lengths[i])
		}
		return float64(lengths[i]) / float64(2*shares[i]+1)
	}
	for range n {
		next := -1
		for i, length := range lengths {
			if length > 0 && (next < 0 || claim(i) > claim(next)) {
				next = i
			}
		}
		if next >= 0 {
			shares[next]++
		}
	}
	return shares
}

// passagesOf groups sentences by their passages.
func passagesOf(sentences []*sentence) []store.Passage {
	var passages []store.Passage
	var last *store.Passage
	for _, s := range sentences {
		if s.passage != last {
			last = s.passage
			passage := *s.passage
			passage.Sentences = nil
			passages = append(passages, passage)
		}
		p := &passages[len(passages)-1]
		p.Sentences = append(p.Sentences, s.Sentence)
	}
	return passages
}

// pieces divides sentences into pieces of at most limit characters; a longer
// sentence is a piece by itself. A paragraph that fits into a piece stays whole.
func pieces(sentences []*sentence, limit int) [][]*sentence {
	var all [][]*sentence
	length := 0
	for from := 0; from < len(sentences); {
		to := from
		for to < len(sentences) && sentences[to].passage == sentences[from].passage {
			to++
		}
		size := 0
		for _, s := range sentences[from:to] {
			size += utf8.RuneCountInString(s.Text)
		}
		if len(all) == 0 || length+size > limit {
			all = append(all, nil)
			length = 0
		}
		all[len(all)-1] = append(all[len(all)-1], sentences[from:to]...)
		length += size
		from = to
	}
	return all
}
