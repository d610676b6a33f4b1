package retrieval

import (
	"cmp"
	"math"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

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
	query   Query
	weights *weights
	idf     func(store.Term) float64
	// conceptIDF is a concept's IDF, from the frequencies of its names.
	conceptIDF map[*Concept]float64
	// elsewhere says that the question is about a person, body, place or year
	// that the report never names, or counts what it never mentions.
	elsewhere bool
	need      map[*Concept]float64  // spoken, or 1
	meant     map[*Concept]*Concept // by the question's: itself, or the state of a seat
	total     float64               // weight of everything the question asks for
	most      features              // the most that a text can have of each, by which it is divided
	// What is counted in texts: the question's own words, pairs and names.
	exact, folded, pairs map[string]bool
	names                map[string][]conceptEntry // by first word
	counted              tokens                    // of the text at hand
}

// tokens is how often a text has what the question asks for.
type tokens struct {
	length               int // words
	has                  kindSet
	exact, folded, pairs map[string]int
	names                map[*ConceptName]int
}

// count returns how often a text has a word.
func (t tokens) count(word store.Term) int {
	if word.Column == store.Folded {
		return t.folded[word.Token]
	}
	return t.exact[word.Token]
}

// written returns the term of a word as it was typed, unless it was mistyped.
func written(unit Unit) store.Term {
	if unit.Loose {
		return store.Term{Column: store.Folded, Token: unit.Folded}
	}
	return store.Term{Column: store.Exact, Token: unit.Exact}
}

// count counts in a text what the question asks for. The counts hold until the
// next text's.
func (r *ranking) count(c tokenized) tokens {
	t := &r.counted
	t.length, t.has = len(c.words), c.has
	clear(t.exact)
	clear(t.folded)
	clear(t.pairs)
	for i := range c.words {
		word := &c.words[i]
		switch {
		case r.folded[word.Folded]:
			t.folded[word.Folded]++
		case c.stems != nil && r.folded[c.stems[i]]:
			t.folded[c.stems[i]]++
		default:
			continue
		}
		if r.exact[word.Exact] {
			t.exact[word.Exact]++
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
		query: q, weights: weightsFor(q, passages), conceptIDF: map[*Concept]float64{}, need: map[*Concept]float64{}, meant: map[*Concept]*Concept{},
		exact: map[string]bool{}, folded: map[string]bool{}, pairs: map[string]bool{},
		counted: tokens{exact: map[string]int{}, folded: map[string]int{}, pairs: map[string]int{}},
	}
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
		count := unit.Concept.frequency(frequencies)
		r.meant[unit.Concept] = unit.Concept
		if state := unit.Concept.state; state != nil && count == 0 {
			r.meant[unit.Concept], count = state, state.frequency(frequencies)
		}
		if count == 0 && (q.names(unit) || unit.Concept == q.Counted) {
			r.elsewhere = true
		}
		r.conceptIDF[unit.Concept] = idf(min(count, passages))
		r.total += r.conceptIDF[unit.Concept]
		r.need[unit.Concept] = 1
		if unit.Concept.inReports(unit.Name) && unit.Name.frequency(frequencies) > 0 {
			r.need[unit.Concept] = spoken
		}
	}
	for _, name := range q.Names {
		if isYear(name) && frequencies[store.Term{Column: store.Folded, Token: name}] == 0 {
			r.elsewhere = true
		}
	}
	r.measure()
	r.collectTerms()
	return r
}

// inverseFrequency is BM25's weight of a term that count of so many passages
// have.
func inverseFrequency(count, passages int) float64 {
	return math.Log(1 + (float64(passages)-float64(count)+.5)/(float64(count)+.5))
}

// frequency is in how many passages a concept is, at most.
func (concept *Concept) frequency(frequencies map[store.Term]int) int {
	count := 0
	for _, name := range concept.Names {
		if concept.inReports(name) {
			count += name.frequency(frequencies)
		}
	}
	return count
}

// frequency is in how many passages a name is, at most.
func (n ConceptName) frequency(frequencies map[store.Term]int) int {
	if len(n.Words) == 1 {
		return frequencies[store.Term{Column: store.Exact, Token: n.Words[0]}]
	}
	least := math.MaxInt
	for i := 1; i < len(n.Folded); i++ {
		pair := neighbours(n.Folded[i-1], n.Folded[i])
		least = min(least, frequencies[pair])
	}
	return least
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
	said := 0.0
	measure := func(c tokenized, average, b float64) features {
		t := r.count(c)
		said = max(said, r.said(t))
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

// collectTerms notes the terms that are counted in texts.
func (r *ranking) collectTerms() {
	var concepts []*Concept
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			concepts = append(concepts, r.meant[unit.Concept])
			continue
		}
		r.exact[unit.Exact], r.folded[unit.Folded] = true, true
	}
	for _, word := range r.query.Joining {
		r.exact[word.Exact], r.folded[word.Folded] = true, true
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
		r.most.exact += r.idf(written(unit))
		r.most.folded += r.idf(store.Term{Column: store.Folded, Token: unit.Folded})
	}
	for _, pair := range r.query.Pairs {
		r.most.pairs += r.idf(store.Term{Column: store.Pairs, Token: pair})
	}
	for _, name := range r.query.Names {
		r.most.names += r.idf(store.Term{Column: store.Folded, Token: name})
	}
	// Words that join are many where a question has little else; then they
	// must not count for more than they tell.
	r.most.joining = max(r.most.exact, 3)
}

// said returns how much of the question's words, by weight, a text has as they
// were typed.
func (r *ranking) said(t tokens) float64 {
	has := 0.0
	for _, unit := range r.query.Units {
		if unit.Concept == nil && t.count(r.query.term(unit)) > 0 {
			has += r.idf(store.Term{Column: store.Folded, Token: unit.Folded})
		}
	}
	return share(has, r.most.folded)
}

func share(part, most float64) float64 {
	if most == 0 {
		return 0
	}
	return part / most
}

func (r *ranking) features(t tokens, average, b float64) features {
	length := float64(t.length) / max(average, 1)
	bm25 := func(idf, tf float64) float64 {
		return idf * tf * (k1 + 1) / (tf + k1*(1-b+b*length))
	}
	var s features
	covered := 0.0
	for _, unit := range r.query.Units {
		if unit.Concept != nil {
			count := 0.0
			for _, name := range r.meant[unit.Concept].Names {
				if name == unit.Name {
					count += float64(t.names[name])
				} else {
					count += otherName * float64(t.names[name])
				}
			}
			if count > 0 {
				idf := r.conceptIDF[unit.Concept]
				s.concepts += r.need[unit.Concept] * bm25(idf, count)
				covered += idf
			}
			continue
		}
		exact := written(unit)
		s.exact += bm25(r.idf(exact), float64(t.count(exact)))
		folded := store.Term{Column: store.Folded, Token: unit.Folded}
		s.folded += bm25(r.idf(folded), float64(t.folded[unit.Folded]))
		if !unit.Covered && t.count(r.query.term(unit)) > 0 {
			covered += r.idf(folded)
		}
	}
	for _, pair := range r.query.Pairs {
		s.pairs += bm25(r.idf(store.Term{Column: store.Pairs, Token: pair}), float64(t.pairs[pair]))
	}
	for _, name := range r.query.Names {
		if t.folded[name] > 0 {
			s.names += r.idf(store.Term{Column: store.Folded, Token: name})
		}
	}
	for _, word := range r.query.Joining {
		term := r.query.joining(word)
		s.joining += bm25(r.idf(term), float64(t.count(term)))
	}
	if r.query.Asks != Anything && t.has[r.query.Asks] {
		s.kind = 1
	}
	most := r.most
	return features{
		exact: share(s.exact, most.exact), folded: share(s.folded, most.folded), pairs: share(s.pairs, most.pairs),
		concepts: share(s.concepts, most.concepts), names: share(s.names, most.names), joining: share(s.joining, most.joining),
		coverage: share(covered, r.total), kind: s.kind,
	}
}
