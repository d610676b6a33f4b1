package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// Tell sends a message to a person in their private chat with the bot, in reply to
// nothing. That the person doesn't take messages is no error; if it is unknown whether
// Telegram took one, it may be sent again.
func (t *Transport) Notify(ctx context.Context, person int64, m bot.Message) error {
	to := place{chat: person, private: true}
	for _, part := range contents(m) {
		err := t.outbox.deliver(ctx, nil, to, delivery{lowPriority: true}, func(ctx context.Context) error {
			_, err := t.outbox.sendOnce(ctx, to, part, 0, false)
			return err
		})
		if errors.Is(err, tg.ErrorForbidden) || chatGone(err) || mayNotWrite(err) {
			t.log.Warn("a person can't be told something; they have to write to the bot first", "chat", t.chats.name(person), "error", err)
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
