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

// Editions is what answering needs of the store.
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
	sharing  *sharing // nil: every question is answered by itself
	ledger   Ledger   // nil: nothing is counted
	limits   Limits
}

// Option changes how an Answerer works.
type Option func(*Answerer)

// WithSharedAnswers makes an Answerer fit for many people at once: a model that keeps
// failing is left alone for a while, and a question that was answered, or is
// being answered to somebody else, costs no second call.
func WithSharedAnswers() Option {
	return func(a *Answerer) {
		a.retrier.restAfterFailures()
		a.sharing = newSharing()
	}
}

// WithErrorHandler passes errors that no answer shows to handle, for the operator. It must
// be safe to call from any goroutine.
func WithErrorHandler(handle func(error)) Option {
	return func(a *Answerer) { a.reportError = handle }
}

// WithModelWait sets how long the model may be silent before its first token, as
// its client has it. Default: model.DefaultWait.
func WithModelWait(wait time.Duration) Option {
	return func(a *Answerer) { a.retrier.wait = wait }
}

// WithJudge makes the model judge what code can't: whether a claim whose facts
// hold says what its sentences mean. Without it such a claim is not shown.
func WithJudge() Option {
	return func(a *Answerer) { a.judges = true }
}

// WithQuota counts questions and tokens in ledger, and answers who has come to
// a limit without the model.
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

// ReserveQuota counts a question and returns OverLimit or GroupOverLimit if its person or
// its group has come to a limit, else NoNotice.
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

// RecordUsage keeps what an answer took of the model, also where its person has
// stopped meanwhile.
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

// Cite looks up the footnotes that claims mark, each once, by number.
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
