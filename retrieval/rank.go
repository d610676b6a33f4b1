package retrieval

import (
	"cmp"
	"math"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// weights say how much each sign of nearness counts. Each is scaled to 0..1
// over the candidates first, so that their sum is comparable.
type weights struct {
	exact    float64 // BM25 of the words as written
	folded   float64 // BM25 of the words without marks
	pairs    float64 // BM25 of neighbours: phrases and names
	concepts float64 // BM25 of the word list's concepts
	names    float64 // capitalised words and numbers of the question
	sentence float64 // the best single sentence
}

// The weights by how a question is written. A question without marks can't be
// compared as written; one in another language only through names and concepts.
var (
	markedWeights   = weights{exact: .15, folded: .12, pairs: .14, concepts: .30, names: .15, sentence: .25}
	unmarkedWeights = weights{exact: 0, folded: .20, pairs: .20, concepts: .30, names: .10, sentence: .25}
	foreignWeights  = weights{exact: .10, folded: 0, pairs: 0, concepts: .50, names: .20, sentence: .30}
)

// BM25's constants: the usual ones, but sentences suffer less from length,
// since a long one mostly states more facts, not the same one in more words.
const (
	k1        = 1.2
	bPassage  = .75
	bSentence = .35
)

// ranking holds what is the same for all candidates of one search.
type ranking struct {
	query   Query
	weights weights
	idf     func(store.Term) float64
	// conceptIDF is by concept: rarer than its most frequent name can't be.
	conceptIDF map[*Concept]float64
	total      float64 // weight of everything the question asks for
}

func newRanking(q Query, frequencies map[store.Term]int, passages int) *ranking {
	idf := func(count int) float64 {
		return math.Log(1 + (float64(passages)-float64(count)+.5)/(float64(count)+.5))
	}
	r := &ranking{query: q, conceptIDF: map[*Concept]float64{}}
	switch {
	case q.Language != text.Vietnamese:
		r.weights = foreignWeights
	case q.Marked:
		r.weights = markedWeights
	default:
		r.weights = unmarkedWeights
	}
	r.idf = func(t store.Term) float64 { return idf(frequencies[t]) }
	for _, unit := range q.Units {
		if unit.Concept == nil {
			// A word of another language that the report doesn't have says
			// nothing of whether the report answers.
			count := frequencies[store.Term{Column: store.Folded, Token: unit.Folded}]
			if !unit.Covered && (q.Language == text.Vietnamese || frequencies[store.Term{Column: store.Exact, Token: unit.Exact}] > 0) {
				r.total += idf(count)
			}
			continue
		}
		count := 0
		for _, name := range unit.Concept.Names {
			if unit.Concept.inReports(name) {
				count += name.frequency(frequencies)
			}
		}
		r.conceptIDF[unit.Concept] = idf(min(count, passages))
		r.total += r.conceptIDF[unit.Concept]
	}
	return r
}

// frequency is in how many passages a name is, at most.
func (n ConceptName) frequency(frequencies map[store.Term]int) int {
	if len(n.Words) == 1 {
		return frequencies[store.Term{Column: store.Exact, Token: n.Words[0]}]
	}
	least := math.MaxInt
	for i := 1; i < len(n.Folded); i++ {
		pair := store.Term{Column: store.Pairs, Token: n.Folded[i-1] + "_" + n.Folded[i]}
		least = min(least, frequencies[pair])
	}
	return least
}

// features are the signs of nearness of one text, not yet scaled.
type features struct {
	exact, folded, pairs, concepts, names, sentence float64
	share                                           float64
}

// rank scores passages and returns them nearest first; equal ones stay in the
// index's order.
func (r *ranking) rank(readings []*reading) []Hit {
	hits := make([]Hit, len(readings))
	texts := make([]features, len(readings))
	var sentences []features
	average := 0.0
	for _, reading := range readings {
		average += float64(reading.whole.length) / float64(len(readings))
	}
	for i, reading := range readings {
		hits[i] = Hit{Passage: reading.passage}
		texts[i] = r.features(reading.whole, average, bPassage)
		for _, s := range reading.sentences {
			sentences = append(sentences, r.features(s, average/2, bSentence))
		}
	}
	scores := r.scores(sentences)
	for i, reading := range readings {
		for j, s := range reading.passage.Sentences {
			hits[i].Sentences = append(hits[i].Sentences, Ranked{s, scores[j], sentences[j].share})
			texts[i].sentence = max(texts[i].sentence, scores[j])
		}
		scores, sentences = scores[len(reading.sentences):], sentences[len(reading.sentences):]
	}
	for i, score := range r.scores(texts) {
		hits[i].Score = score
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// scores sums the features of texts, each scaled by its greatest value.
func (r *ranking) scores(texts []features) []float64 {
	var most features
	for _, f := range texts {
		most.exact = max(most.exact, f.exact)
		most.folded = max(most.folded, f.folded)
		most.pairs = max(most.pairs, f.pairs)
		most.concepts = max(most.concepts, f.concepts)
		most.names = max(most.names, f.names)
		most.sentence = max(most.sentence, f.sentence)
	}
	part := func(weight, value, most float64) float64 {
		if most == 0 {
			return 0
		}
		return weight * value / most
	}
	scores := make([]float64, len(texts))
	for i, f := range texts {
		scores[i] = part(r.weights.exact, f.exact, most.exact) +
			part(r.weights.folded, f.folded, most.folded) +
			part(r.weights.pairs, f.pairs, most.pairs) +
			part(r.weights.concepts, f.concepts, most.concepts) +
			part(r.weights.names, f.names, most.names) +
			part(r.weights.sentence, f.sentence, most.sentence)
	}
	return scores
}

func (r *ranking) features(t tokens, average, b float64) features {
	length := float64(t.length) / max(average, 1)
	bm25 := func(idf float64, count int) float64 {
		tf := float64(count)
		return idf * tf * (k1 + 1) / (tf + k1*(1-b+b*length))
	}
	var f features
	covered := 0.0
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			if count := t.concepts[unit.Concept]; count > 0 {
				idf := r.conceptIDF[unit.Concept]
				f.concepts += bm25(idf, count)
				covered += idf
			}
			continue
		}
		exact := store.Term{Column: store.Exact, Token: unit.Exact}
		f.exact += bm25(r.idf(exact), t.exact[unit.Exact])
		folded := store.Term{Column: store.Folded, Token: unit.Folded}
		f.folded += bm25(r.idf(folded), t.folded[unit.Folded])
		if !unit.Covered && (t.exact[unit.Exact] > 0 || !r.query.Marked && t.folded[unit.Folded] > 0) {
			covered += r.idf(folded)
		}
	}
	for _, pair := range r.query.Pairs {
		f.pairs += bm25(r.idf(store.Term{Column: store.Pairs, Token: pair}), t.pairs[pair])
	}
	for _, name := range r.query.Names {
		if t.folded[name] > 0 {
			f.names += r.idf(store.Term{Column: store.Folded, Token: name})
		}
	}
	if r.total > 0 {
		f.share = covered / r.total
	}
	return f
}
