package telegram

import (
	"context"
	"log/slog"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// maxToast is the longest text, in characters, that answers a press.
const maxToast = 200

// presser answers one press of a button. Telegram shows that it waits until
// the press is answered, so close always answers it.
type presser struct {
	*responder
	query    string
	answered bool
}

func newPresser(work context.Context, api *tg.Bot, p press, log *slog.Logger) *presser {
	return &presser{responder: newResponder(work, api, p.question, log), query: p.query}
}

// Toast answers the press with a text that goes away by itself.
func (p *presser) Toast(ctx context.Context, said string) {
	if p.answered {
		return // Telegram takes one answer
	}
	p.answered = true
	for utf8.RuneCountInString(said) > maxToast {
		_, size := utf8.DecodeLastRuneInString(said)
		said = said[:len(said)-size]
	}
	_, err := p.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: p.query, Text: said})
	p.tolerate(ctx, "the answer to a press", err) // an old press can't be answered any more
}

// Replace puts m in place of the message that has the button. What doesn't fit
// into one message is left out.
func (p *presser) Replace(ctx context.Context, m bot.Message) error {
	parts := Render(m)
	if len(parts) == 0 {
		return nil
	}
	err := p.retry(ctx, func() error { return p.edit(ctx, p.to.message, parts[0], m.Buttons) })
	if err != nil {
		return withoutAddress(err)
	}
	return nil
}

func (p *presser) close() {
	p.Toast(context.WithoutCancel(p.work), "")
	p.responder.close()
}
