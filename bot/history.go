package bot

import (
	"context"
	"errors"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
)

const (
	// followWithin is how long after an answer a question in a private chat may be a
	// follow-up without being a reply.
	followWithin = 10 * time.Minute
	// maxFollowed is the most earlier exchanges used as context of a question.
	maxFollowed = 3
)

// history returns the earlier exchanges that are the context of a question, oldest
// first: the one it replies to and those before that; in private also the recent ones.
// parent is the exchange that it replies to, 0 for none.
func (b *Bot) history(ctx context.Context, in Incoming) (history []answer.Exchange, parent int64, err error) {
	if in.alone || in.RepliesTo == 0 && !in.Private {
		return nil, 0, nil
	}
	live, err := b.live(ctx)
	if err != nil {
		return nil, 0, err
	}
	asked := in.Received // it may have waited in a queue, or for a restart
	if asked.IsZero() {
		asked = time.Now()
	}
	if in.RepliesTo != 0 {
		replied, err := b.memory.ExchangeAt(ctx, in.Thread, in.RepliesTo)
		if errors.Is(err, store.ErrNotFound) {
			return nil, 0, nil
		}
		if err != nil {
			return nil, 0, err
		}
		parent = replied.ID
	}
	history, err = b.contextOf(ctx, in, live.ID, store.Exchange{Parent: parent, AskedAt: asked})
	if err != nil {
		return nil, 0, err
	}
	return history, parent, nil
}

// contextOf returns the exchanges on an edition that an exchange may follow, oldest first:
// its parent and those before that, else in private the recent ones. e.ID is 0 if it isn't
// stored yet.
func (b *Bot) contextOf(ctx context.Context, in Incoming, edition int64, e store.Exchange) (history []answer.Exchange, err error) {
	var exchanges []store.Exchange
	switch {
	case e.Parent != 0:
		exchanges, err = b.memory.ExchangeChain(ctx, e.Parent, edition, maxFollowed)
	case in.Private:
		exchanges, err = b.memory.RecentExchanges(ctx, in.Thread, edition, e.AskedAt.Add(-followWithin), e.ID, maxFollowed)
	}
	for _, earlier := range exchanges {
		if earlier.Question != e.Question { // a repeat gives no context
			history = append(history, answer.Exchange{Question: earlier.Question, Answer: earlier.Answer})
		}
	}
	return history, err
}

// lastExchange returns the answer that a message replies to, else the last one
// in the thread; store.ErrNotFound if there is none.
func (b *Bot) lastExchange(ctx context.Context, in Incoming) (store.Exchange, error) {
	e, err := b.memory.ExchangeAt(ctx, in.Thread, in.RepliesTo)
	if errors.Is(err, store.ErrNotFound) && in.RepliesTo != 0 {
		e, err = b.memory.ExchangeAt(ctx, in.Thread, 0)
	}
	return e, err
}

// reset makes the next question of the chat independent of earlier ones.
func (b *Bot) reset(ctx context.Context, in Incoming, _ string) (Message, error) {
	return in.reply("reset"), b.memory.ForgetExchanges(ctx, in.Thread)
}
