package bot

import (
	"context"
	"slices"

	"reportbot/store/text"
)

// reasons are why an answer may be bad, as its buttons and the store name them.
var reasons = []string{"wrong", "missing", "source", "unclear"}

func reasonButton(lang text.Language, reason string) string {
	switch reason {
	case "wrong":
		return say(lang, "why_wrong")
	case "missing":
		return say(lang, "why_missing")
	case "source":
		return say(lang, "why_source")
	}
	return say(lang, "why_unclear")
}

func (b *Bot) goodPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, _, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known {
		return err
	}
	return b.rate(ctx, p, e.ID, true, "", out)
}

// badPressed stores that an answer is bad, and shows buttons for why.
func (b *Bot) badPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, _, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known {
		return err
	}
	if err := b.rate(ctx, p, e.ID, false, "", out); err != nil {
		return err
	}
	lang := p.language()
	m := textMessage(say(lang, "why_bad"))
	m.Buttons = reasonButtons(lang, e.ID)
	return b.show(ctx, out, m)
}

func (b *Bot) whyPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, reason, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known || !slices.Contains(reasons, reason) {
		return err
	}
	if err := b.rate(ctx, p, e.ID, false, reason, out); err != nil {
		return err
	}
	return out.Replace(ctx, textMessage(say(p.language(), "thanks_for_why")))
}

func (b *Bot) rate(ctx context.Context, p Callback, exchange int64, good bool, why string, out CallbackResponder) error {
	if err := b.memory.Rate(ctx, exchange, p.Sender.ID, good, why); err != nil {
		return b.toastIfGone(ctx, p, out, err)
	}
	out.Toast(ctx, say(p.language(), "thanks"))
	return nil
}
