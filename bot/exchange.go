package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
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

// deliver stores an answer and sends it as m with its buttons. If it can't be stored,
// it is sent without buttons.
func (b *Bot) deliver(ctx context.Context, in Incoming, question string, parent int64, a *answer.Answer, m Message, out Responder) error {
	b.addEvidence(ctx, &m, a)
	return b.deliverAs(ctx, in, exchangeOf(in, question, parent, a), a, m, out)
}

// deliverAs is deliver with the answer in its stored form.
func (b *Bot) deliverAs(ctx context.Context, in Incoming, stored store.Exchange, a *answer.Answer, m Message, out Responder) error {
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

// The first words of the data of the buttons under an answer; the id of the
// exchange follows.
const (
	passageData = "p" // :N, the paragraph of cited sentence N, from 0; without it of the first
	sourcesData = "s"
	moreData    = "m" // :OFFSET, further passages
	goodData    = "u"
	badData     = "d"
	whyData     = "w" // :REASON, of a 👎
	readData    = "g" // EDITION:PARAGRAPH:EXCHANGE, a paragraph to read on
)

// dataOf returns a button's data: its first word and its arguments, separated by
// colons.
func dataOf(name string, args ...any) string {
	for _, arg := range args {
		name += fmt.Sprintf(":%v", arg)
	}
	return name
}

// answerButtons returns the buttons under an answer. If it has no evidence under it,
// each reworded claim's paragraph has a button.
func answerButtons(lang text.Language, exchange int64, a *answer.Answer, noEvidence bool) [][]Button {
	var read, rate []Button
	byClaim := noEvidence && len(reworded(a)) > 0 && len(a.Claims) > 1
	if len(a.Claims) > 0 {
		if !byClaim {
			read = append(read, Button{Text: say(lang, "passage_button"), Data: dataOf(passageData, exchange)})
		}
		rate = []Button{{Text: "👍", Data: dataOf(goodData, exchange)}, {Text: "👎", Data: dataOf(badData, exchange)}}
	}
	if len(a.Footnotes) > 0 {
		read = append(read, Button{Text: say(lang, "sources_button"), Data: dataOf(sourcesData, exchange)})
	}
	if len(a.Found) > 0 {
		read = append(read, Button{Text: say(lang, "more_button"), Data: dataOf(moreData, exchange, 0)})
	}
	var rows [][]Button
	if byClaim {
		rows = claimButtons(exchange, a)
	}
	for _, row := range [][]Button{read, rate} {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// numbersIn reads a button's arguments, which are untrusted: exactly n numbers
// separated by colons.
func numbersIn(args string, n int) ([]int64, bool) {
	parts := strings.Split(args, ":")
	if len(parts) != n {
		return nil, false
	}
	numbers := make([]int64, n)
	for i, part := range parts {
		var err error
		if numbers[i], err = strconv.ParseInt(part, 10, 64); err != nil || numbers[i] < 0 {
			return nil, false
		}
	}
	return numbers, true
}

// pressed returns the exchange of a button under an answer, and the arguments after its
// id. If the exchange is from another thread or no longer stored, it tells the person,
// and known is false.
func (b *Bot) pressed(ctx context.Context, p Callback, args string, out CallbackResponder) (e store.Exchange, rest string, known bool, err error) {
	id, rest, _ := strings.Cut(args, ":")
	ids, ok := numbersIn(id, 1)
	if ok {
		e, err = b.memory.Exchange(ctx, ids[0])
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return e, rest, false, err
	}
	if !ok || err != nil || !p.in(e.Thread) {
		out.Toast(ctx, say(p.language(), "forgotten"))
		return e, rest, false, nil
	}
	return e, rest, true, nil
}
