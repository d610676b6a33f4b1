package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// Notify sends a message to a person's private chat with the bot. It is no error if the
// bot may not write to that person. A message may be sent twice if the outcome of a call
// is unknown.
func (t *Transport) Notify(ctx context.Context, person int64, m bot.Message) error {
	to := place{chat: person, private: true}
	for _, part := range contents(m) {
		err := t.outbox.deliver(ctx, nil, to, delivery{lowPriority: true}, func(ctx context.Context) error {
			_, err := t.outbox.sendOnce(ctx, to, part, 0, false)
			return err
		})
		if errors.Is(err, tg.ErrorForbidden) || chatGone(err) || mayNotWrite(err) {
			t.log.Warn("can't notify a person; they have to write to the bot first", "chat", t.chats.name(person), "error", err)
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
