package telegram

import (
	"context"
	"errors"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/store"
)

// maxToastRunes is Telegram's limit for the text that answers a callback query.
const maxToastRunes = 200

// callback is a callback query: somebody pressed a button.
type callback struct {
	question // the message with the button; zero place: unknown
	query    string
	event    bot.Callback
}

// handleCallback handles one callback query and records the outcome. After a panic the
// person gets an apology: as the answer to the query, or as a message if that was given.
func (t *runner) handleCallback(update store.Update, p callback, s *slot, resumed bool) {
	out := t.callbackResponder(update, p, s)
	if p.place.chat == 0 { // close answers the callback query; there is no chat to reply in
		out.close()
		t.finish(update.ID, Ignored)
		return
	}
	_, err := t.loadEarlierReply(out.responder, resumed, false)
	if err == nil {
		err = t.resumeOr(out.responder, resumed, func() error { return t.conversation.HandleCallback(t.work, p.event, out) })
	}
	if errors.Is(err, errPanic) && !out.done {
		var to bot.Responder = out
		if !out.answered {
			to = toaster{out}
		}
		err = errors.Join(err, t.conversation.Apologise(t.work, p.in, to))
	}
	out.close()
	t.conclude(update, out.responder, err)
}

// callbackResponder returns the responder for a callback query.
func (t *runner) callbackResponder(update store.Update, p callback, s *slot) *callbackResponder {
	return &callbackResponder{responder: t.responder(update, p.question, s), query: p.query}
}

// callbackResponder answers one callback query. Clients show a spinner until it is
// answered, so close always answers it.
type callbackResponder struct {
	*responder
	query    string
	answered bool
}

// Toast answers the callback query with a short text that disappears by itself.
func (p *callbackResponder) Toast(ctx context.Context, said string) {
	if p.answered {
		return // Telegram takes only one answer
	}
	p.answered = true
	for utf8.RuneCountInString(said) > maxToastRunes {
		_, size := utf8.DecodeLastRuneInString(said)
		said = said[:len(said)-size]
	}
	ctx, cancel := context.WithTimeout(ctx, optionalTimeout)
	defer cancel()
	err := retryFew(ctx, func(ctx context.Context) error {
		_, err := p.outbox.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: p.query, Text: said})
		return err
	})
	p.logFailure(ctx, "the answer to a callback query", err) // Telegram refuses answers to old ones
}

// Replace edits the message with the button into m, or sends m if it can't be edited any
// more. What doesn't fit into one message is left out.
func (p *callbackResponder) Replace(ctx context.Context, m bot.Message) error {
	parts := Render(m)
	if len(parts) == 0 {
		return nil
	}
	c := content{HTML: parts[0], Buttons: m.Buttons}
	err := p.outbox.edit(ctx, p.slot, p.to.place, p.to.message, c)
	if errors.Is(err, errMoved) {
		p.followMigration()
	}
	if errors.Is(err, errMoved) || errors.Is(err, tg.ErrorBadRequest) {
		_, err = p.final(ctx, []content{c})
	}
	return err
}

func (p *callbackResponder) close() {
	p.Toast(context.WithoutCancel(p.work), "")
	p.responder.close()
}

// toaster shows the final message as a toast.
type toaster struct{ *callbackResponder }

func (t toaster) Final(ctx context.Context, m bot.Message) (int, error) {
	t.Toast(ctx, m.Plain())
	return 0, nil
}
