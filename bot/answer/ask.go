package answer

import (
	"context"
	"errors"
	"slices"
	"time"

	"reportbot/store"
	"reportbot/store/report"
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
	concepts := a.finder.Concepts()
	q := request.read(concepts)
	if q.overLimit, err = a.ReserveQuota(ctx, request); err != nil {
		return nil, err
	}
	if q.follows {
		follows, err := a.joins(ctx, edition, q)
		if err != nil {
			return nil, err
		}
		q.follow(follows)
	}
	answer := &Answer{Question: q.Question, Follows: q.follows, Language: q.language, Edition: edition, length: q.Length}
	switch {
	case a.model == nil:
		answer.Notice = NoModel
		err = a.quote(ctx, answer, q)
	case q.overLimit != NoNotice:
		answer.Notice = q.overLimit
		err = a.quote(ctx, answer, q)
	default:
		var g generated
		if g, err = a.generateOnce(ctx, edition, q, passed); err == nil {
			answer.finish(ctx, g, concepts)
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

// generateOnce is generate, shared among those who ask the same at the same time.
func (a *Answerer) generateOnce(ctx context.Context, edition *store.Edition, q question, passed func(Claim)) (generated, error) {
	if a.sharing == nil || q.follows {
		return a.generate(ctx, edition, q, nil, passed)
	}
	return a.sharing.generate(ctx, keyOf(edition, q), passed, func(ctx context.Context, known func(found), passed func(Claim)) (generated, error) {
		return a.generate(ctx, edition, q, known, passed)
	})
}

// Cite looks up the footnotes that claims mark, each once, by number.
func (a *Answerer) Cite(ctx context.Context, edition *store.Edition, claims []Claim) ([]report.Footnote, error) {
	var numbers []int
	for _, claim := range claims {
		numbers = append(numbers, claim.Footnotes...)
	}
	slices.Sort(numbers)
	var footnotes []report.Footnote
	for _, n := range slices.Compact(numbers) {
		footnote, err := a.editions.Footnote(ctx, edition.ID, n)
		if errors.Is(err, store.ErrNotFound) {
			footnote = report.Footnote{N: n} // a marker without a note
		} else if err != nil {
			return nil, err
		}
		footnotes = append(footnotes, footnote)
	}
	return footnotes, nil
}
