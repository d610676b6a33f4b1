package answer

import (
	"cmp"
	"slices"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// The thresholds for quotations.
const (
	// minOfBest is the least score of a further sentence, relative to the best one's,
	// for a question about one thing; minOfSeveral is for several things.
	minOfBest    = .62
	minOfSeveral = .5
	// minOfPlaces is the least share of the question, relative to the best sentence's,
	// of an item of a list.
	minOfPlaces = .4
	// sameSentence is the share of common words from which on two sentences are duplicates.
	sameSentence = .6
)

// quoted is a candidate for a quotation.
type quoted struct {
	retrieval.Ranked
	passage store.Passage
	place   int // in its passage
	score   float64
}

// selection is the quotations of an extractive answer.
type selection struct {
	sentences []quoted
	places    int // the number of items of the complete list; 0 for no list
}

// choose returns the sentences that answer a question, best first; for a list, in the
// report's order.
func (f results) choose(length Length, concepts *retrieval.Concepts) selection {
	several := retrieval.Several(f.question)
	if len(f.parts) > 0 {
		most, footnotes := length.quotations(several)
		return selection{sentences: limited(f.alternate(concepts), most, footnotes)}
	}
	best := nearest(f.hits, f.typeOf(concepts))
	of, listed := retrieval.Listed(f.question)
	if listed {
		if stated, ok := f.howOften(of, concepts); ok {
			best, listed, several = stated, false, false
		}
	}
	most, footnotes := length.quotations(several)
	if listed {
		all := places(best, of, concepts)
		chosen := limited(all, most, footnotes)
		slices.SortFunc(chosen, func(a, b quoted) int {
			return cmp.Or(cmp.Compare(a.passage.Paragraph, b.passage.Paragraph), cmp.Compare(a.passage.ID, b.passage.ID), cmp.Compare(a.place, b.place))
		})
		return selection{chosen, len(all)}
	}
	least := minOfBest
	if several {
		least = minOfSeveral
	}
	near := slices.IndexFunc(best, func(q quoted) bool { return q.score < least*best[0].score })
	if near >= 0 {
		best = best[:near]
	}
	return selection{sentences: limited(distinct(withAnnounced(best)), most, footnotes)}
}

// howOften returns the sentences nearest to a question that asks how many times
// something happened. ok is false for any other question, and where the nearest sentence
// doesn't state the number: then the places are listed. of is what retrieval.Listed
// leaves of the question.
func (f results) howOften(of string, concepts *retrieval.Concepts) (best []quoted, ok bool) {
	asked := typeOf(f.question, concepts)
	if asked.kind != retrieval.Number || typeOf(of, concepts).kind == retrieval.Number {
		return nil, false
	}
	best = nearest(f.hits, asked)
	return best, len(best) > 0 && asked.counted(best[0].Text)
}

// announcing matches the end of a sentence that only introduces the next one.
var announcing = lazyregexp.New(`(?i)(?:[:：]|(?:một số|nhiều|các|hai|ba|bốn|những) (?:lý do|nguyên nhân|yếu tố|cách|điểm|bước)(?: sau(?: đây)?)?\.|(?:như sau|sau đây)\.|(?:several|some|many|two|three|four|the following) (?:reasons|causes|factors|ways|points|steps)\.|as follows\.)["”’)]*$`)

// withAnnounced inserts after each sentence that introduces the next one that next one.
func withAnnounced(best []quoted) []quoted {
	all := make([]quoted, 0, len(best))
	for _, q := range best {
		all = append(all, q)
		if next := q.place + 1; announcing.MatchString(q.Text) && next < len(q.passage.Sentences) {
			announced := q
			announced.Sentence, announced.place = q.passage.Sentences[next], next
			all = append(all, announced)
		}
	}
	return all
}

// limited returns at most most of the first sentences, with at most so many footnotes,
// which may be exceeded by the first sentence.
func limited(sentences []quoted, most, footnotes int) []quoted {
	var chosen []quoted
	marked := 0
	for _, q := range sentences {
		if len(chosen) == most {
			break
		}
		if len(chosen) > 0 && marked+len(q.Footnotes) > footnotes {
			continue
		}
		marked += len(q.Footnotes)
		chosen = append(chosen, q)
	}
	return chosen
}

// alternate returns the sentences nearest to the parts of a question: the best of each,
// then the second of each if its score is near.
func (f results) alternate(concepts *retrieval.Concepts) []quoted {
	whole := map[string]float64{} // score for the whole question, by sentence
	nearestToWhole := 1e-9
	for _, q := range nearest(f.hits, answerType{}) {
		whole[q.Text] = max(whole[q.Text], q.score)
		nearestToWhole = max(nearestToWhole, q.score)
	}
	lists := make([][]quoted, len(f.parts))
	longest := 0
	for i, part := range f.parts {
		list := nearest(part.Hits, typeOf(part.Question, concepts))
		if len(list) == 0 {
			continue
		}
		top := list[0].score
		for j := range list {
			list[j].score = list[j].score/max(top, 1e-9) + .5*whole[list[j].Text]/nearestToWhole
		}
		slices.SortStableFunc(list, func(a, b quoted) int { return cmp.Compare(b.score, a.score) })
		lists[i] = list
		longest = max(longest, len(list))
	}
	var all []quoted
	for round := range longest {
		for _, list := range lists {
			if round < len(list) && list[round].score >= minOfBest*list[0].score {
				all = append(all, list[round])
			}
		}
	}
	return distinct(all)
}

// places returns the sentences with a large share of a question whose passages have all
// its names.
func places(best []quoted, question string, concepts *retrieval.Concepts) []quoted {
	var names []*retrieval.Concept
	for _, f := range concepts.Find(text.Words(question), text.LanguageOf(question, text.Vietnamese)) {
		if f.Concept.Name {
			names = append(names, f.Concept)
		}
	}
	named := slices.DeleteFunc(slices.Clone(best), func(q quoted) bool { return !hasNames(q.passage.Text(), names, concepts) })
	if len(named) == 0 {
		named = slices.Clone(best)
	}
	most := 0.
	for _, q := range named {
		most = max(most, q.Share)
	}
	return distinct(slices.DeleteFunc(named, func(q quoted) bool { return q.Share < minOfPlaces*most }))
}

// hasNames reports whether a text has all names.
func hasNames(s string, names []*retrieval.Concept, concepts *retrieval.Concepts) bool {
	if len(names) == 0 {
		return true
	}
	found := concepts.FindAll(text.Words(s))
	for _, name := range names {
		if !slices.ContainsFunc(found, func(f retrieval.Found) bool { return retrieval.SameState(f.Concept, name) }) {
			return false
		}
	}
	return true
}

func (q quoted) claim() Claim { return Quote(q.Sentence, q.passage.Paragraph, q.passage.Entry) }

// distinct leaves out duplicates of earlier sentences.
func distinct(sentences []quoted) []quoted {
	var kept []quoted
	var words []map[string]bool
next:
	for _, q := range sentences {
		has := map[string]bool{}
		for _, w := range text.Words(q.Text) {
			has[w.Exact] = true
		}
		for _, earlier := range words {
			shared := 0
			for w := range has {
				if earlier[w] {
					shared++
				}
			}
			if float64(shared) >= sameSentence*float64(len(has)+len(earlier)-shared) {
				continue next
			}
		}
		kept, words = append(kept, q), append(words, has)
	}
	return kept
}

// nearest returns the sentences of the hits, nearest first. A sentence's own score
// counts most, its passage's score adds the context. For a yes/no question, sentences
// that share more of its words score higher.
func nearest(hits []retrieval.Hit, asked answerType) []quoted {
	most := bestShare(hits)
	var all []quoted
	for _, hit := range hits {
		for i, s := range hit.Sentences {
			score := (s.Score + .3*hit.Score) * asked.factor(s.Text)
			if asked.kind == retrieval.Whether && most > 0 {
				score *= (1 + s.Share/most) / 2
			}
			all = append(all, quoted{s, hit.Passage, i, score})
		}
	}
	slices.SortStableFunc(all, func(a, b quoted) int { return cmp.Compare(b.score, a.score) })
	return all
}
