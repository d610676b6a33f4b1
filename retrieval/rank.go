package retrieval

import (
	"cmp"
	"slices"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Hit is a passage that was found.
type Hit struct {
	store.Passage
	Score     float64  // higher is nearer; comparable within one search only
	Sentences []Ranked // in the passage's order
}

// Ranked is a sentence of a hit with its own score.
type Ranked struct {
	report.Sentence
	Score float64 // as Hit.Score, over all sentences of one search
	// Share is how much of the question's weight the sentence has, 0 to 1;
	// nothing where the question is about what the report never names.
	Share float64
}

// BM25's constants: the usual ones, but sentences suffer less from length,
// since a long one mostly states more facts, not the same one in more words.
const (
	k1        = 1.2
	bPassage  = .75
	bSentence = .35
	// otherName is the weight of a concept under another name than the question's.
	otherName = .5
	// spoken is what a concept counts whose name in the question the report
	// uses itself: then the words as typed count too.
	spoken = .3
)

// ranking is the data shared by all candidates of one search.
type ranking struct {
	query   query
	weights *weights
	// elsewhere says that the question is about a person, body, place or year
	// that the report never names, or counts what it never mentions.
	elsewhere bool

	*counter
	exact, folded, pairs, names, joining signal
	typed, single                        signal // its words as typed: all, and those of no concept
	concepts                             []askedConcept
	maxConcepts                          float64 // IDF of all concepts
	total                                float64 // IDF of everything that the question asks for
}

// signal is terms of a question.
type signal struct {
	terms []ratedTerm
	most  float64 // IDF of all
}

type ratedTerm struct {
	at  int // in the counter's counts
	idf float64
}

func (s *signal) add(at int, idf float64) {
	s.terms = append(s.terms, ratedTerm{at, idf})
	s.most += idf
}

// sum returns what a text has of the terms.
func (s signal) sum(counts []int, weigh func(idf, count float64) float64) float64 {
	sum := 0.
	for _, t := range s.terms {
		sum += weigh(t.idf, float64(counts[t.at]))
	}
	return sum
}

// share is sum as a share of the IDF of all terms.
func (s signal) share(counts []int, weigh func(idf, count float64) float64) float64 {
	return share(s.sum(counts, weigh), s.most)
}

// present weighs a term that is there, however often.
func present(idf, count float64) float64 {
	if count > 0 {
		return idf
	}
	return 0
}

// askedConcept is a concept of the question.
type askedConcept struct {
	meant     *Concept     // itself, or the state that its name means
	name      *ConceptName // the question's
	idf, need float64      // need is spoken, or 1
}

// written returns the term of a word as it was typed, unless it was mistyped.
func written(u unit) store.Term {
	if u.loose {
		return foldedTerm(u.folded)
	}
	return exactTerm(u.exact)
}

func newRanking(q query, frequencies map[store.Term]int, passages int) *ranking {
	r := &ranking{query: q, weights: weightsFor(q, passages)}
	idf := func(t store.Term) float64 { return inverseFrequency(frequencies[t], passages) }
	var meant []*Concept
	for _, u := range q.units {
		if u.concept == nil {
			continue
		}
		concept := askedConcept{meant: u.concept, name: u.name, need: 1}
		count := u.concept.frequency(frequencies)
		if state := u.concept.state; state != nil && count == 0 {
			concept.meant, count = state, state.frequency(frequencies)
		}
		if count == 0 && (q.surelyNamed(u.concept, u.name) || u.concept == q.counted) {
			r.elsewhere = true
		}
		if u.concept.inReports(u.name) && u.name.frequency(frequencies) > 0 {
			concept.need = spoken
		}
		concept.idf = inverseFrequency(min(count, passages), passages)
		r.maxConcepts += concept.idf
		r.total += concept.idf
		r.concepts, meant = append(r.concepts, concept), append(meant, concept.meant)
	}
	r.counter = newCounter(meant)
	for _, u := range q.units {
		if u.concept != nil {
			continue
		}
		folded := foldedTerm(u.folded)
		r.exact.add(r.add(written(u)), idf(written(u)))
		r.folded.add(r.add(folded), idf(folded))
		r.typed.add(r.add(q.term(u)), idf(folded))
		if u.covered {
			continue
		}
		r.single.add(r.add(q.term(u)), idf(folded))
		// A word of another language that the report doesn't have says nothing of
		// whether the report answers.
		if q.language == text.Vietnamese || frequencies[exactTerm(u.exact)] > 0 {
			r.total += idf(folded)
		}
	}
	for _, pair := range q.pairs {
		r.pairs.add(r.add(pairTerm(pair)), idf(pairTerm(pair)))
	}
	for _, name := range q.names {
		r.names.add(r.add(foldedTerm(name)), idf(foldedTerm(name)))
		if isYear(name) && frequencies[foldedTerm(name)] == 0 {
			r.elsewhere = true
		}
	}
	for _, word := range q.joining {
		r.joining.add(r.add(q.joiningTerm(word)), idf(q.joiningTerm(word)))
	}
	// Words that join are many where a question has little else; then they
	// must not outweigh the rest.
	r.joining.most = max(r.exact.most, 3)
	return r
}

// candidate is a passage with its features and those of its sentences.
type candidate struct {
	passage   store.Passage
	whole     features
	sentences []features
}

// rank scores passages and returns them nearest first; equal ones stay in the
// index's order. near is the nearness of their meanings, or nil.
func (r *ranking) rank(readings []*reading, near map[int64]float64) []Hit {
	hits := make([]Hit, len(readings))
	for i, c := range r.candidates(readings) {
		hits[i] = Hit{Passage: c.passage}
		best := 0.0
		for j, s := range c.passage.Sentences {
			ranked := Ranked{s, c.sentences[j].weighed(r.weights.sentence), c.sentences[j].coverage}
			if r.elsewhere {
				ranked.Share = 0
			}
			hits[i].Sentences = append(hits[i].Sentences, ranked)
			best = max(best, ranked.Score)
		}
		hits[i].Score = c.whole.weighed(r.weights.passage) + best + semanticWeight*near[c.passage.ID]
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// candidates returns the features of passages and of their sentences.
func (r *ranking) candidates(readings []*reading) []candidate {
	average := 0.0
	for _, reading := range readings {
		average += float64(len(reading.whole.words)) / float64(len(readings))
	}
	all := make([]candidate, len(readings))
	said := 0.0 // the most of the question's words, by weight, that a text has as typed
	measure := func(t tokenized, average, b float64) features {
		r.count(t)
		said = max(said, share(r.typed.sum(r.counts, present), r.folded.most))
		return r.features(t, average, b)
	}
	for i, reading := range readings {
		all[i] = candidate{passage: reading.passage, whole: measure(reading.whole, average, bPassage)}
		for _, s := range reading.sentences {
			all[i].sentences = append(all[i].sentences, measure(s, average/2, bSentence))
		}
	}
	for i := range all {
		c := &all[i]
		// The more of the question some text says in the question's own words,
		// the less the word list is needed.
		c.whole.concepts *= 1 - said
		for j := range c.sentences {
			c.sentences[j].concepts *= 1 - said
		}
	}
	return all
}

func share(part, most float64) float64 {
	if most == 0 {
		return 0
	}
	return part / most
}

// features returns the features of the text that was counted last.
func (r *ranking) features(t tokenized, average, b float64) features {
	length := float64(len(t.words)) / max(average, 1)
	bm25 := func(idf, count float64) float64 {
		return idf * count * (k1 + 1) / (count + k1*(1-b+b*length))
	}
	f := features{
		exact: r.exact.share(r.counts, bm25), folded: r.folded.share(r.counts, bm25), pairs: r.pairs.share(r.counts, bm25),
		names: r.names.share(r.counts, present), joining: r.joining.share(r.counts, bm25),
	}
	covered := r.single.sum(r.counts, present)
	for _, concept := range r.concepts {
		count := 0.0
		for _, name := range concept.meant.Names {
			if name == concept.name {
				count += float64(r.named[name])
			} else {
				count += otherName * float64(r.named[name])
			}
		}
		if count > 0 {
			f.concepts += concept.need * bm25(concept.idf, count)
			covered += concept.idf
		}
	}
	f.concepts, f.coverage = share(f.concepts, r.maxConcepts), share(covered, r.total)
	if r.query.asks != Anything && t.has[r.query.asks] {
		f.kind = 1
	}
	return f
}
