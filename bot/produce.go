package bot

import (
	"context"
	"errors"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
)

// product is a finished answer, summary or check.
type product struct {
	answer *answer.Answer
	stored store.Exchange
	// message renders it; nil if there was nothing to check. hideNotice leaves out the
	// notice that no model is set.
	message func(ctx context.Context, hideNotice bool) Message
}

// produce calls work to make an answer, a summary or a check, then stores and sends it.
// Meanwhile it shows a note with a stop button, which it also adds to the messages that
// work passes to show.
func (b *Bot) produce(ctx context.Context, in Incoming, note phrase, out Responder, work func(ctx context.Context, show func(Message)) (product, error)) error {
	made, err := b.runStoppable(ctx, in, in.reply(note), out, work)
	// A complete result is sent and stored even if the person stops it. Once ctx is
	// cancelled with ErrRequeued, it is dropped: the question will be answered again.
	ctx = context.WithoutCancel(ctx)
	if errors.Is(err, context.Canceled) {
		return b.sendPhrase(ctx, in, out, "stopped")
	}
	if err != nil {
		return err
	}
	b.record(made.answer)
	if made.message == nil {
		return b.sendPhrase(ctx, in, out, "verify_nothing")
	}
	// An answer that isn't in the report is shown without the notice.
	noModel := made.answer.Notice == answer.NoModel && made.answer.Status != answer.NotInReport
	hideNotice := noModel && b.noModelNoticeShown(ctx, in)
	return b.sendAnswer(ctx, in, made.stored, made.answer, made.message(ctx, hideNotice), out)
}

// runStoppable runs work in a context that Stop and /stop cancel. It returns work's
// error, or ErrRequeued if that is why ctx was cancelled.
func (b *Bot) runStoppable(ctx context.Context, in Incoming, note Message, out Responder, work func(ctx context.Context, show func(Message)) (product, error)) (product, error) {
	ctx, end := b.answering.begin(ctx, in.Thread, in.Sender)
	defer end() // also if work panics
	stop := [][]Button{{{Text: in.say("stop_button"), Data: stopData}}}
	note.Buttons = stop
	if err := out.Working(ctx, note); err != nil {
		return product{}, errors.Join(errShow, err)
	}
	made, err := work(ctx, func(m Message) {
		m.Buttons = stop
		out.Partial(ctx, m)
	})
	if errors.Is(context.Cause(ctx), ErrRequeued) {
		return product{}, ErrRequeued
	}
	return made, err
}

// record logs and counts the outcome of a question, without its text.
func (b *Bot) record(a *answer.Answer) {
	if b.meter != nil {
		b.meter.Asked(a)
	}
	b.model.record(a)
	attributes := []any{"status", a.Status, "mode", a.Mode, "claims", len(a.Claims), "rejected", len(a.Rejected),
		"edition", a.Edition.ID, "took", a.Took.Total}
	if a.Cause != nil {
		b.log.Warn("answered without the model", append(attributes, "notice", a.Notice, "error", a.Cause)...)
		return
	}
	b.log.Info("answered", attributes...)
}

// noModelNoticeShown reports whether the chat has had the notice today that no model is
// set, and records that it has it now.
func (b *Bot) noModelNoticeShown(ctx context.Context, in Incoming) bool {
	today := time.Now().Format(time.DateOnly)
	if in.settings.noModel == today {
		return true
	}
	if err := b.memory.Set(ctx, in.Chat, noModelSetting, today); err != nil {
		b.log.Error("the day of the no-model notice can't be stored", "error", err) // the notice will be repeated
	}
	return false
}
