package telegram

import (
	"errors"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/store"
)

// answer answers one message and records the outcome.
func (t *runner) answer(update store.Update, q question, s *slot, resumed, edited bool) {
	if t.muted.isMuted(q.place) {
		t.finish(update.ID, Forgotten)
		return
	}
	if now := t.chats.current(q.place.chat); now != q.place.chat {
		q.move(now)
	}
	if q.file != nil {
		q.in.Upload = &bot.Upload{Name: q.file.name, Size: q.file.size, Read: t.outbox.download(q.file.id)}
	}
	out := t.responder(update, q, s)
	known, err := t.loadEarlierReply(out, resumed, edited)
	if err == nil && edited && !known {
		t.finish(update.ID, Ignored) // the original got no reply, so its edit gets none
		return
	}
	if err == nil {
		err = t.handle(q, out, resumed)
	}
	out.close()
	t.conclude(update, out, err)
}

// responder returns the responder for a question.
func (t *runner) responder(update store.Update, q question, s *slot) *responder {
	return newResponder(t.work, t.outbox, t.replies, s, update.ID, q)
}

// conclude records the outcome of an update.
func (t *runner) conclude(update store.Update, out *responder, err error) {
	switch {
	case errors.Is(err, bot.ErrRequeued), err != nil && t.requeued(): // the update stays pending
	case mayNotWrite(err):
		if t.muted.mute(out.to.place, err) {
			t.log.Warn("no permission to write in a chat; answering nothing there for a while", "chat", out.name(), "for", mutedFor, "error", err)
		}
		t.finish(update.ID, Forgotten)
	case errors.Is(err, tg.ErrorForbidden):
		t.queue.dropPending(out.to.place.chat)
		t.chats.forget(t.work, out.to.place.chat)
		t.finish(update.ID, Forgotten)
	case err != nil: // also if the person got an apology
		t.markFailed(update, err)
	case out.done:
		t.meter.Settled(Answered)
	case len(out.reply.Messages) > 0:
		t.finish(update.ID, Answered)
	default:
		t.finish(update.ID, Ignored)
	}
}

// loadEarlierReply loads into a responder what was shown before: by an earlier run for
// the same update, or for the question before it was edited. known reports whether there
// was an earlier reply.
func (t *runner) loadEarlierReply(out *responder, resumed, edited bool) (known bool, err error) {
	var before store.Reply
	err = store.ErrNotFound
	if resumed {
		if before, err = t.replies.Reply(t.work, out.reply.Update); err == nil {
			out.reply, out.stored = before, true
		}
	}
	if edited && errors.Is(err, store.ErrNotFound) {
		if before, err = t.replies.ReplyTo(t.work, out.reply.Chat, out.reply.Question); err == nil {
			out.reply.Messages, out.editsEarlier = before.Messages, true
		}
	}
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// handle passes a message to the conversation. A panic fails only this update; the person
// gets an apology.
func (t *runner) handle(q question, out *responder, resumed bool) error {
	err := t.resumeOr(out, resumed, func() error { return t.conversation.Handle(t.work, q.in, out) })
	if errors.Is(err, errPanic) && !out.done {
		err = errors.Join(err, t.conversation.Apologise(t.work, q.in, out))
	}
	return err
}

// resumeOr sends an answer that was ready before a restart, else calls handle. It turns
// a panic into an error.
func (t *runner) resumeOr(out *responder, resumed bool, handle func() error) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = panicError(panicked)
		}
	}()
	if resumed {
		if ready, err := out.resume(t.work); ready || err != nil {
			return err
		}
	}
	return handle()
}
