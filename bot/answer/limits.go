package answer

import (
	"context"

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
