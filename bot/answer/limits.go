package answer

import (
	"context"

	"reportbot/store"
)

// Ledger counts people's usage of the model.
type Ledger interface {
	// AddUsage adds to a person's usage today in a chat, and returns the person's usage
	// today in all chats, and the chat's.
	AddUsage(ctx context.Context, chat, person string, spent store.Usage) (store.UsageToday, error)
}

// Limits are the daily limits of one person and of one group.
type Limits struct{ Person, Group Limit }

// Limit is a number of questions and of tokens; 0: no limit.
type Limit struct{ Questions, Tokens int }

// over reports whether usage that includes the current question exceeds the limit.
func (l Limit) over(used store.Usage) bool {
	return l.Questions > 0 && used.Questions > l.Questions || l.Tokens > 0 && used.Tokens() >= l.Tokens
}

// Share returns the used share of the limit, the greater one of questions and tokens; 0
// without a limit.
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
