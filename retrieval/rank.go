package retrieval

import (
	"cmp"
	"math"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// weights say how much each sign of nearness counts. Each is the share, about
// 0 to 1, of what a text could have of it at the question's words, so that
// their sum is comparable between texts and searches.
type weights struct {
	exact    float64 // BM25 of the words as written
	folded   float64 // BM25 of the words without marks
	pairs    float64 // BM25 of neighbours: phrases and names
	concepts float64 // BM25 of the word list's concepts
	names    float64 // capitalised words and numbers of the question
	sentence float64 // the best single sentence
	// coverage is how much of the question is there at all, squared: a text
	// that has most of it beats one that has a part often.
	coverage float64
}

// The weights by how a question is written. A question without marks can't be
// compared as written; one in another language only through names and concepts.
// They were chosen on both development sets, where the figures are alike over a
// wide range: a report asked in words of one's own needs the concepts more, a
// text asked in its own words less.
var (
	markedWeights   = weights{exact: .32, folded: .02, pairs: .34, concepts: .22, names: .05, sentence: .20, coverage: .40}
	unmarkedWeights = weights{exact: .03, folded: .21, pairs: .45, concepts: .22, names: .10, sentence: .18, coverage: .25}
	foreignWeights  = weights{exact: .25, folded: .05, pairs: .20, concepts: .13, names: .20, sentence: .18, coverage: .30}
)

// sentenceConcepts is the weight of concepts where single sentences are
// compared: few words leave less chance for the question's own.
const sentenceConcepts = .35

// BM25's constants: the usual ones, but sentences suffer less from length,
// since a long one mostly states more facts, not the same one in more words.
const (
	k1        = 1.2
	bPassage  = .75
	bSentence = .35
	// otherName is what a concept counts under another name than the question's.
	otherName = .5
	// spoken is what a concept counts whose name in the question the report
	// uses itself: then the words as typed tell enough.
	spoken = .3
)

// ranking holds what is the same for all candidates of one search.
type ranking struct {
	query    Query
	passage  weights
	sentence weights
	idf      func(store.Term) float64
	// conceptIDF is by concept: rarer than its most frequent name can't be.
	conceptIDF map[*Concept]float64
	need       map[*Concept]float64 // spoken, or 1
	total      float64              // weight of everything the question asks for
	most       features             // what a text can have, about
	// What is counted in texts: the question's own words, pairs and names.
	exact, folded, pairs map[string]bool
	names                map[string][]conceptEntry // by first word
	counted              tokens                    // of the text at hand
}

// tokens is how often a text has what the question asks for.
type tokens struct {
	length               int // words
	exact, folded, pairs map[string]int
	names                map[*ConceptName]int
}

// count counts in a text what the question asks for. The counts hold until the
// next text's.
func (r *ranking) count(c cut) tokens {
	t := &r.counted
	t.length = len(c.words)
	clear(t.exact)
	clear(t.folded)
	clear(t.pairs)
	for i := range c.words {
		if word := &c.words[i]; r.folded[word.Folded] {
			t.folded[word.Folded]++
			if r.exact[word.Exact] {
				t.exact[word.Exact]++
			}
		}
	}
	for _, pair := range c.pairs {
		if r.pairs[pair] {
			t.pairs[pair]++
		}
	}
	t.names = countNames(r.names, c.words)
	return *t
}

func newRanking(q Query, frequencies map[store.Term]int, passages int) *ranking {
	idf := func(count int) float64 { return inverseFrequency(count, passages) }
	r := &ranking{
		query: q, conceptIDF: map[*Concept]float64{}, need: map[*Concept]float64{},
		exact: map[string]bool{}, folded: map[string]bool{}, pairs: map[string]bool{},
		counted: tokens{exact: map[string]int{}, folded: map[string]int{}, pairs: map[string]int{}},
	}
	switch {
	case q.Language != text.Vietnamese:
		r.passage = foreignWeights
	case q.Marked:
		r.passage = markedWeights
	default:
		r.passage = unmarkedWeights
	}
	r.sentence = r.passage
	r.sentence.concepts = sentenceConcepts
	idfs := make(map[store.Term]float64, len(frequencies))
	r.idf = func(t store.Term) float64 {
		value, ok := idfs[t]
		if !ok {
			value = idf(frequencies[t])
			idfs[t] = value
		}
		return value
	}
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
		r.need[unit.Concept] = 1
		if unit.Concept.inReports(unit.Name) && unit.Name.frequency(frequencies) > 0 {
			r.need[unit.Concept] = spoken
		}
	}
	r.measure()
	r.ask()
	return r
}

// inverseFrequency is BM25's weight of a term that count of so many passages
// have.
func inverseFrequency(count, passages int) float64 {
	return math.Log(1 + (float64(passages)-float64(count)+.5)/(float64(count)+.5))
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

// features are the signs of nearness of one text, not yet scaled, but for the
// best sentence's score.
type features struct {
	exact, folded, pairs, concepts, names, sentence float64
	share                                           float64
}

// rank scores passages and returns them nearest first; equal ones stay in the
// index's order. near is the nearness of their meanings, or nil.
func (r *ranking) rank(readings []*reading, near map[int64]float64) []Hit {
	hits := make([]Hit, len(readings))
	average := 0.0
	for _, reading := range readings {
		average += float64(len(reading.whole.words)) / float64(len(readings))
	}
	for i, reading := range readings {
		hits[i] = Hit{Passage: reading.passage}
		whole := r.features(r.count(reading.whole), average, bPassage)
		for j, s := range reading.passage.Sentences {
			f := r.features(r.count(reading.sentences[j]), average/2, bSentence)
			ranked := Ranked{s, r.score(f, r.sentence), f.share}
			hits[i].Sentences = append(hits[i].Sentences, ranked)
			whole.sentence = max(whole.sentence, ranked.Score)
		}
		hits[i].Score = r.score(whole, r.passage) + semanticWeight*near[reading.passage.ID]
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// score sums a text's features.
func (r *ranking) score(f features, w weights) float64 {
	part := func(weight, value, most float64) float64 {
		if most == 0 {
			return 0
		}
		return weight * value / most
	}
	most := r.most
	return part(w.exact, f.exact, most.exact) + part(w.folded, f.folded, most.folded) +
		part(w.pairs, f.pairs, most.pairs) + part(w.concepts, f.concepts, most.concepts) +
		part(w.names, f.names, most.names) + w.sentence*f.sentence +
		w.coverage*f.share*f.share
}

// ask notes what is to be counted in texts.
func (r *ranking) ask() {
	var concepts []*Concept
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			concepts = append(concepts, unit.Concept)
			continue
		}
		r.exact[unit.Exact], r.folded[unit.Folded] = true, true
	}
	for _, name := range r.query.Names {
		r.folded[name] = true
	}
	for _, pair := range r.query.Pairs {
		r.pairs[pair] = true
	}
	r.names = inReportsByWord(concepts)
}

// measure sums up what the question asks for.
func (r *ranking) measure() {
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			r.most.concepts += r.conceptIDF[unit.Concept]
			continue
		}
		r.most.exact += r.idf(store.Term{Column: store.Exact, Token: unit.Exact})
		r.most.folded += r.idf(store.Term{Column: store.Folded, Token: unit.Folded})
	}
	for _, pair := range r.query.Pairs {
		r.most.pairs += r.idf(store.Term{Column: store.Pairs, Token: pair})
	}
	for _, name := range r.query.Names {
		r.most.names += r.idf(store.Term{Column: store.Folded, Token: name})
	}
}

func (r *ranking) features(t tokens, average, b float64) features {
	length := float64(t.length) / max(average, 1)
	bm25 := func(idf, tf float64) float64 {
		return idf * tf * (k1 + 1) / (tf + k1*(1-b+b*length))
	}
	var f features
	covered := 0.0
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			count := 0.0
			for _, name := range unit.Concept.Names {
				if name == unit.Name {
					count += float64(t.names[name])
				} else {
					count += otherName * float64(t.names[name])
				}
			}
			if count > 0 {
				idf := r.conceptIDF[unit.Concept]
				f.concepts += r.need[unit.Concept] * bm25(idf, count)
				covered += idf
			}
			continue
		}
		exact := store.Term{Column: store.Exact, Token: unit.Exact}
		f.exact += bm25(r.idf(exact), float64(t.exact[unit.Exact]))
		folded := store.Term{Column: store.Folded, Token: unit.Folded}
		f.folded += bm25(r.idf(folded), float64(t.folded[unit.Folded]))
		if !unit.Covered && (t.exact[unit.Exact] > 0 || !r.query.Marked && t.folded[unit.Folded] > 0) {
			covered += r.idf(folded)
		}
	}
	for _, pair := range r.query.Pairs {
		f.pairs += bm25(r.idf(store.Term{Column: store.Pairs, Token: pair}), float64(t.pairs[pair]))
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
