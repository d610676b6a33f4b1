package retrieval

import (
	"context"
	"slices"

	"reportbot/store"
)

// Absence says whether a report speaks of what a question asks.
type Absence struct {
	// Absent are the names and phrases of the question that stand nowhere in
	// the report, as typed, in order; without the words that ask, such as verbs
	// and times.
	Absent []string
	// Refuse is set if the report can't be taken to answer.
	Refuse bool
}

// Absence looks up in all of an edition what a question asks about. hits are
// what Search found for the same question.
func (s *Searcher) Absence(ctx context.Context, edition *store.Edition, question string, hits []Hit) (Absence, error) {
	q, err := s.understand(ctx, edition, question)
	if err != nil {
		return Absence{}, err
	}
	subject, err := s.subject(ctx, edition, q)
	if err != nil {
		return Absence{}, err
	}
	absence := Absence{Absent: subject.absent(), Refuse: true}
	if len(hits) == 0 {
		return absence, nil
	}
	e, err := s.evidence(ctx, edition, subject, hits)
	if err != nil {
		return Absence{}, err
	}
	absence.Refuse = !e.answerable(q)
	return absence, nil
}

// subject is what a question asks about, looked up in a report.
type subject struct {
	Query
	parts []part
	// frequencies has in how many passages the question's words, their
	// neighbours and its concepts are.
	frequencies map[store.Term]int
	title       []string // the folded words of the report's title
	// What is looked for in texts: the parts' words, and the names of their concepts.
	wanted       map[store.Term]bool
	conceptNames map[string][]conceptEntry
}

// part is a thing that a question asks about: a content word, or a name or
// concept of the word list.
type part struct {
	from, to int // in the question's words
	concept  *Concept
	rarity   float64      // in the language, 0 to 1
	name     bool         // surely a proper name
	terms    []store.Term // of its words
	titled   bool         // the report's title has all its words
	known    bool         // the report has it
}

// concepts returns what a part may stand in the report as, besides its words.
func (p part) concepts() []*Concept {
	switch {
	case p.concept == nil:
		return nil
	case p.concept.state != nil:
		return []*Concept{p.concept, p.concept.state}
	}
	return []*Concept{p.concept}
}

// hasInTitle reports whether the report's title has all words of a part.
func (s *subject) hasInTitle(p part) bool {
	for _, w := range s.words[p.from:p.to] {
		if !slices.Contains(s.title, w.Folded) {
			return false
		}
	}
	return true
}
