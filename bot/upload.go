package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// maxUpload is the largest accepted file in bytes: Telegram's limit for bots.
const maxUpload = 20 << 20

// upload stages a report that an admin sent, and shows what is wrong with it and what
// it would change. It doesn't make it live.
func (b *Bot) upload(ctx context.Context, in Incoming, out Responder) error {
	if in.Upload.Size > maxUpload {
		return b.sendPhrase(ctx, in, out, "upload_too_large", "Name", in.Upload.Name)
	}
	lang := in.language()
	if err := out.Working(ctx, textMessage(say(lang, "upload_reading"))); err != nil {
		return errors.Join(errShow, err)
	}
	data, err := in.Upload.Read(ctx, maxUpload)
	if err != nil {
		return errors.Join(err, b.sendPhrase(ctx, in, out, "upload_lost", "Name", in.Upload.Name))
	}
	source, err := report.Upload(ctx, in.Upload.Name, data)
	return b.offer(ctx, in, in.Upload.Name, source, err, out)
}

// isAddress reports whether a message is an http(s) address and nothing else.
func isAddress(written string) bool {
	u, err := url.Parse(written)
	return err == nil && report.IsAddress(written) && u.Host != "" && len(strings.Fields(written)) == 1
}

// uploadAddress is upload for a report at an http(s) address.
func (b *Bot) uploadAddress(ctx context.Context, in Incoming, address string, out Responder) error {
	if err := out.Working(ctx, textMessage(say(in.language(), "upload_fetching"))); err != nil {
		return errors.Join(errShow, err)
	}
	source, err := report.Fetch(ctx, address)
	name := ""
	if source != nil {
		name = strings.TrimPrefix(source.Location, "upload:") // without its password
	}
	return b.offer(ctx, in, name, source, err, out)
}

// offer stages a report and asks the admin whether to make it live. If reading it
// failed, it replies with the reason.
func (b *Bot) offer(ctx context.Context, in Incoming, name string, source *report.Source, err error, out Responder) error {
	lang := in.language()
	var unfetched *report.FetchError
	switch {
	case errors.Is(context.Cause(ctx), ErrRequeued):
		return ErrRequeued
	case errors.As(err, &unfetched):
		b.log.Info("a report can't be fetched", "error", err)
		return b.sendPhrase(ctx, in, out, "upload_unfetched", "Why", err.Error())
	case err != nil:
		b.log.Info("an uploaded report can't be read", "error", err)
		return b.sendPhrase(ctx, in, out, "upload_unreadable", "Why", whyUnreadable(lang, err))
	}
	staged, err := b.memory.Stage(ctx, source, admin(in.Sender))
	if errors.Is(err, store.ErrLoading) {
		return b.sendPhrase(ctx, in, out, "loading")
	}
	if err != nil {
		return err
	}
	if err := b.recordAudit(ctx, in.Sender, "upload "+name, staged.ID); err != nil {
		return err
	}
	m, err := b.uploaded(ctx, lang, staged, source.Report)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

// uploaded describes a staged edition: its findings and its differences from the live one.
func (b *Bot) uploaded(ctx context.Context, lang text.Language, staged *store.Edition, r *report.Report) (Message, error) {
	m := titled(title(staged, lang))
	m.findings(lang, r)
	live, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	different, err := b.comparison(ctx, lang, live.ID, staged.ID)
	if err != nil {
		return Message{}, err
	}
	m.gap()
	m.Lines = append(m.Lines, different.Lines...)
	m.gap()
	if corrected := b.correctedLine(ctx, lang, staged.ID, phrase("would_correct"), phrase("would_correct_again")); corrected != "" {
		m.addText(corrected)
	}
	m.addText(say(lang, "upload_decide"))
	m.Buttons = [][]Button{{
		{Text: say(lang, "accept_button"), Data: buttonData(acceptData, staged.ID)},
		{Text: say(lang, "discard_button"), Data: buttonData(discardData, staged.ID)},
	}}
	return m, nil
}

// acceptPressed makes an uploaded report live.
func (b *Bot) acceptPressed(ctx context.Context, p Callback, n int64, out CallbackResponder) error {
	out.Toast(ctx, "") // comparing and the exam may take a while
	said, err := b.goLive(ctx, p.language(), p.Sender, "live", n)
	if err != nil {
		return err
	}
	m := textMessage(said)
	if live, err := b.live(ctx); err == nil && live.ID == n {
		b.exam(ctx, &m, p.language(), live)
	}
	return out.Replace(ctx, m)
}

// discardPressed deletes an uploaded report.
func (b *Bot) discardPressed(ctx context.Context, p Callback, n int64, out CallbackResponder) error {
	err := b.memory.Discard(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return out.Replace(ctx, textMessage(p.say("not_staged", "N", n)))
	}
	if err != nil {
		return err
	}
	if err := b.recordAudit(ctx, p.Sender, fmt.Sprintf("discard %d", n), n); err != nil {
		return err
	}
	return out.Replace(ctx, textMessage(p.say("discarded", "N", n)))
}
