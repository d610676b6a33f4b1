package retrieval

import (
	"context"
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
	"reportbot/store/text"
)

const (
	// keptReadings is how many passages stay read; a report has hundreds.
	keptReadings = 2000
	// keptFrequencies is how many terms' frequencies are remembered.
	keptFrequencies = 100_000
	// keptPostings is how many terms' passages are remembered, of those that no
	// more than shortPostings have: all terms of a report, the rare ones of an
	// archive.
	keptPostings  = 10_000
	shortPostings = 200
)

// reading is a passage as ranking sees it. Passages never change, so it is made
// once for many searches.
type reading struct {
	passage   store.Passage
	whole     tokenized
	sentences []tokenized
}

// tokenized is a text's words, its pairs with its dates, and what kinds of thing it
// has.
type tokenized struct {
	words []text.Word
	// stems are the words without their endings, nil unless they are English;
	// then pairs has those of the stems too.
	stems []string
	pairs []string
	has   kindSet
}

func tokenize(s string) tokenized {
	words := text.Words(s)
	return tokenized{words: words, pairs: append(text.Pairs(s, words), text.DateTokens(s, words)...), has: kinds(s, words)}
}

// stem adds the stems of an English text.
func (c *tokenized) stem(s string) {
	stemmed := text.Stemmed(c.words)
	for i, pair := range text.Pairs(s, stemmed) {
		if pair != c.pairs[i] {
			c.pairs = append(c.pairs, pair)
		}
	}
	c.stems = make([]string, len(stemmed))
	for i := range stemmed {
		c.stems[i] = stemmed[i].Folded
	}
}

// join returns two texts as one.
func (c tokenized) join(d tokenized) tokenized {
	joined := tokenized{slices.Concat(c.words, d.words), slices.Concat(c.stems, d.stems), slices.Concat(c.pairs, d.pairs), c.has}
	for kind, has := range d.has {
		joined.has[kind] = joined.has[kind] || has
	}
	return joined
}

// readPassage cuts a passage up, each of its sentences once.
func readPassage(p store.Passage) *reading {
	heading, entry := store.Searched(p.Section, p.Entry, ""), p.Entry
	cuts := []tokenized{tokenize(heading), tokenize(entry)}
	var words []text.Word
	for _, sentence := range p.Sentences {
		own := tokenize(sentence.Text)
		cuts, words = append(cuts, own), append(words, own.words...)
	}
	if text.IsEnglish(words) {
		cuts[0].stem(heading)
		cuts[1].stem(entry)
		for i, sentence := range p.Sentences {
			cuts[i+2].stem(sentence.Text)
		}
	}
	r := &reading{passage: p, whole: cuts[0], sentences: cuts[2:]}
	for i := range r.sentences {
		r.whole = r.whole.join(r.sentences[i])
		// A sentence is read with its entry's date, which it inherits.
		if len(cuts[1].words) > 0 {
			r.sentences[i] = cuts[1].join(r.sentences[i])
		}
	}
	return r
}

// read returns the passages with ids, in that order.
func (s *Searcher) read(ctx context.Context, ids []int64) ([]*reading, error) {
	found := make(map[int64]*reading, len(ids))
	var missing []int64
	for _, id := range ids {
		if r, ok := s.readings.Get(id); ok {
			found[id] = r
		} else {
			missing = append(missing, id)
		}
	}
	passages, err := s.index.Passages(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, p := range passages {
		r := readPassage(p)
		s.readings.Add(p.ID, r)
		found[p.ID] = r
	}
	var readings []*reading
	for _, id := range ids {
		if r := found[id]; r != nil {
			readings = append(readings, r)
		}
	}
	return readings, nil
}

type termKey struct {
	edition int64
	term    store.Term
}

// lookUp returns in how many of the edition's passages each term is.
func (s *Searcher) lookUp(ctx context.Context, edition int64, terms []store.Term) (map[store.Term]int, error) {
	frequencies := make(map[store.Term]int, len(terms))
	var missing []store.Term
	for _, term := range terms {
		if count, ok := s.frequencies.Get(termKey{edition, term}); ok {
			frequencies[term] = count
		} else {
			missing = append(missing, term)
		}
	}
	if len(missing) == 0 {
		return frequencies, nil
	}
	counted, err := s.index.Frequencies(ctx, edition, missing)
	if err != nil {
		return nil, err
	}
	for _, term := range missing {
		frequencies[term] = counted[term]
		s.frequencies.Add(termKey{edition, term}, counted[term])
	}
	return frequencies, nil
}

// holding returns, for each term, the ids of the edition's passages that hold
// it, ascending.
func (s *Searcher) holding(ctx context.Context, edition int64, terms []store.Term) ([][]int64, error) {
	postings := make([][]int64, len(terms))
	var missing []store.Term
	var at []int // in postings
	for i, term := range terms {
		var ok bool
		if postings[i], ok = s.postings.Get(termKey{edition, term}); !ok {
			missing, at = append(missing, term), append(at, i)
		}
	}
	if len(missing) == 0 {
		return postings, nil
	}
	found, err := s.index.Postings(ctx, edition, missing)
	if err != nil {
		return nil, err
	}
	for i, ids := range found {
		postings[at[i]] = ids
		if len(ids) <= shortPostings {
			s.postings.Add(termKey{edition, missing[i]}, ids)
		}
	}
	return postings, nil
}

func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](size)
	if err != nil {
		panic("retrieval: a cache's size is positive: " + err.Error())
	}
	return cache
}
