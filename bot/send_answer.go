package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// exchangeOf returns an answer in its stored form.
func exchangeOf(in Incoming, question string, parent int64, a *answer.Answer) store.Exchange {
	e := store.Exchange{
		Thread: in.Thread, Parent: parent, Edition: a.Edition.ID, Question: question, Language: string(a.Language),
		Answer: AnswerText(a), Passages: a.PassageIDs, Asker: in.Sender.key(), Received: in.Received,
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
func (b *Bot) sendAnswer(ctx context.Context, in Incoming, stored store.Exchange, a *answer.Answer, m Message, out Responder) error {
	exchange, err := b.memory.AddExchange(ctx, stored)
	switch {
	case errors.Is(err, store.ErrForgotten): // it has no buttons
	case err != nil:
		b.log.Error("an answer can't be stored, so it has no buttons", "error", err)
	default:
		m.Exchange = exchange
		m.Buttons = answerButtons(in.language(), exchange, a, len(m.Folded) == 0)
		if last := len(m.Buttons) - 1; len(a.Claims) > 0 {
			if b.corrections != nil && in.settings.corrections != off {
				m.Buttons[last] = append(m.Buttons[last], Button{Text: "🔔", Data: buttonData(bellData, exchange)})
			}
			if in.Private {
				m.Buttons[last] = append(m.Buttons[last], Button{Text: in.say("share_button"), Query: fmt.Sprintf("#%d", exchange)})
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
			b.log.Error("the message id of an answer can't be stored", "error", err)
		}
	}
	return nil
}

// answerButtons returns the buttons under an answer. If its evidence isn't shown, each
// reworded claim has a button to its paragraph.
func answerButtons(lang text.Language, exchange int64, a *answer.Answer, noEvidence bool) [][]Button {
	var read, rate []Button
	byClaim := noEvidence && len(reworded(a)) > 0 && len(a.Claims) > 1
	if len(a.Claims) > 0 {
		if !byClaim {
			read = append(read, Button{Text: say(lang, "passage_button"), Data: buttonData(passageData, exchange)})
		}
		rate = []Button{{Text: "👍", Data: buttonData(goodData, exchange)}, {Text: "👎", Data: buttonData(badData, exchange)}}
	}
	if len(a.Footnotes) > 0 {
		read = append(read, Button{Text: say(lang, "sources_button"), Data: buttonData(sourcesData, exchange)})
	}
	if len(a.PassageIDs) > 0 {
		read = append(read, Button{Text: say(lang, "more_button"), Data: buttonData(moreData, exchange, 0)})
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

// claimButtons returns buttons that open the paragraph behind each claim of an answer,
// if its evidence had no room.
func claimButtons(exchange int64, a *answer.Answer) [][]Button {
	var buttons []Button
	cited := 0
	for i, claim := range a.Claims {
		if len(claim.Sources) > 0 {
			buttons = append(buttons, Button{Text: fmt.Sprintf("📄 %d", i+1), Data: buttonData(passageData, exchange, cited)})
		}
		cited += len(claim.Sources)
	}
	return slices.Collect(slices.Chunk(buttons[:min(maxCited, len(buttons))], inRow))
}
