package correction

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"reportbot/store/text"
)

const (
	// likeness is the least share of common words, weighted by rarity, of a sentence
	// and its rewording; likenessBetween is for sentences with the same neighbours;
	// whole is the least share of the old sentence's words in a new one that includes
	// it.
	likeness        = .5
	likenessBetween = .25
	whole           = .6
	// commonWord is the most sentences that a word may occur in to be used for pairing.
	commonWord = 200
)

// candidate is a sentence of before, one or several adjacent ones of after, and their
// similarity.
type candidate struct {
	before, after int
	span          string // of several: their text
	score         float64
	within        bool // the new one has most of the old one's words, and perhaps those of others
}

// pair finds the counterpart of each sentence of before.
func (e *editions) pair() {
	kept := 0
	merged := map[int]bool{} // sentences of before that are part of one of after
	for keys, places := range neighbours(e.before) {
		if len(e.afterByKey[keys]) > 0 || e.joined[keys] {
			for _, i := range places {
				merged[i] = true
			}
		}
	}
	var missing []int
	for i, s := range e.before {
		switch at := e.sameSentence(s); {
		case at >= 0:
			e.now[i] = at
			kept++
		case e.joined[s.key] || merged[i]:
			e.now[i] = same
			kept++
		default:
			e.now[i] = gone
			missing = append(missing, i)
		}
	}
	candidates := e.candidates(missing)
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	used := map[int]bool{}
	for _, c := range candidates {
		if e.now[c.before] != gone || used[c.after] && !c.within {
			continue
		}
		e.now[c.before] = c.after
		if c.span != "" {
			e.spans[c.before] = c.span
		}
		used[c.after] = true
		kept++
	}
	e.another = float64(kept) < minShared*float64(len(e.before))
}

// sameSentence returns the index of a sentence in after, with the same date if
// possible; -1 if it isn't there.
func (e *editions) sameSentence(s sentence) int {
	places := e.afterByKey[s.key]
	if len(places) == 0 {
		return -1
	}
	if i := slices.IndexFunc(places, func(at int) bool { return !otherDay(s.entry, e.after[at].entry) }); i >= 0 {
		return places[i]
	}
	return places[0]
}

// candidates returns the pairs of similar missing and new sentences.
func (e *editions) candidates(missing []int) []candidate {
	if len(missing) == 0 {
		return nil
	}
	var fresh []int
	for i, s := range e.after {
		if len(e.beforeByKey[s.key]) == 0 {
			fresh = append(fresh, i)
		}
	}
	w := e.weigh(missing, fresh)
	holding := map[string][]int{}
	for _, j := range fresh {
		for word := range w.words(e.after[j].Text) {
			holding[word] = append(holding[word], j)
		}
	}
	var found []candidate
	for _, i := range missing {
		alike := map[int]bool{}
		for word := range w.words(e.before[i].Text) {
			if len(holding[word]) <= commonWord {
				for _, j := range holding[word] {
					alike[j] = true
				}
			}
		}
		from, to := e.between(i)
		for _, j := range slices.Sorted(maps.Keys(alike)) {
			if c, ok := e.likenessOf(w, i, j, from < j && j < to); ok {
				found = append(found, c)
			}
		}
	}
	return found
}

// likenessOf compares a missing sentence with a new one, joined with those after it
// while that increases the similarity.
func (e *editions) likenessOf(w *weights, i, j int, between bool) (candidate, bool) {
	best := candidate{before: i, after: j}
	old, written := w.words(e.before[i].Text), ""
	for n := j; n < len(e.after) && n < j+maxJoined && e.after[n].paragraph == e.after[j].paragraph; n++ {
		if n > j && len(e.beforeByKey[e.after[n].key]) > 0 {
			break // that one has its own counterpart
		}
		if n > j {
			written += " "
		}
		written += e.after[n].Text
		shared, total, new := w.overlap(old, w.words(written))
		score := 2 * shared / max(total+new, 1e-9)
		within := shared >= whole*total
		if within {
			score = max(score, shared/max(total, 1e-9)-.1)
		}
		if score <= best.score+.05 && n > j {
			break
		}
		best.score, best.within = score, within
		if n > j {
			best.span = written
		}
	}
	least := likeness
	if between {
		least = likenessBetween
		best.score += .1
	}
	return best, best.score >= least
}

// between returns the indexes in after of the nearest unchanged sentences before and
// after a missing one, if they are in order.
func (e *editions) between(i int) (from, to int) {
	from, to = -1, len(e.after)
	for n := i - 1; n >= 0; n-- {
		if at := e.afterByKey[e.before[n].key]; len(at) == 1 {
			from = at[0]
			break
		}
	}
	for n := i + 1; n < len(e.before); n++ {
		if at := e.afterByKey[e.before[n].key]; len(at) == 1 {
			to = at[0]
			break
		}
	}
	const most = 8 // greatest distance of the two
	if to-from > most {
		return 0, 0
	}
	return from, to
}

// weights are the weights of words for pairing sentences.
type weights struct {
	of  map[string]float64
	set map[string]map[string]bool // the words of texts
}

// maxWeighed is how many of the other sentences are counted too.
const maxWeighed = 500

func (e *editions) weigh(missing, fresh []int) *weights {
	w := &weights{of: map[string]float64{}, set: map[string]map[string]bool{}}
	count := func(s sentence) {
		for word := range w.words(s.Text) {
			w.of[word]++
		}
	}
	for _, i := range missing {
		count(e.before[i])
	}
	for _, j := range fresh {
		count(e.after[j])
	}
	others := e.after[:min(maxWeighed, len(e.after))]
	for _, s := range others {
		count(s)
	}
	all := float64(len(missing) + len(fresh) + len(others))
	for word, n := range w.of {
		w.of[word] = math.Log(1 + all/n)
	}
	return w
}

// words returns the words of a text, without endings and marks.
func (w *weights) words(s string) map[string]bool {
	if set := w.set[s]; set != nil {
		return set
	}
	set := map[string]bool{}
	for _, word := range text.Words(s) {
		set[text.Stem(word.Folded)] = true
	}
	w.set[s] = set
	return set
}

// overlap returns the weight of the words that two texts share, and of each's.
func (w *weights) overlap(old, new map[string]bool) (shared, total, fresh float64) {
	for word := range old {
		total += w.of[word]
		if new[word] {
			shared += w.of[word]
		}
	}
	for word := range new {
		fresh += w.of[word]
	}
	return shared, total, fresh
}
