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
		b.log.Error("an answer can't be remembered: it has no buttons", "error", err)
	default:
		m.Exchange = exchange
		m.Buttons = answerButtons(in.language(), exchange, a, len(m.Folded) == 0)
		if last := len(m.Buttons) - 1; len(a.Claims) > 0 {
			if b.corrections != nil && in.settings.corrections != off {
				m.Buttons[last] = append(m.Buttons[last], Button{Text: "🔔", Data: dataOf(bellData, exchange)})
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
			b.log.Error("where an answer stands can't be remembered", "error", err)
		}
	}
	return nil
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
	if len(a.PassageIDs) > 0 {
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

// claimButtons returns buttons that open the paragraph behind each claim of an answer
// without room for its evidence.
func claimButtons(exchange int64, a *answer.Answer) [][]Button {
	var buttons []Button
	cited := 0
	for i, claim := range a.Claims {
		if len(claim.Sources) > 0 {
			buttons = append(buttons, Button{Text: fmt.Sprintf("📄 %d", i+1), Data: dataOf(passageData, exchange, cited)})
		}
		cited += len(claim.Sources)
	}
	return slices.Collect(slices.Chunk(buttons[:min(mostCited, len(buttons))], inRow))
}
