package answer

import (
	"cmp"
	"context"
	"fmt"

	"reportbot/store"
)

// Ledger keeps what people ask of the model.
type Ledger interface {
	// AddUsage adds to what a person asked today in a chat, and returns what the
	// person has asked today in all chats.
	AddUsage(ctx context.Context, chat, person string, spent store.Usage) (store.Usage, error)
}

// Limits are how much of the model one person may ask in a day; 0: no limit.
type Limits struct{ Questions, Tokens int }

// WithQuota counts questions and tokens in ledger, and answers who has come to
// a limit without the model.
func WithQuota(ledger Ledger, limits Limits) Option {
	return func(a *Answerer) { a.ledger, a.limits = ledger, limits }
}

// keys returns under which chat and person a request is counted; where nobody
// knows the person, as with a group's anonymous administrators, it is the chat.
func (r Request) keys() (chat, person string) { return r.Chat, cmp.Or(r.Person, r.Chat) }

// ReserveQuota counts a question and reports whether its person has come to a limit.
func (a *Answerer) ReserveQuota(ctx context.Context, r Request) (bool, error) {
	chat, person := r.keys()
	if a.ledger == nil || a.model == nil || person == "" {
		return false, nil
	}
	today, err := a.ledger.AddUsage(ctx, chat, person, store.Usage{Questions: 1})
	if err != nil {
		return false, err
	}
	return a.limits.Questions > 0 && today.Questions > a.limits.Questions ||
		a.limits.Tokens > 0 && today.Tokens() >= a.limits.Tokens, nil
}

// RecordUsage keeps what an answer took of the model, also where its person has
// stopped meanwhile.
func (a *Answerer) RecordUsage(ctx context.Context, r Request, used Usage) {
	chat, person := r.keys()
	if a.ledger == nil || person == "" || used.PromptTokens+used.CompletionTokens == 0 {
		return
	}
	spent := store.Usage{PromptTokens: used.PromptTokens, CompletionTokens: used.CompletionTokens}
	if _, err := a.ledger.AddUsage(context.WithoutCancel(ctx), chat, person, spent); err != nil {
		a.tell(fmt.Errorf("the tokens of an answer can't be counted: %w", err))
	}
}
