package bot

import (
	"context"
	"errors"
	"sync"
)

// errStopped is why an answer ends that somebody stopped.
var errStopped = errors.New("stopped by a person")

// stopData is the data of the button that stops an answer.
const stopData = "stop"

// answering is the answers that are being made, by the thread they are for.
// Messages of one thread are answered one after the other.
type answering struct {
	mu      sync.Mutex
	threads map[string]*running
}

type running struct {
	asker  Sender
	cancel context.CancelCauseFunc
}

// begin returns the context of an answer in thread, and what ends it.
func (a *answering) begin(ctx context.Context, thread string, asker Sender) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &running{asker, cancel}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.threads == nil {
		a.threads = map[string]*running{}
	}
	a.threads[thread] = r
	return ctx, func() {
		cancel(nil)
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.threads[thread] == r {
			delete(a.threads, thread)
		}
	}
}

// atWork does work that a person may stop: a note with a button for it is shown
// meanwhile, and what work shows by partial has the button too. After it
// nothing can be stopped any more. It returns what work returns, or ErrRequeued
// where that is why ctx ended.
func (b *Bot) atWork(ctx context.Context, in Incoming, note string, out Responder, work func(ctx context.Context, partial func(Message)) error) error {
	ctx, end := b.answering.begin(ctx, in.Thread, in.Sender)
	defer end() // also where work panics
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

// sayStopped says that work was stopped before there was anything to show.
func (b *Bot) sayStopped(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(context.WithoutCancel(ctx), in, out, "stopped")
}

func (a *answering) in(thread string) *running {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.threads[thread]
}

// Stop stops the answer that is being made in a thread, where the person has
// pressed the stop button of the transport's own; without one it does nothing.
func (b *Bot) Stop(thread string) {
	if r := b.answering.in(thread); r != nil {
		r.cancel(errStopped)
	}
}

// halt stops the answer in a thread for who asked or administers the chat, and
// says why not; an empty refusal: it was stopped.
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

// stop is the command; the answer itself then says that it was stopped.
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
