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
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
	"reportbot/store/report"
)

// Index is what retrieval needs of the store.
type Index interface {
	// Postings returns, for each term, the ids of passages that hold it,
	// ascending.
	Postings(ctx context.Context, edition int64, terms []store.Term) ([][]int64, error)
	// Passages returns passages by their ids, in any order.
	Passages(ctx context.Context, ids []int64) ([]store.Passage, error)
	// Frequencies returns in how many passages each term is.
	Frequencies(ctx context.Context, edition int64, terms []store.Term) (map[store.Term]int, error)
}

// Hit is a passage that was found.
type Hit struct {
	store.Passage
	Score     float64  // higher is nearer; comparable within one search only
	Sentences []Ranked // in the passage's order
}

// Ranked is a sentence of a hit with its own nearness to the question.
type Ranked struct {
	report.Sentence
	Score float64 // as Hit.Score, over all sentences of one search
	// Share is how much of the question's weight the sentence has, 0 to 1;
	// nothing where the question is about what the report never names.
	Share float64
}

// Searcher finds passages. It may be used from any goroutine.
type Searcher struct {
	wordLists
	index       Index
	readings    *lru.Cache[int64, *reading] // by passage
	frequencies *lru.Cache[termKey, int]
	postings    *lru.Cache[termKey, []int64]
	semantics   *semantics // nil: without embeddings
	everyTerm   bool
}

// New returns a Searcher over index with the program's word list.
func New(index Index) *Searcher { return newSearcher(index, embeddedLists()) }

// NewWith returns a Searcher over index whose word list has further concepts.
func NewWith(index Index, further io.Reader) (*Searcher, error) {
	lists, err := readLists(further)
	if err != nil {
		return nil, err
	}
	return newSearcher(index, lists), nil
}

func newSearcher(index Index, lists wordLists) *Searcher {
	return &Searcher{
		index: index, wordLists: lists,
		readings: newCache[int64, *reading](keptReadings), frequencies: newCache[termKey, int](keptFrequencies),
		postings: newCache[termKey, []int64](keptPostings),
	}
}

// wordLists are the program's concepts and a report's own, which may stand beside it.
type wordLists struct {
	concepts *Concepts // with the near-synonyms
	strict   *Concepts // without
}

// embeddedLists is parsed once, for all Searchers whose reports have no list of their own.
var embeddedLists = sync.OnceValue(func() wordLists {
	lists, err := readLists(strings.NewReader(""))
	if err != nil {
		panic("retrieval: the embedded word list is tested: " + err.Error())
	}
	return lists
})

func readLists(further io.Reader) (wordLists, error) {
	var parsed [3][]*Concept
	for i, list := range []io.Reader{strings.NewReader(embeddedConcepts), strings.NewReader(embeddedWords), further} {
		var err error
		if parsed[i], err = parseConcepts(list); err != nil {
			return wordLists{}, err
		}
	}
	lists := wordLists{concepts: newConcepts(parsed[:]...), strict: newConcepts(parsed[0], parsed[2])}
	lists.concepts.linkMetonyms()
	return lists, nil
}

// Search returns the k passages of an edition that are nearest to the
// question, nearest first; none for a question without a word that the report
// has. Of a question that puts several together each part has its passages.
func (s *Searcher) Search(ctx context.Context, edition *store.Edition, question string, k int) ([]Hit, error) {
	hits, _, err := s.SearchParts(ctx, edition, question, k)
	return hits, err
}

// Part is one of the questions that a question puts together, with what is found
// for it alone.
type Part struct {
	Question string
	Hits     []Hit
}

// SearchParts is Search that also returns what each part finds by itself, k passages
// of each; no parts for a question about one thing.
func (s *Searcher) SearchParts(ctx context.Context, edition *store.Edition, question string, k int) ([]Hit, []Part, error) {
	hits, err := s.search(ctx, edition, question)
	if err != nil {
		return nil, nil, err
	}
	var parts []Part
	if questions := Parts(question); len(questions) > 1 {
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

// SearchFollowUp is Search for a question that goes on from what was asked
// earlier: both are searched for as one.
func (s *Searcher) SearchFollowUp(ctx context.Context, edition *store.Edition, earlier, question string, k int) ([]Hit, error) {
	hits, err := s.search(ctx, edition, earlier+"\n"+question)
	if err != nil {
		return nil, err
	}
	return hits[:min(k, len(hits))], nil
}

// search returns all candidates for a question, nearest first.
func (s *Searcher) search(ctx context.Context, edition *store.Edition, question string) ([]Hit, error) {
	q, err := s.understand(ctx, edition, question)
	if err != nil {
		return nil, err
	}
	ranking, ids, err := s.prepare(ctx, edition, q)
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
	readings, err := s.read(ctx, ids)
	if err != nil {
		return nil, err
	}
	return ranking.rank(readings, near), nil
}

// prepare returns how passages are ranked for a question, and the ids of those
// that share most words with it.
func (s *Searcher) prepare(ctx context.Context, edition *store.Edition, q Query) (*ranking, []int64, error) {
	terms := q.terms()
	frequencies, err := s.lookUp(ctx, edition.ID, q.counted(terms))
	if err != nil {
		return nil, nil, err
	}
	ids, err := s.candidates(ctx, edition, q.selectTerms(terms, frequencies, s.most(edition.Passages)), frequencies)
	if err != nil {
		return nil, nil, err
	}
	return newRanking(q, frequencies, edition.Passages), ids, nil
}

// counted returns the terms whose frequencies a search needs: the ones that
// are searched for, and what is only ranked by.
func (q Query) counted(terms []store.Term) []store.Term {
	counted := withRepeated(terms)
	for _, word := range q.Joining {
		counted = append(counted, q.joining(word))
	}
	for _, unit := range q.Units {
		if unit.Concept != nil && unit.Concept.state != nil {
			counted = append(counted, unit.Concept.state.terms()...)
		}
	}
	return counted
}

// Concepts returns the word list without near-synonyms: names of one concept
// may stand for each other in a claim.
func (s *Searcher) Concepts() *Concepts { return s.strict }
