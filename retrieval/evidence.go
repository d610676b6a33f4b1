package retrieval

import (
	"context"
	"math"
	"slices"

	"reportbot/store"
)

// evidence is the features for deciding whether a report answers a question.
type evidence struct {
	missing           float64 // share of the question's rarity that the report has nowhere
	sentence, passage float64 // share that the best sentence and the best passage have
	// The same, not as a share: a long question is more.
	missingMass, sentenceMass, passageMass float64
	pairs                                  float64 // rarity of the question's word pairs that the best passage has
	knownPairs                             float64 // share of the question's neighbours that the report has anywhere
	run                                    float64 // longest run of the question's words in a passage
	absentNames                            float64
	name                                   float64 // 1: the best passage has a name that the question names
	uncounted                              float64 // 1: what the question asks the number of isn't in the report
	rarest                                 float64 // rarity of the rarest part that the best passage lacks
	score                                  float64 // of the nearest passage
	lead                                   float64 // of the nearest passage over the others
	size                                   float64 // of the report: the log of its passages
	parts                                  float64 // how many the question has: their log
	missingRarest                          float64 // rarity of the rarest part that the report has nowhere
	sentenceBySize                         float64 // the larger a report, the likelier some sentence has much of a question
}

func (e evidence) list() []float64 {
	return []float64{e.missing, e.sentence, e.passage, e.missingMass, e.sentenceMass, e.passageMass, e.pairs, e.knownPairs, e.run,
		e.absentNames, e.name, e.uncounted, e.rarest, e.score, e.lead, e.size, e.parts, e.missingRarest, e.sentenceBySize}
}

// evidence weighs hits, of which there is one at least.
func (s *subject) evidence(ctx context.Context, c *corpus, hits []Hit) (evidence, error) {
	ids := make([]int64, len(hits))
	others := 0.
	for i, hit := range hits {
		ids[i] = hit.ID
		if i > 0 {
			others += hit.Score / float64(len(hits)-1)
		}
	}
	readings, err := c.read(ctx, ids)
	if err != nil {
		return evidence{}, err
	}
	e := evidence{score: hits[0].Score, lead: hits[0].Score - others, size: math.Log(float64(1 + c.Passages)), parts: math.Log(float64(1 + len(s.parts)))}
	total := 0.
	for _, p := range s.parts {
		total += p.rarity
		if p.known {
			continue
		}
		e.missing += p.rarity
		e.missingRarest = max(e.missingRarest, p.rarity)
		if p.name {
			e.absentNames = min(2, e.absentNames+1)
		}
		if p.concept != nil && p.concept == s.counted {
			e.uncounted = 1
		}
	}
	for _, r := range readings {
		has := s.shared(r.whole)
		if has.mass > e.passage {
			e.passage, e.name, e.rarest = has.mass, has.name, has.rarest
		}
		e.pairs = max(e.pairs, has.pairs)
		e.run = max(e.run, s.run(r.whole))
		for _, sentence := range r.sentences {
			e.sentence = max(e.sentence, s.shared(sentence).mass)
		}
	}
	e.knownPairs = s.knownPairs()
	total = max(total, .01)
	e.missingMass, e.sentenceMass, e.passageMass, e.pairs = min(3, e.missing), min(3, e.sentence), min(4, e.passage), min(2, e.pairs)
	e.missing, e.sentence, e.passage = e.missing/total, e.sentence/total, e.passage/total
	e.sentenceBySize = e.sentence * e.size
	e.run = min(4, e.run)
	return e, nil
}

// overlap is what a text has of a question: the rarity of the parts and word
// pairs, 1 if a name is among the parts, and the rarity of the rarest part
// that it lacks.
type overlap struct{ mass, pairs, name, rarest float64 }

func (s *subject) shared(t tokenized) overlap {
	s.count(t)
	var has overlap
	for _, p := range s.parts {
		found := p.titled || slices.ContainsFunc(p.concept.orState(), s.hasConcept)
		if !found && (p.concept == nil || !p.concept.Name) {
			found = !slices.ContainsFunc(p.terms, func(term store.Term) bool { return !s.has(term) })
		}
		if !found {
			has.rarest = max(has.rarest, p.rarity)
			continue
		}
		has.mass += p.rarity
		if p.name {
			has.name = 1
		}
	}
	for i := 1; i < len(s.parts); i++ {
		if pair, ok := s.paired(s.parts[i-1], s.parts[i]); ok && s.has(pair) {
			has.pairs += generalOf(s.language).rarity(pair.Token)
		}
	}
	return has
}

// knownPairs returns the share of the question's neighbours that the report
// has side by side; those of words that only join are not counted.
func (s *subject) knownPairs() float64 {
	known, all := 0., 0.
	for i := 1; i < len(s.words); i++ {
		if !s.adjacent(i) || s.joins(s.words[i-1]) || s.joins(s.words[i]) || s.asking[i-1] || s.asking[i] {
			continue
		}
		all++
		if s.frequencies[neighbours(s.words[i-1].Folded, s.words[i].Folded)] > 0 {
			known++
		}
	}
	if all == 0 {
		return .5
	}
	return (known + .5) / (all + 1)
}

// run returns how long the longest run of the question's words is that a text
// has too, those that only join not counted.
func (s *subject) run(t tokenized) float64 {
	pairs := map[string]bool{}
	for _, pair := range t.pairs {
		pairs[pair] = true
	}
	longest, length := 0., 0.
	for i := 1; i < len(s.words); i++ {
		if !s.adjacent(i) || !pairs[s.words[i-1].Folded+"_"+s.words[i].Folded] {
			length = 0
			continue
		}
		if !s.joins(s.words[i]) {
			length++
		}
		longest = max(longest, length)
	}
	return longest
}
