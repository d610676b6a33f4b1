package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"reportbot/store"
	"reportbot/store/reload"
	"reportbot/store/report"
	"reportbot/store/text"
)

// reload loads the report again and replies with what changed.
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
		return b.sendPhrase(ctx, in, out, "loading")
	case err != nil:
		b.log.Warn("the report can't be reloaded", "error", err)
		return b.sendPhrase(ctx, in, out, "reload_failed", "Why", whyUnreadable(lang, err))
	case !outcome.Changed:
		return b.sendPhrase(ctx, in, out, "reload_same", "N", outcome.Live.ID)
	}
	if err := b.recordAudit(ctx, in.Sender, "reload", outcome.Live.ID); err != nil {
		return err
	}
	m := titled(say(lang, "reloaded", "N", outcome.Live.ID, "Title", title(outcome.Live, lang)))
	if outcome.File != "" {
		m.addText(say(lang, "reloaded_file", "Name", outcome.File))
	}
	if outcome.Comparison != nil {
		m.compare(lang, outcome.Comparison)
	}
	if corrected := b.correctedLine(ctx, lang, outcome.Live.ID, phrase("corrects"), phrase("corrects_again")); corrected != "" {
		m.addText(corrected)
	}
	for _, warning := range outcome.Warnings {
		m.addText("⚠ " + warning)
	}
	if outcome.Integrity.Fault != "" {
		m.addText("⚠ " + outcome.Integrity.Fault)
	}
	b.exam(ctx, &m, lang, outcome.Live)
	return b.show(ctx, out, m)
}

// The phrases for why a file is refused, and for what the person can do.
var (
	refusalPhrases = map[report.Reason]phrase{
		report.Encrypted: phrase("refused_encrypted"), report.OnlyPictures: phrase("refused_pictures"), report.Damaged: phrase("refused_damaged"),
		report.Macros: phrase("refused_macros"), report.TooMuch: phrase("refused_too_much"),
	}
	advicePhrases = map[report.Way]phrase{
		report.SaveAsPDF: phrase("way_pdf"), report.SaveAsEPUB: phrase("way_epub"), report.SaveAsHTML: phrase("way_html"), report.SendText: phrase("way_text"),
		report.Unpack: phrase("way_unpack"),
	}
)

// whyUnreadable returns which report can't be read, why, and what the person can do.
func whyUnreadable(lang text.Language, err error) string {
	var refused *report.RefusedError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	reason := cmp.Or(refusalPhrases[refused.Reason], phrase("refused_format"))
	advice := ""
	if refused.Way != "" {
		advice = say(lang, cmp.Or(advicePhrases[refused.Way], phrase("way_docx")))
	}
	which := strings.TrimSuffix(err.Error(), refused.Error())
	return which + say(lang, reason, "Format", refused.Format, "Way", advice)
}
