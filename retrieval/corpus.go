package retrieval

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
	"reportbot/store/text"
)

// Index looks up terms and passages; *store.Store implements it.
type Index interface {
	// Postings returns for each term the ids of its passages, ascending.
	Postings(ctx context.Context, edition int64, terms []store.Term) ([][]int64, error)
	// Passages returns passages by their ids, in any order.
	Passages(ctx context.Context, ids []int64) ([]store.Passage, error)
	// Frequencies returns in how many passages each term is.
	Frequencies(ctx context.Context, edition int64, terms []store.Term) (map[store.Term]int, error)
}

const (
	// keptEditions is how many editions are cached.
	keptEditions = 4
	// keptReadings is how many parsed passages of each are cached; a report has hundreds.
	keptReadings = 2000
	// keptFrequencies is how many terms' frequencies are cached.
	keptFrequencies = 100_000
	// keptPostings is how many terms' postings are cached, of terms with at most
	// shortPostings passages: all terms of a report, the rare ones of an archive.
	keptPostings  = 10_000
	shortPostings = 200
)

// corpus is an edition's passages with caches.
type corpus struct {
	*store.Edition
	index       Index
	readings    *lru.Cache[int64, *reading] // by passage
	frequencies *lru.Cache[store.Term, int]
	postings    *lru.Cache[store.Term, []int64]
}

func newCorpus(index Index, edition *store.Edition) *corpus {
	return &corpus{
		Edition: edition, index: index, readings: newCache[int64, *reading](keptReadings),
		frequencies: newCache[store.Term, int](keptFrequencies), postings: newCache[store.Term, []int64](keptPostings),
	}
}

func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](size)
	if err != nil {
		panic("retrieval: a cache's size is positive: " + err.Error())
	}
	return cache
}

// lookUp returns the values of keys from a cache, else from load; those for which keep
// returns true are cached.
func lookUp[K comparable, V any](cache *lru.Cache[K, V], keys []K, load func(missing []K) (map[K]V, error), keep func(V) bool) (map[K]V, error) {
	values := make(map[K]V, len(keys))
	var missing []K
	for _, key := range keys {
		if value, ok := cache.Get(key); ok {
			values[key] = value
		} else {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return values, nil
	}
	loaded, err := load(missing)
	if err != nil {
		return nil, err
	}
	for _, key := range missing {
		values[key] = loaded[key]
		if keep(loaded[key]) {
			cache.Add(key, loaded[key])
		}
	}
	return values, nil
}

// documentFrequencies returns in how many passages each term is.
func (c *corpus) documentFrequencies(ctx context.Context, terms []store.Term) (map[store.Term]int, error) {
	return lookUp(c.frequencies, terms, func(missing []store.Term) (map[store.Term]int, error) {
		return c.index.Frequencies(ctx, c.ID, missing)
	}, func(int) bool { return true })
}

// postingsOf returns for each term the ids of its passages, ascending.
func (c *corpus) postingsOf(ctx context.Context, terms []store.Term) (map[store.Term][]int64, error) {
	return lookUp(c.postings, terms, func(missing []store.Term) (map[store.Term][]int64, error) {
		found, err := c.index.Postings(ctx, c.ID, missing)
		postings := make(map[store.Term][]int64, len(found))
		for i, ids := range found {
			postings[missing[i]] = ids
		}
		return postings, err
	}, func(ids []int64) bool { return len(ids) <= shortPostings })
}

// read returns the passages with ids, in that order.
func (c *corpus) read(ctx context.Context, ids []int64) ([]*reading, error) {
	found, err := lookUp(c.readings, ids, func(missing []int64) (map[int64]*reading, error) {
		passages, err := c.index.Passages(ctx, missing)
		readings := make(map[int64]*reading, len(passages))
		for _, p := range passages {
			readings[p.ID] = readPassage(p)
		}
		return readings, err
	}, func(r *reading) bool { return r != nil })
	var readings []*reading
	for _, id := range ids {
		if r := found[id]; r != nil {
			readings = append(readings, r)
		}
	}
	return readings, err
}

// functionWords are in nearly every passage of their language, and in hardly
// any of another.
var functionWords = []struct {
	language text.Language
	words    []string
}{
	{text.Vietnamese, []string{"của", "là", "các", "và", "trong"}},
	{text.English, []string{"the", "of", "and", "to", "in"}},
	{text.Russian, []string{"в", "и", "на", "с", "что"}},
}

// language returns the language that most of the passages are in.
func (c *corpus) language(ctx context.Context) (text.Language, error) {
	var terms []store.Term
	for _, of := range functionWords {
		for _, word := range of.words {
			terms = append(terms, exactTerm(word))
		}
	}
	frequencies, err := c.documentFrequencies(ctx, terms)
	best, most := text.Vietnamese, 0
	for _, of := range functionWords {
		n := 0
		for _, word := range of.words {
			n += frequencies[exactTerm(word)]
		}
		if n > most {
			best, most = of.language, n
		}
	}
	return best, err
}
