package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
)

// exchangeOf returns an answer in its stored form.
func exchangeOf(in Incoming, question string, parent int64, a *answer.Answer) store.Exchange {
	e := store.Exchange{
		Thread: in.Thread, Parent: parent, Edition: a.Edition.ID, Question: question, Language: string(a.Language),
		Answer: Text(a), Passages: a.Found, Asker: in.Sender.key(), Received: in.Received,
		Unanswered: a.Status == answer.NotInReport, Refused: len(a.Rejected),
	}
	for _, f := range a.Footnotes {
		e.Notes = append(e.Notes, f.N)
	}
	for _, claim := range a.Claims {
		for i, source := range claim.Sources {
			e.Cited = append(e.Cited, store.Cited{Paragraph: claim.Paragraphs[i], Text: source})
		}
	}
	return e
}

// sendAnswer stores an answer and sends it as m with its buttons. If it can't be stored,
// it is sent without buttons.
func (b *Bot) sendAnswer(ctx context.Context, in Incoming, question string, parent int64, a *answer.Answer, m Message, out Responder) error {
	b.addEvidence(ctx, &m, a)
	return b.sendExchange(ctx, in, exchangeOf(in, question, parent, a), a, m, out)
}

// sendExchange is sendAnswer with the answer in its stored form.
func (b *Bot) sendExchange(ctx context.Context, in Incoming, stored store.Exchange, a *answer.Answer, m Message, out Responder) error {
	exchange, err := b.memory.AddExchange(ctx, stored)
	switch {
	case errors.Is(err, store.ErrForgotten): // it has no buttons
	case err != nil:
		b.log.Error("an answer can't be remembered: it has no buttons", "error", err)
	default:
		m.Exchange = exchange
		m.Buttons = answerButtons(in.language(), exchange, a, len(m.Folded) == 0)
		if last := len(m.Buttons) - 1; len(a.Claims) > 0 {
			if b.corrections != nil && in.settings.corrections != off {
				m.Buttons[last] = append(m.Buttons[last], bellButton(exchange))
			}
			if in.Private {
				m.Buttons[last] = append(m.Buttons[last], shareButton(in.language(), exchange))
			}
		}
		m.Buttons = append(m.Buttons, b.nextButtons(ctx, in, stored.Question, a)...)
	}
	message, err := out.Final(ctx, m)
	if err != nil {
		return errors.Join(errShow, err)
	}
	if exchange != 0 {
		if err := b.memory.ShowExchange(ctx, exchange, message); err != nil {
			// The answer was sent; an apology would replace it.
			b.log.Error("where an answer stands can't be remembered", "error", err)
		}
	}
	return nil
}
