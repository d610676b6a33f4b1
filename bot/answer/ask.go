package answer

import (
	"context"
	"errors"
	"time"

	"reportbot/store"
)

// Ask answers a question from the live edition. passed, if not nil, is called
// with each claim as soon as it has passed the check, in order, from the
// calling goroutine. When ctx ends while the model writes, what passed so far
// is the answer. An error means that the store failed, or ErrNoReport.
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
		follows, err := joins(ctx, a.finder, edition, q)
		if err != nil {
			return nil, err
		}
		q.follow(follows)
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
	// The footnotes are read even if the person has stopped meanwhile: what is
	// shown needs its links.
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

// quote answers in the report's own words, without asking a model. An answer kept
// for the same question is reused.
func (a *Answerer) quote(ctx context.Context, answer *Answer, q question) error {
	shared := a.sharing != nil && !a.HasModel() && !q.follows
	key := keyOf(answer.Edition, q)
	if shared {
		if kept, ok := a.sharing.quotations.Get(key); ok {
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
		a.sharing.quotations.Add(key, *answer)
	}
	return nil
}

// generateOnce is generate, shared among those who ask the same at the same time.
func (a *Answerer) generateOnce(ctx context.Context, edition *store.Edition, q question, passed func(Claim)) (generation, error) {
	generate := func(ctx context.Context, onFound func(results), passed func(Claim)) (generation, error) {
		g, err := generate(ctx, &a.Writer, a.finder, edition, q, onFound, passed)
		a.RecordUsage(ctx, q.Request, g.usage)
		return g, err
	}
	if a.sharing == nil || q.follows {
		return generate(ctx, nil, passed)
	}
	return a.sharing.generate(ctx, keyOf(edition, q), passed, generate)
}
