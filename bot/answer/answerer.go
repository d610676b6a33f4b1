package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/store"
	"reportbot/store/report"
)

// Editions reads editions and their footnotes; *store.Store implements it.
type Editions interface {
	Live(ctx context.Context) (*store.Edition, error)
	Footnote(ctx context.Context, edition int64, n int) (report.Footnote, error)
}

// ErrNoReport means that the store has no live edition.
var ErrNoReport = errors.New("no report is loaded")

// Answerer answers questions. It may be used from any goroutine.
type Answerer struct {
	Writer

	editions Editions
	finder   Finder
	shared   *sharedAnswers // nil: answers are neither shared nor cached
	ledger   Ledger         // nil: usage isn't counted
	limits   Limits
}

// Option configures an Answerer.
type Option func(*Answerer)

// WithSharedAnswers prepares an Answerer for many people: it caches answers, lets
// simultaneous callers with the same question share one call of the model, and stops
// calling a failing model for a while.
func WithSharedAnswers() Option {
	return func(a *Answerer) {
		a.retrier.pauseAfterFailures()
		a.shared = newSharedAnswers()
	}
}

// WithErrorHandler passes errors for the operator that no answer has as its cause to
// handle, which must be safe for concurrent use.
func WithErrorHandler(handle func(error)) Option {
	return func(a *Answerer) { a.reportError = handle }
}

// WithModelWait sets how long the model may take to its first token, as its client has
// it. Default: model.DefaultWait.
func WithModelWait(wait time.Duration) Option {
	return func(a *Answerer) { a.retrier.wait = wait }
}

// WithJudge makes the model judge what code can't: whether a claim with correct facts
// means the same as its sentences. Without it such a claim is not shown.
func WithJudge() Option {
	return func(a *Answerer) { a.judges = true }
}

// WithQuota counts questions and tokens in ledger. Beyond a limit, questions are
// answered without the model.
func WithQuota(ledger Ledger, limits Limits) Option {
	return func(a *Answerer) { a.ledger, a.limits = ledger, limits }
}

// New returns an Answerer; model may be nil.
func New(editions Editions, finder Finder, writing Model, options ...Option) *Answerer {
	a := &Answerer{editions: editions, finder: finder}
	a.retrier = retrier{model: writing, wait: model.DefaultWait}
	a.concepts, a.reportError = finder.Concepts(), func(error) {}
	a.reader = claim.NewReader(a.concepts)
	for _, option := range options {
		option(a)
	}
	return a
}

// ReserveQuota counts a question. It returns OverLimit or GroupOverLimit if its person
// or its group is beyond a limit, else NoNotice.
func (a *Answerer) ReserveQuota(ctx context.Context, r Request) (Notice, error) {
	chat, person := r.accounts()
	if a.ledger == nil || !a.HasModel() || person == "" {
		return NoNotice, nil
	}
	today, err := a.ledger.AddUsage(ctx, chat, person, store.Usage{Questions: 1})
	switch {
	case err != nil:
		return NoNotice, err
	case a.limits.Person.over(today.Person):
		return OverLimit, nil
	case r.Group && a.limits.Group.over(today.Chat):
		return GroupOverLimit, nil
	}
	return NoNotice, nil
}

// RecordUsage adds the tokens of an answer to the ledger, even if ctx is cancelled.
func (a *Answerer) RecordUsage(ctx context.Context, r Request, used Usage) {
	chat, person := r.accounts()
	if a.ledger == nil || person == "" || used.PromptTokens+used.CompletionTokens == 0 {
		return
	}
	spent := store.Usage{PromptTokens: used.PromptTokens, CompletionTokens: used.CompletionTokens}
	if _, err := a.ledger.AddUsage(context.WithoutCancel(ctx), chat, person, spent); err != nil {
		a.reportError(fmt.Errorf("the tokens of an answer can't be counted: %w", err))
	}
}

// Cite looks up the footnotes of claims, each once, by number.
func (a *Answerer) Cite(ctx context.Context, edition *store.Edition, claims []Claim) ([]report.Footnote, error) {
	var numbers []int
	for _, c := range claims {
		numbers = append(numbers, c.Footnotes...)
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
