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

// cacheSize is the number of cached answers; each is some kilobytes.
const cacheSize = 500

// answerKey identifies equal questions.
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

// sharedAnswers caches generations and quotations for questions that aren't follow-ups,
// and lets simultaneous callers with the same question share one call of the model.
type sharedAnswers struct {
	generations *lru.Cache[answerKey, generation]
	quotations  *lru.Cache[answerKey, Answer] // made without a model; their footnotes are looked up anew
	running     inflight.Group[answerKey, step, generation]
}

// step is a step of an answer in progress: the search results, first, or a claim that
// has passed the check.
type step struct {
	found *results
	claim Claim
}

func newSharedAnswers() *sharedAnswers {
	generations, err := lru.New[answerKey, generation](cacheSize)
	quotations, quotationsErr := lru.New[answerKey, Answer](cacheSize)
	if err = errors.Join(err, quotationsErr); err != nil {
		panic("answer: a cache's size is positive: " + err.Error())
	}
	return &sharedAnswers{generations: generations, quotations: quotations}
}

// generate returns the cached generation for key, or runs generate, or joins another
// caller's run. passed is called from the calling goroutine. A caller that stops gets
// the claims so far; the run ends when its last caller stops. Only the caller that
// started it gets its usage.
func (s *sharedAnswers) generate(ctx context.Context, key answerKey, passed func(Claim), generate generator) (generation, error) {
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
		if err == nil && g.complete() {
			kept := g
			kept.usage, kept.took, kept.writing = Usage{}, times{}, 0
			s.generations.Add(key, kept)
		}
		return g, err
	})
	switch {
	case errors.Is(err, inflight.ErrLeft) && !known:
		return generation{}, ctx.Err() // without search results to quote
	case errors.Is(err, inflight.ErrLeft):
		so.err = ctx.Err()
		return so, nil
	case ctx.Err() != nil && g.err != nil:
		g.err = ctx.Err() // the run was cancelled with its last caller
	}
	if joined {
		g.usage = Usage{}
	}
	return g, err
}

// complete reports whether the reply is complete, and is an answer or says that the
// report has none.
func (g generation) complete() bool {
	return g.err == nil && g.written != nil && g.written.Unjudged == nil && (len(g.written.Claims) > 0 || g.written.NotInReport)
}
