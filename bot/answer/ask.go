package answer

import (
	"context"
	"errors"
	"time"

	"reportbot/store"
)

// Ask answers a question from the live edition. passed, if not nil, is called with each
// claim as soon as it has passed the check, in order, from the calling goroutine. If
// ctx is cancelled while the model writes, the claims so far are the answer. The error
// is the store's, or ErrNoReport.
func (a *Answerer) Ask(ctx context.Context, request Request, passed func(Claim)) (*Answer, error) {
	begun := time.Now()
	edition, err := a.editions.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrNoReport
	}
	if err != nil {
		return nil, err
	}
	q := readQuestion(request, a.concepts)
	overLimit, err := a.ReserveQuota(ctx, request)
	if err != nil {
		return nil, err
	}
	if q.follows {
		follows, err := isFollowUp(ctx, a.finder, edition, q)
		if err != nil {
			return nil, err
		}
		q.setFollows(follows)
	}
	answer := &Answer{Question: q.Question, Follows: q.follows, Language: q.language, Edition: edition, Notice: overLimit}
	if !a.HasModel() {
		answer.Notice = NoModel
	}
	if answer.Notice != NoNotice {
		err = a.quote(ctx, answer, q)
	} else {
		var g generation
		if g, err = a.generateOnce(ctx, edition, q, passed); err == nil {
			answer.finish(ctx, g, q.Length, a.concepts)
		}
	}
	if err != nil {
		return nil, err
	}
	// The footnotes are read even after a stop: the claims shown need their links.
	ctx = context.WithoutCancel(ctx)
	if answer.Footnotes, err = a.Cite(ctx, answer.Edition, answer.Claims); err != nil {
		return nil, err
	}
	if answer.NearestNotes, err = a.Cite(ctx, answer.Edition, answer.Nearest); err != nil {
		return nil, err
	}
	answer.Took.Total = time.Since(begun)
	return answer, nil
}

// quote answers with quotations, without the model. It uses the cache.
func (a *Answerer) quote(ctx context.Context, answer *Answer, q question) error {
	shared := a.shared != nil && !a.HasModel() && !q.follows
	key := keyOf(answer.Edition, q)
	if shared {
		if kept, ok := a.shared.quotations.Get(key); ok {
			kept.Question, kept.Edition, kept.Took = answer.Question, answer.Edition, Took{}
			*answer = kept
			return nil
		}
	}
	f, err := find(ctx, a.finder, answer.Edition, q, nil, nil)
	if err != nil {
		return err
	}
	answer.setPassages(f.hits)
	answer.Took.Retrieval = f.took.search
	answer.extract(f, q.Length, a.concepts)
	if shared {
		a.shared.quotations.Add(key, *answer)
	}
	return nil
}

// generateOnce is generate with the cache, and shared by simultaneous callers with the same question.
func (a *Answerer) generateOnce(ctx context.Context, edition *store.Edition, q question, passed func(Claim)) (generation, error) {
	generate := func(ctx context.Context, onFound func(results), passed func(Claim)) (generation, error) {
		g, err := generate(ctx, &a.Writer, a.finder, edition, q, onFound, passed)
		a.RecordUsage(ctx, q.Request, g.usage)
		return g, err
	}
	if a.shared == nil || q.follows {
		return generate(ctx, nil, passed)
	}
	return a.shared.generate(ctx, keyOf(edition, q), passed, generate)
}
