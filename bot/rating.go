package bot

import (
	"context"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// reasons are the reasons for a bad rating as stored, in the order of their buttons.
var reasons = []string{"wrong", "missing", "source", "unclear"}

var reasonPhrases = map[string]phrase{
	"wrong": phrase("why_wrong"), "missing": phrase("why_missing"), "source": phrase("why_source"), "unclear": phrase("why_unclear"),
}

// reasonButtons returns buttons for what was wrong with an answer.
func reasonButtons(lang text.Language, exchange int64) [][]Button {
	var buttons []Button
	for _, reason := range reasons {
		buttons = append(buttons, Button{Text: say(lang, reasonPhrases[reason]), Data: buttonData(whyData, exchange, reason)})
	}
	return slices.Collect(slices.Chunk(buttons, 2))
}

func (b *Bot) goodPressed(ctx context.Context, p Callback, e store.Exchange, _ string, out CallbackResponder) error {
	return b.rate(ctx, p, e.ID, true, "", out)
}

// badPressed stores that an answer is bad, and shows buttons for why.
func (b *Bot) badPressed(ctx context.Context, p Callback, e store.Exchange, _ string, out CallbackResponder) error {
	if err := b.rate(ctx, p, e.ID, false, "", out); err != nil {
		return err
	}
	m := textMessage(p.say("why_bad"))
	m.Buttons = reasonButtons(p.language(), e.ID)
	return b.show(ctx, out, m)
}

func (b *Bot) whyPressed(ctx context.Context, p Callback, e store.Exchange, reason string, out CallbackResponder) error {
	if !slices.Contains(reasons, reason) {
		return nil
	}
	if err := b.rate(ctx, p, e.ID, false, reason, out); err != nil {
		return err
	}
	return out.Replace(ctx, textMessage(p.say("thanks_for_why")))
}

func (b *Bot) rate(ctx context.Context, p Callback, exchange int64, good bool, why string, out CallbackResponder) error {
	if err := b.memory.Rate(ctx, exchange, p.Sender.ID, good, why); err != nil {
		return err
	}
	out.Toast(ctx, p.say("thanks"))
	return nil
}
