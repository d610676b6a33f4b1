package retrieval

import (
	"context"
	"slices"

	"reportbot/store"
)

// Absence is what a report lacks of a question's subject.
type Absence struct {
	// Absent are the names and phrases of the question that the report has nowhere, as
	// typed, in order; without verbs, times and question words.
	Absent []string
	// Refuse is set if the report is taken to have no answer.
	Refuse bool
}

// Absence looks up the subject of a question in all of an edition. hits are Search's
// for the same question.
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
