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
	c := s.corpus(edition)
	q, err := understand(ctx, c, s.concepts, question)
	if err != nil {
		return Absence{}, err
	}
	subject, err := newSubject(ctx, c, q)
	if err != nil {
		return Absence{}, err
	}
	absence := Absence{Absent: subject.absent(), Refuse: true}
	if len(hits) == 0 {
		return absence, nil
	}
	e, err := subject.evidence(ctx, c, hits)
	absence.Refuse = !e.answerable(q) && !(subject.onlyNames() && e.sentence > .999)
	return absence, err
}

// onlyNames reports whether a question asks about names and things of the word list, and
// nothing of them, as in "Who is Putin?". A report that has them in a sentence has
// something to say.
func (s *subject) onlyNames() bool {
	return len(s.parts) > 0 && !slices.ContainsFunc(s.parts, func(p part) bool { return !p.name && p.concept == nil || !p.known })
}
