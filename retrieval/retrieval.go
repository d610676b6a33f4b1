// Package retrieval turns a question into the passages of a report that are
// nearest to it.
//
// A question is read into words, neighbours, names and concepts (the word list
// of concepts.txt, so that "Bắc Hàn" and "North Korea" find "Triều Tiên"); the
// store's full-text index gives candidates, and they are ranked here.
package retrieval

import (
	"context"
	"io"
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
)

// Searcher finds passages. It may be used from any goroutine.
type Searcher struct {
	wordLists
	index     Index
	corpora   *lru.Cache[int64, *corpus] // by edition
	semantics *semantics                 // nil: without embeddings
}

// New returns a Searcher on index with the program's word list.
func New(index Index) *Searcher { return newSearcher(index, embeddedLists()) }

// NewWith returns a Searcher on index whose word list has further concepts.
func NewWith(index Index, further io.Reader) (*Searcher, error) {
	lists, err := readLists(further)
	if err != nil {
		return nil, err
	}
	return newSearcher(index, lists), nil
}

func newSearcher(index Index, lists wordLists) *Searcher {
	return &Searcher{index: index, wordLists: lists, corpora: newCache[int64, *corpus](keptEditions)}
}

// Concepts returns the word list without near-synonyms: names of one concept
// may stand for each other in a claim.
func (s *Searcher) Concepts() *Concepts { return s.strict }

// UseEmbeddings makes searches compare meanings too. Prepare has to be called
// for each edition before it has effect.
func (s *Searcher) UseEmbeddings(embedder Embedder, stored Vectors) {
	s.semantics = &semantics{embedder: embedder, stored: stored}
}

// Prepare makes the vectors of an edition's passages that are not stored yet.
// Without embeddings there is nothing to prepare.
func (s *Searcher) Prepare(ctx context.Context, edition *store.Edition) error {
	if s.semantics == nil {
		return nil
	}
	return s.semantics.prepare(ctx, edition.ID)
}

// corpus returns the cached corpus of an edition.
func (s *Searcher) corpus(edition *store.Edition) *corpus {
	if c, ok := s.corpora.Get(edition.ID); ok {
		return c
	}
	c := newCorpus(s.index, edition)
	if other, ok, _ := s.corpora.PeekOrAdd(edition.ID, c); ok {
		return other
	}
	return c
}

// Search returns the k passages of an edition that are nearest to the
// question, nearest first; none for a question without a word that the report
// has. Of a question that puts several together each part has its passages.
func (s *Searcher) Search(ctx context.Context, edition *store.Edition, question string, k int) ([]Hit, error) {
	hits, _, err := s.SearchParts(ctx, edition, question, k)
	return hits, err
}

// SearchParts is Search that also returns the hits of each part by itself, k passages
// of each; no parts for a question about one thing.
func (s *Searcher) SearchParts(ctx context.Context, edition *store.Edition, question string, k int) ([]Hit, []Part, error) {
	hits, err := s.search(ctx, edition, question)
	if err != nil {
		return nil, nil, err
	}
	var parts []Part
	if questions := wordingOf(question).parts(); len(questions) > 1 {
		for _, q := range questions {
			found, err := s.search(ctx, edition, q)
			if err != nil {
				return nil, nil, err
			}
			parts = append(parts, Part{q, found})
		}
		hits = coverParts(hits, parts)
		for i := range parts {
			parts[i].Hits = parts[i].Hits[:min(k, len(parts[i].Hits))]
		}
	}
	return hits[:min(k, len(hits))], parts, nil
}

// SearchFollowUp is Search for a follow-up: earlier and question are searched for as
// one.
func (s *Searcher) SearchFollowUp(ctx context.Context, edition *store.Edition, earlier, question string, k int) ([]Hit, error) {
	hits, err := s.search(ctx, edition, earlier+"\n"+question)
	return hits[:min(k, len(hits))], err
}

// search returns all candidates for a question, nearest first.
func (s *Searcher) search(ctx context.Context, edition *store.Edition, question string) ([]Hit, error) {
	c := s.corpus(edition)
	q, err := understand(ctx, c, s.concepts, question)
	if err != nil {
		return nil, err
	}
	ranking, ids, err := c.prepare(ctx, q)
	if err != nil {
		return nil, err
	}
	var near map[int64]float64
	if s.semantics != nil {
		near = s.semantics.nearness(ctx, edition.ID, question)
		for _, id := range nearest(near, semanticCandidates) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	readings, err := c.read(ctx, ids)
	if err != nil {
		return nil, err
	}
	return ranking.rank(readings, near), nil
}

// prepare returns the ranking for a question, and the ids of its candidates.
func (c *corpus) prepare(ctx context.Context, q query) (*ranking, []int64, error) {
	frequencies, err := c.documentFrequencies(ctx, q.rankedTerms())
	if err != nil {
		return nil, nil, err
	}
	ids, err := c.candidates(ctx, q, frequencies)
	if err != nil {
		return nil, nil, err
	}
	return newRanking(q, frequencies, c.Passages), ids, nil
}
