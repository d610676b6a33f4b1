package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/store"
)

// shift is one run of a transport.
type shift struct {
	*Transport
	conversation Conversation
	taking       context.Context // ends when no further update may be begun
	work         context.Context // ends when those begun must end
}

// takeOver stores updates and hands those that are new on. Only once it returns
// without an error may Telegram forget them.
func (t *shift) takeOver(ctx context.Context, updates []store.Update) error {
	// Taking over is not broken off half-way: the updates are here already.
	fresh, err := t.inbox.Accept(context.WithoutCancel(ctx), updates)
	for _, update := range fresh {
		t.dispatch(update, false)
	}
	if err != nil {
		return err
	}
	return t.inbox.Sync()
}

// dispatch sees to it that an update is dealt with; resumed says that it is
// left over from an earlier run. It returns at once.
func (t *shift) dispatch(update store.Update, resumed bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			t.bury(update, fmt.Errorf("can't be read: %w", panicError(panicked)))
		}
	}()
	d, err := decode(update.Body, t.me)
	switch {
	case errors.Is(err, errNoMessage):
		t.finish(update.ID, Ignored)
	case err != nil:
		t.bury(update, fmt.Errorf("can't be decoded: %w", err))
	case d.moved != nil:
		t.chats.move(d.moved.old, d.moved.new)
		t.finish(update.ID, Ignored)
	case d.shutOut != 0:
		t.queue.clear(d.shutOut)
		t.chats.forget(t.work, d.shutOut)
		t.finish(update.ID, Forgotten)
	case d.rights != 0:
		t.muted.lift(d.rights)
		t.finish(update.ID, Ignored)
	case d.stopped != nil:
		t.conversation.Stop(d.stopped.key())
		t.finish(update.ID, Answered)
	case d.inline != nil:
		t.enqueueInline(update, *d.inline)
	case d.press != nil:
		t.enqueuePress(update, *d.press, resumed)
	case !t.conversation.ShouldAnswer(d.question.in):
		t.finish(update.ID, Ignored)
	case !t.edits.changed(*d.question) && d.edited:
		t.finish(update.ID, Ignored)
	case t.inAlbum(*d.question) && !d.edited:
		t.enqueueAlbum(albumMessage{update, *d.question, resumed})
	default:
		if d.question.in.Joined {
			t.muted.lift(d.question.place.chat)
		}
		t.enqueue(update, *d.question, resumed, d.edited)
	}
}

// enqueue puts a question behind those of its chat, if there is room.
func (t *shift) enqueue(update store.Update, q question, resumed, edited bool) {
	answer := job{
		person: personOf(q.sender),
		run:    func(s *slot) { t.answer(update, q, s, resumed, edited) },
		drop:   func() { t.finish(update.ID, Forgotten) },
	}
	switch {
	case t.conversation.Urgent(q.in):
		t.queue.beside(t.taking, answer.run)
	case resumed: // it was let in before
		t.queue.add(t.taking, q.place.chat, answer)
	case t.queue.offer(t.taking, q.place.chat, answer):
	case !t.queue.decline(t.taking, q.place.chat, func(s *slot) { t.putOff(update, q, s) }):
		t.finish(update.ID, Refused)
	}
}

// putOffFor is how long it may take until somebody is told to wait; later that
// would only confuse.
const putOffFor = time.Minute

// putOff tells somebody that too many questions wait, when that delays no
// answer. That settles the question.
func (t *shift) putOff(update store.Update, q question, s *slot) {
	if t.muted.at(q.place) {
		t.finish(update.ID, Forgotten)
		return
	}
	ctx, cancel := context.WithTimeout(t.work, putOffFor)
	defer cancel()
	defer context.AfterFunc(t.taking, cancel)() // nobody waits for this to end
	out := newResponder(t.work, t.outbox, t.replies, s, update.ID, q)
	out.modest = true
	err := t.conversation.PleaseWait(ctx, q.in, out)
	switch {
	case out.done:
		t.meter.Settled(Refused)
	case t.taking.Err() != nil: // it stays in the inbox
	case err != nil && ctx.Err() == nil:
		t.conclude(update, out, err)
	default:
		t.finish(update.ID, Refused)
	}
}

// personOf returns whose job it is; nobody's in particular for who writes in a
// group's name, as many do under one id.
func personOf(sender bot.Sender) int64 {
	if sender.Anonymous {
		return 0
	}
	return sender.ID
}

// answer deals with one message.
func (t *shift) answer(update store.Update, q question, s *slot, resumed, edited bool) {
	if t.muted.at(q.place) {
		t.finish(update.ID, Forgotten)
		return
	}
	if now := t.chats.now(q.place.chat); now != q.place.chat {
		q.move(now)
	}
	if q.file != nil {
		q.in.Upload = &bot.Upload{Name: q.file.name, Size: q.file.size, Read: t.outbox.download(q.file.id)}
	}
	out := newResponder(t.work, t.outbox, t.replies, s, update.ID, q)
	known, err := t.recall(out, resumed, edited)
	if err == nil && edited && !known {
		t.finish(update.ID, Ignored) // what was no question then is none now
		return
	}
	if err == nil {
		err = t.handle(q, out, resumed)
	}
	out.close()
	t.conclude(update, out, err)
}

// enqueuePress deals with a press at once, unless too many of the same person's
// are being dealt with: then it is only answered.
func (t *shift) enqueuePress(update store.Update, p press, resumed bool) {
	switch {
	case t.queue.besideFor(t.taking, p.sender.ID, func(s *slot) { t.press(update, p, s, resumed) }):
	case !t.queue.decline(t.taking, p.place.chat, func(s *slot) { t.putOffPress(update, p, s) }):
		t.finish(update.ID, Refused)
	}
}

// putOffPress answers a press with a word that too many wait.
func (t *shift) putOffPress(update store.Update, p press, s *slot) {
	ctx, cancel := context.WithTimeout(t.work, spareTimeout)
	defer cancel()
	in := bot.Incoming{Chat: p.press.Chat, Thread: p.press.Thread, Private: p.press.Private, Sender: p.sender, Client: p.press.Client}
	out := newPresser(newResponder(t.work, t.outbox, t.replies, s, update.ID, p.question), p.query)
	if err := t.conversation.PleaseWait(ctx, in, toaster{out}); err != nil {
		t.log.Warn("a press can't be put off", "error", err)
	}
	t.finish(update.ID, Refused)
}

// press deals with one press of a button.
func (t *shift) press(update store.Update, p press, s *slot, resumed bool) {
	out := newPresser(newResponder(t.work, t.outbox, t.replies, s, update.ID, p.question), p.query)
	if p.place.chat == 0 { // there is nowhere to say more
		out.close()
		t.finish(update.ID, Ignored)
		return
	}
	_, err := t.recall(out.responder, resumed, false)
	if err == nil {
		err = t.handlePress(p.press, out, resumed)
	}
	out.close()
	t.conclude(update, out.responder, err)
}

// conclude records what became of an update.
func (t *shift) conclude(update store.Update, out *responder, err error) {
	switch {
	case errors.Is(err, bot.ErrRequeued): // it stays in the inbox
	case mayNotWrite(err):
		if t.muted.note(out.to.place, err) {
			t.log.Warn("the bot may not write in a chat; for a while it answers nothing there", "chat", out.name(), "for", mutedFor, "error", err)
		}
		t.finish(update.ID, Forgotten)
	case errors.Is(err, tg.ErrorForbidden):
		t.queue.clear(out.to.place.chat)
		t.chats.forget(t.work, out.to.place.chat)
		t.finish(update.ID, Forgotten)
	case err != nil: // also where the person was told so
		t.bury(update, err)
	case out.done:
		t.meter.Settled(Answered)
	case len(out.reply.Messages) > 0:
		t.finish(update.ID, Answered)
	default:
		t.finish(update.ID, Ignored)
	}
}

// recall tells a responder what was shown before, if anything was: in an
// earlier run, or for the question before it was edited.
func (t *shift) recall(out *responder, resumed, edited bool) (known bool, err error) {
	var before store.Reply
	err = store.ErrNotFound
	if resumed {
		if before, err = t.replies.Reply(t.work, out.reply.Update); err == nil {
			out.reply, out.begun = before, true
		}
	}
	if edited && errors.Is(err, store.ErrNotFound) {
		if before, err = t.replies.ReplyTo(t.work, out.reply.Chat, out.reply.Question); err == nil {
			out.reply.Messages, out.again = before.Messages, true
		}
	}
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// handle answers one message. A panic in it is this update's failure alone,
// and whoever wrote is told.
func (t *shift) handle(q question, out *responder, resumed bool) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = panicError(panicked)
			if !out.done {
				err = errors.Join(err, t.conversation.Apologise(t.work, q.in, out))
			}
		}
	}()
	if resumed {
		if ready, err := out.resume(t.work); ready || err != nil {
			return err
		}
	}
	return t.conversation.Handle(t.work, q.in, out)
}

// handlePress carries out one button. A panic in it is this press's failure
// alone.
func (t *shift) handlePress(p bot.Callback, out *presser, resumed bool) (err error) {
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
	return t.conversation.HandleCallback(t.work, p, out)
}

// panicError returns what a panic is told as; it is called where it is
// recovered.
func panicError(panicked any) error {
	return fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
}

// finish records that an update is dealt with.
func (t *shift) finish(id int64, outcome Outcome) {
	t.meter.Settled(outcome)
	t.settled(id, t.inbox.MarkDone(context.WithoutCancel(t.work), id))
}

// bury records that an update can't be dealt with.
func (t *shift) bury(update store.Update, cause error) {
	t.meter.Settled(Buried)
	t.log.Error("an update could not be dealt with", "update", update.ID, "error", cause)
	t.settled(update.ID, t.inbox.MarkFailed(context.WithoutCancel(t.work), update, cause.Error()))
}

func (t *shift) settled(id int64, err error) {
	if err != nil {
		t.log.Error("an update's state can't be stored", "update", id, "error", err)
	}
}
