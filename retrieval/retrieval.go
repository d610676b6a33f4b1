// Package retrieval turns a question into the passages of a report that are
// nearest to it.
//
// A question is read into words, neighbours, names and concepts (the word list
// of concepts.txt, so that "Bắc Hàn" and "North Korea" find "Triều Tiên"); the
// store's full-text index gives candidates, and they are ranked here.
package retrieval

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// candidates is how many passages the index gives to be ranked.
const candidates = 50

// Index is what retrieval needs of the store.
type Index interface {
	// Match returns the ids of passages that hold any of the terms, best first.
	Match(ctx context.Context, edition int64, terms []store.Term, limit int) ([]int64, error)
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
	// Share is how much of the question's weight the sentence has, 0 to 1.
	Share float64
}

// Searcher finds passages. It may be used from any goroutine.
type Searcher struct {
	index       Index
	concepts    *Concepts
	readings    *lru.Cache[int64, *reading] // by passage
	frequencies *lru.Cache[frequencyKey, int]
	semantics   *semantics // nil: without embeddings
}

// New returns a Searcher over index with the program's word list.
func New(index Index) *Searcher {
	s, err := NewWith(index, strings.NewReader(""))
	if err != nil {
		panic("retrieval: the embedded word list is tested: " + err.Error())
	}
	return s
}

// NewWith returns a Searcher over index whose word list has further concepts.
func NewWith(index Index, further io.Reader) (*Searcher, error) {
	concepts, err := LoadConcepts(strings.NewReader(embeddedConcepts), further)
	if err != nil {
		return nil, err
	}
	return &Searcher{
		index: index, concepts: concepts,
		readings: newCache[int64, *reading](keptReadings), frequencies: newCache[frequencyKey, int](keptFrequencies),
	}, nil
}

// Search returns the k passages of an edition that are nearest to the
// question, nearest first; none for a question without a word that the report
// has.
func (s *Searcher) Search(ctx context.Context, edition *store.Edition, question string, k int) ([]Hit, error) {
	q := s.parse(question)
	terms := q.terms()
	frequencies, err := s.lookUp(ctx, edition.ID, terms)
	if err != nil {
		return nil, err
	}
	ids, err := s.index.Match(ctx, edition.ID, q.telling(terms, frequencies), candidates)
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
	hits := newRanking(q, frequencies, edition.Passages).rank(readings, near)
	return hits[:min(k, len(hits))], nil
}

const (
	// mostMatches bounds how many passages the index weighs for one search, so
	// that an archive is searched about as fast as a report: the rarest terms
	// come first, and with them what they don't tell is left to the ranking.
	mostMatches = 12_000
	// leastTerms are asked for however many passages have them.
	leastTerms = 3
)

// telling returns the terms that the index is asked for: those that it has,
// rarest first, as long as they don't match too much. A word that is there as
// written is not asked for once more without its marks.
func (q Query) telling(terms []store.Term, frequencies map[store.Term]int) []store.Term {
	asWritten := map[string]bool{} // folded
	for _, unit := range q.Units {
		if q.Marked && frequencies[store.Term{Column: store.Exact, Token: unit.Exact}] > 0 {
			asWritten[unit.Folded] = true
		}
	}
	var known []store.Term
	for _, term := range terms {
		if frequencies[term] > 0 && !(term.Column == store.Folded && asWritten[term.Token]) {
			known = append(known, term)
		}
	}
	slices.SortStableFunc(known, func(a, b store.Term) int { return cmp.Compare(frequencies[a], frequencies[b]) })
	matches := 0
	for i, term := range known {
		if matches += frequencies[term]; matches > mostMatches && i >= leastTerms {
			return known[:i]
		}
	}
	return known
}

// Concepts returns the word list.
func (s *Searcher) Concepts() *Concepts { return s.concepts }

// terms returns what the index is asked for, each once.
func (q Query) terms() []store.Term {
	var terms []store.Term
	seen := map[store.Term]bool{}
	add := func(column store.Column, token string) {
		term := store.Term{Column: column, Token: token}
		if token != "" && !seen[term] {
			seen[term] = true
			terms = append(terms, term)
		}
	}
	for _, unit := range q.Units {
		if unit.Concept != nil {
			for _, term := range unit.Concept.terms() {
				add(term.Column, term.Token)
			}
			continue
		}
		add(store.Exact, unit.Exact)
		if q.Language == text.Vietnamese {
			add(store.Folded, unit.Folded)
		}
	}
	for _, pair := range q.Pairs {
		add(store.Pairs, pair)
	}
	for _, name := range q.Names {
		add(store.Folded, name)
	}
	return terms
}

// terms returns the tokens by which the index finds a concept: its one-word
// names, and the neighbours within the longer ones.
func (concept *Concept) terms() []store.Term {
	var terms []store.Term
	for _, name := range concept.Names {
		if !concept.inReports(name) {
			continue
		}
		if len(name.Words) == 1 {
			terms = append(terms, store.Term{Column: store.Exact, Token: name.Words[0]})
		}
		for i := 1; i < len(name.Folded); i++ {
			terms = append(terms, store.Term{Column: store.Pairs, Token: name.Folded[i-1] + "_" + name.Folded[i]})
		}
	}
	return terms
}
