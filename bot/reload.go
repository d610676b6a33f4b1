package bot

import (
	"context"
	"errors"

	"reportbot/store"
	"reportbot/store/reload"
)

// reload reads the report again and says what changed.
func (b *Bot) reload(ctx context.Context, in Incoming, _ string, out Responder) error {
	lang := in.language()
	if err := out.Working(ctx, textMessage(say(lang, "reload_reading"))); err != nil {
		return errors.Join(errShow, err)
	}
	outcome, err := b.reloader.Reload(ctx, admin(in.Sender), func(step reload.Step) {
		if step == reload.Storing {
			out.Partial(ctx, textMessage(say(lang, "reload_storing")))
		}
	})
	switch {
	case errors.Is(context.Cause(ctx), ErrRequeued):
		return ErrRequeued
	case errors.Is(err, store.ErrLoading):
		return b.tell(ctx, in, out, "loading")
	case err != nil:
		b.log.Warn("the report can't be reloaded", "error", err)
		return b.tell(ctx, in, out, "reload_failed", "Why", whyUnreadable(lang, err))
	case !outcome.Changed:
		return b.tell(ctx, in, out, "reload_same", "N", outcome.Live.ID)
	}
	if err := b.audited(ctx, in.Sender, "reload", outcome.Live.ID); err != nil {
		return err
	}
	m := Message{Lines: []Line{{{Text: say(lang, "reloaded", "N", outcome.Live.ID, "Title", title(outcome.Live, lang)), Bold: true}}}}
	if outcome.File != "" {
		m.say(say(lang, "reloaded_file", "Name", outcome.File))
	}
	if outcome.Comparison != nil {
		m.compare(lang, outcome.Comparison)
	}
	if touched := b.touches(ctx, lang, outcome.Live.ID, phrase("corrects"), phrase("corrects_again")); touched != "" {
		m.say(touched)
	}
	for _, warning := range outcome.Warnings {
		m.say("⚠ " + warning)
	}
	if outcome.Integrity.Fault != "" {
		m.say("⚠ " + outcome.Integrity.Fault)
	}
	b.exam(ctx, &m, lang, outcome.Live)
	return b.show(ctx, out, m)
}
