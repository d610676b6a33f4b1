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
	// person has asked today in all chats, and the chat.
	AddUsage(ctx context.Context, chat, person string, spent store.Usage) (store.UsageToday, error)
}

// Limits are how much of the model one person, and one group, may ask in a day; 0: no
// limit.
type Limits struct{ Person, Group Limit }

// Limit is a number of questions and of tokens; 0: no limit.
type Limit struct{ Questions, Tokens int }

// over reports whether the limit is passed by a question that is counted already.
func (l Limit) over(used store.Usage) bool {
	return l.Questions > 0 && used.Questions > l.Questions || l.Tokens > 0 && used.Tokens() >= l.Tokens
}

// Share returns which part of the limit is used, the greater one of questions and tokens;
// 0 without a limit.
func (l Limit) Share(used store.Usage) float64 {
	share := 0.0
	if l.Questions > 0 {
		share = float64(used.Questions) / float64(l.Questions)
	}
	if l.Tokens > 0 {
		share = max(share, float64(used.Tokens())/float64(l.Tokens))
	}
	return share
}

// WithQuota counts questions and tokens in ledger, and answers who has come to
// a limit without the model.
func WithQuota(ledger Ledger, limits Limits) Option {
	return func(a *Answerer) { a.ledger, a.limits = ledger, limits }
}

// keys returns under which chat and person a request is counted; where nobody
// knows the person, as with a group's anonymous administrators, it is the chat.
func (r Request) keys() (chat, person string) { return r.Chat, cmp.Or(r.Person, r.Chat) }

// ReserveQuota counts a question and returns OverLimit or GroupOverLimit if its person or
// its group has come to a limit, else NoNotice.
func (a *Answerer) ReserveQuota(ctx context.Context, r Request) (Notice, error) {
	chat, person := r.keys()
	if a.ledger == nil || a.model == nil || person == "" {
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
	chat, person := r.keys()
	if a.ledger == nil || person == "" || used.PromptTokens+used.CompletionTokens == 0 {
		return
	}
	spent := store.Usage{PromptTokens: used.PromptTokens, CompletionTokens: used.CompletionTokens}
	if _, err := a.ledger.AddUsage(context.WithoutCancel(ctx), chat, person, spent); err != nil {
		a.tell(fmt.Errorf("the tokens of an answer can't be counted: %w", err))
	}
}
