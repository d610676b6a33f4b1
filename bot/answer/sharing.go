package answer

import (
	"context"
	"errors"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/bot/inflight"
	"reportbot/store"
	"reportbot/store/text"
)

// keptAnswers is how many answers are kept; each is some kilobytes.
const keptAnswers = 500

// answerKey is what makes two questions the same.
type answerKey struct {
	edition  int64
	question string
	language text.Language
	length   Length
}

func keyOf(edition *store.Edition, q question) answerKey {
	asked := strings.ToLower(strings.TrimRight(text.Clean(q.Question), "?!. "))
	return answerKey{edition.ID, asked, q.language, q.Length}
}

// sharing keeps what was generated or quoted for questions that stand alone, and
// lets those who ask the same at the same time share one call of the model.
type sharing struct {
	generations *lru.Cache[answerKey, generation]
	quotations  *lru.Cache[answerKey, Answer] // without footnotes, where there is no model
	running     inflight.Group[answerKey, step, generation]
}

// step is what is known of an answer while it is made: what was found, first, or
// a claim that has passed the check.
type step struct {
	found *results
	claim Claim
}

func newSharing() *sharing {
	generations, err := lru.New[answerKey, generation](keptAnswers)
	quotations, quotationsErr := lru.New[answerKey, Answer](keptAnswers)
	if err = errors.Join(err, quotationsErr); err != nil {
		panic("answer: a cache's size is positive: " + err.Error())
	}
	return &sharing{generations: generations, quotations: quotations}
}

// generate returns what is kept for key, or runs generate, or takes part in a run
// that somebody else began. passed is called from the calling goroutine. A
// caller that stops gets the claims so far; the run ends when its last caller stops.
// Only the caller that started it gets its usage.
func (s *sharing) generate(ctx context.Context, key answerKey, passed func(Claim), generate generator) (generation, error) {
	var so generation // what this caller has seen
	so.written = &Written{}
	known := false
	see := func(st step) {
		if st.found != nil {
			so.results, known = *st.found, true
			return
		}
		so.written.Claims = append(so.written.Claims, st.claim)
		if passed != nil {
			passed(st.claim)
		}
	}
	g, joined, err := s.running.Do(ctx, key, see, func(ctx context.Context, report func(step)) (generation, error) {
		if kept, ok := s.generations.Get(key); ok {
			for _, c := range kept.written.Claims {
				report(step{claim: c})
			}
			return kept, nil
		}
		g, err := generate(ctx, func(f results) { report(step{found: &f}) }, func(c Claim) { report(step{claim: c}) })
		if err == nil && g.whole() {
			kept := g
			kept.usage, kept.took, kept.writing = Usage{}, times{}, 0
			s.generations.Add(key, kept)
		}
		return g, err
	})
	switch {
	case errors.Is(err, inflight.ErrLeft) && !known:
		return generation{}, ctx.Err() // there is nothing to fall back on yet
	case errors.Is(err, inflight.ErrLeft):
		so.err = ctx.Err()
		return so, nil
	case ctx.Err() != nil && g.err != nil:
		g.err = ctx.Err() // the run's own context ended with this caller's
	}
	if joined {
		g.usage = Usage{}
	}
	return g, err
}

// whole reports whether the model has answered, or said that the report
// doesn't, and nothing is missing.
func (g generation) whole() bool {
	return g.err == nil && g.written != nil && g.written.Unjudged == nil && (len(g.written.Claims) > 0 || g.written.NotInReport)
}
