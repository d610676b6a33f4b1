package bot

import (
	"context"
	"errors"
)

// errStopped is the cause of a context that a person stopped.
var errStopped = errors.New("stopped by a person")

// Stop stops the answer in progress in a thread, for the transport's own stop button. If
// there is none, it does nothing.
func (b *Bot) Stop(thread string) {
	if r := b.answering.in(thread); r != nil {
		r.cancel(errStopped)
	}
}

// stopAnswer stops the answer in a thread, which the person who asked and the chat's
// administrators may do. If it was not stopped, it returns the reason for the person.
func (b *Bot) stopAnswer(ctx context.Context, in Incoming, out Responder) (whyNot string, err error) {
	r := b.answering.in(in.Thread)
	if r == nil {
		return in.say("nothing_to_stop"), nil
	}
	if !in.Private && (r.asker != in.Sender || in.Sender.Anonymous) {
		ok, err := b.allows(ctx, chatAdmins, in.Sender, out)
		if err != nil || !ok {
			return in.say("not_yours_to_stop"), err
		}
	}
	r.cancel(errStopped)
	return "", nil
}

// stop is the command /stop. After a stop, the answer in progress becomes the confirmation.
func (b *Bot) stop(ctx context.Context, in Incoming, _ string, out Responder) error {
	whyNot, err := b.stopAnswer(ctx, in, out)
	if err != nil || whyNot == "" {
		return err
	}
	return b.show(ctx, out, textMessage(whyNot))
}

func (b *Bot) stopPressed(ctx context.Context, p Callback, _ string, out CallbackResponder) error {
	whyNot, err := b.stopAnswer(ctx, p.incoming(), out)
	if err == nil && whyNot != "" {
		out.Toast(ctx, whyNot)
	}
	return err
}
