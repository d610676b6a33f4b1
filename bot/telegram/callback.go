package telegram

import (
	"context"
	"errors"
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

func newPresser(r *responder, query string) *presser {
	return &presser{responder: r, query: query}
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
	ctx, cancel := context.WithTimeout(ctx, spareTimeout)
	defer cancel()
	err := few(ctx, func(ctx context.Context) error {
		_, err := p.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: p.query, Text: said})
		return err
	})
	p.tolerate(ctx, "the answer to a press", err) // an old press can't be answered any more
}

// Replace puts m in place of the message that has the button, or behind it where
// that can't be changed any more. What doesn't fit into one message is left out.
func (p *presser) Replace(ctx context.Context, m bot.Message) error {
	parts := Render(m)
	if len(parts) == 0 {
		return nil
	}
	c := content{HTML: parts[0], Buttons: m.Buttons}
	err := p.edit(ctx, p.slot, p.to.place, p.to.message, c)
	if errors.Is(err, errMoved) {
		p.follow()
	}
	if errors.Is(err, errMoved) || errors.Is(err, tg.ErrorBadRequest) {
		_, err = p.final(ctx, []content{c})
	}
	return err
}

func (p *presser) close() {
	p.Toast(context.WithoutCancel(p.work), "")
	p.responder.close()
}

// toaster shows an answer in passing.
type toaster struct{ *presser }

func (t toaster) Final(ctx context.Context, m bot.Message) (int, error) {
	t.Toast(ctx, m.Plain())
	return 0, nil
}
