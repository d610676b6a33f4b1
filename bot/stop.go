package bot

import (
	"context"
	"errors"
)

// errStopped is the cause of a context that a person stopped.
var errStopped = errors.New("stopped by a person")

// stopData is the data of the button that stops an answer.
const stopData = "stop"

// atWork runs work that a person can stop: meanwhile it shows a note with a stop button,
// and messages that work passes to show have the button too. It returns work's error,
// or ErrRequeued if that is the cause of ctx's end.
func (b *Bot) atWork(ctx context.Context, in Incoming, note string, out Responder, work func(ctx context.Context, show func(Message)) error) error {
	ctx, end := b.answering.begin(ctx, in.Thread, in.Sender)
	defer end() // also if work panics
	stop := [][]Button{{{Text: say(in.language(), "stop_button"), Data: stopData}}}
	m := textMessage(note)
	m.Buttons = stop
	if err := out.Working(ctx, m); err != nil {
		return errors.Join(errShow, err)
	}
	err := work(ctx, func(m Message) {
		m.Buttons = stop
		out.Partial(ctx, m)
	})
	if errors.Is(context.Cause(ctx), ErrRequeued) {
		return ErrRequeued
	}
	return err
}

// sayStopped says that an answer was stopped before its first claim.
func (b *Bot) sayStopped(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(context.WithoutCancel(ctx), in, out, "stopped")
}

// Stop stops the answer in progress in a thread, for the transport's own stop button. If
// there is none, it does nothing.
func (b *Bot) Stop(thread string) {
	if r := b.answering.in(thread); r != nil {
		r.cancel(errStopped)
	}
}

// halt stops the answer in a thread, which the person who asked and the chat's
// administrators may do. It returns why not, empty if it was stopped.
func (b *Bot) halt(ctx context.Context, in Incoming, out Responder) (refusal string, err error) {
	lang := in.language()
	r := b.answering.in(in.Thread)
	if r == nil {
		return say(lang, "nothing_to_stop"), nil
	}
	if !in.Private && (r.asker != in.Sender || in.Sender.Anonymous) {
		ok, err := b.allows(ctx, chatAdmins, in.Sender, out)
		if err != nil || !ok {
			return say(lang, "not_yours_to_stop"), err
		}
	}
	r.cancel(errStopped)
	return "", nil
}

// stop is the command /stop. The answer itself says that it was stopped.
func (b *Bot) stop(ctx context.Context, in Incoming, _ string, out Responder) error {
	refusal, err := b.halt(ctx, in, out)
	if err != nil || refusal == "" {
		return err
	}
	return b.show(ctx, out, textMessage(refusal))
}

func (b *Bot) stopPressed(ctx context.Context, p Callback, _ string, out CallbackResponder) error {
	refusal, err := b.halt(ctx, p.incoming(), out)
	if err == nil && refusal != "" {
		out.Toast(ctx, refusal)
	}
	return err
}
