package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"reportbot/bot"
	"reportbot/store"
)

// dispatch decodes an update and queues what it asks for, without waiting for it.
// resumed says that the update is left over from an earlier run.
func (t *runner) dispatch(update store.Update, resumed bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			t.markFailed(update, fmt.Errorf("can't be read: %w", panicError(panicked)))
		}
	}()
	d, err := decode(update.Body, t.me)
	switch {
	case errors.Is(err, errNoMessage):
		t.finish(update.ID, Ignored)
	case err != nil:
		t.markFailed(update, fmt.Errorf("can't be decoded: %w", err))
	case d.moved != nil:
		t.chats.move(d.moved.old, d.moved.new)
		t.finish(update.ID, Ignored)
	case d.removed != 0:
		t.queue.dropPending(d.removed)
		t.chats.forget(t.work, d.removed)
		t.finish(update.ID, Forgotten)
	case d.rightsChanged != 0:
		t.muted.unmute(d.rightsChanged)
		t.finish(update.ID, Ignored)
	case d.stopped != nil:
		t.conversation.Stop(d.stopped.key())
		t.finish(update.ID, Answered)
	case d.inline != nil:
		t.enqueueInline(update, *d.inline)
	case d.callback != nil:
		t.enqueueCallback(update, *d.callback, resumed)
	default:
		t.dispatchQuestion(update, *d.question, resumed, d.edited)
	}
}

// dispatchQuestion queues a message if it is for the bot. An edit that changes nothing
// is ignored.
func (t *runner) dispatchQuestion(update store.Update, q question, resumed, edited bool) {
	if !t.conversation.ShouldAnswer(q.in) {
		t.finish(update.ID, Ignored)
		return
	}
	if q.in.Received = update.Received; q.in.Received.IsZero() {
		q.in.Received = time.Now()
	}
	changed := t.edits.record(q)
	switch {
	case edited && !changed:
		t.finish(update.ID, Ignored)
	case !edited && t.inAlbum(q):
		t.enqueueAlbum(albumMessage{update, q, resumed})
	default:
		if q.in.Joined {
			t.muted.unmute(q.place.chat)
		}
		t.enqueue(update, q, resumed, edited)
	}
}

// enqueue puts a question behind those of its chat. If too many wait there, the person
// is told so instead.
func (t *runner) enqueue(update store.Update, q question, resumed, edited bool) {
	answer := func(s *slot) { t.answer(update, q, s, resumed, edited) }
	if t.conversation.Urgent(q.in) {
		t.queue.prioritize(t.accepting, answer)
		return
	}
	if !t.queueJob(update, q, resumed, answer) {
		t.enqueueWaitNotice(update, q.place, func(s *slot) { t.sendWaitNotice(update, q, s) })
	}
}

// queueJob puts a job behind those of its chat. It reports false, and queues nothing, if
// too many wait there.
func (t *runner) queueJob(update store.Update, q question, resumed bool, run func(s *slot)) bool {
	j := job{person: personOf(q.sender), run: run, drop: func() { t.finish(update.ID, Forgotten) }}
	if resumed { // it had its place in the queue before
		t.queue.add(t.accepting, q.place.chat, j)
		return true
	}
	return t.queue.offer(t.accepting, q.place.chat, j)
}

// sayWait has somebody told to wait, unless too many of the chat are being told already.
func (t *runner) enqueueWaitNotice(update store.Update, where place, say func(s *slot)) {
	if !t.queue.queueWaitNotice(t.accepting, where.chat, say) {
		t.finish(update.ID, Refused)
	}
}

// putOffFor is how late the notice to wait may come; later it would only confuse.
const waitNoticeTimeout = time.Minute

// putOff tells the person that too many questions wait, once that delays no answer.
// Their question is then finished.
func (t *runner) sendWaitNotice(update store.Update, q question, s *slot) {
	if t.muted.isMuted(q.place) {
		t.finish(update.ID, Forgotten)
		return
	}
	ctx, cancel := context.WithTimeout(t.work, waitNoticeTimeout)
	defer cancel()
	defer context.AfterFunc(t.accepting, cancel)() // nobody waits for this to end
	out := t.responder(update, q, s)
	out.lowPriority = true
	err := t.conversation.PleaseWait(ctx, q.in, out)
	switch {
	case out.done:
		t.meter.Settled(Refused)
	case t.accepting.Err() != nil: // it stays in the inbox
	case err != nil && ctx.Err() == nil:
		t.conclude(update, out, err)
	default:
		t.finish(update.ID, Refused)
	}
}

// personOf returns whose job it is; 0 for anonymous administrators, who all share one
// id.
func personOf(sender bot.Sender) int64 {
	if sender.Anonymous {
		return 0
	}
	return sender.ID
}

// enqueuePress has a press handled at once, or in its chat's turn if it asks a question.
// If too many presses of the same person wait already, they are only told so.
func (t *runner) enqueueCallback(update store.Update, p callback, resumed bool) {
	handle := func(s *slot) { t.handleCallback(update, p, s, resumed) }
	var queued bool
	if p.place.chat != 0 && t.conversation.IsQuestion(p.event) {
		queued = t.queueJob(update, p.question, resumed, handle)
	} else {
		queued = t.queue.prioritizeFor(t.accepting, p.sender.ID, handle)
	}
	if !queued {
		t.enqueueWaitNotice(update, p.place, func(s *slot) { t.rejectCallback(update, p, s) })
	}
}

// putOffPress answers a press with the notice that too many wait.
func (t *runner) rejectCallback(update store.Update, p callback, s *slot) {
	ctx, cancel := context.WithTimeout(t.work, optionalTimeout)
	defer cancel()
	in := bot.Incoming{Chat: p.event.Chat, Thread: p.event.Thread, Private: p.event.Private, Sender: p.sender, Client: p.event.Client}
	out := t.callbackResponder(update, p, s)
	if err := t.conversation.PleaseWait(ctx, in, toaster{out}); err != nil {
		t.log.Warn("a press can't be put off", "error", err)
	}
	t.finish(update.ID, Refused)
}

// enqueueAlbum queues the message of an album that is to be answered. Those that still
// wait when the program ends stay in the inbox.
func (t *runner) enqueueAlbum(m albumMessage) {
	answer, rest, first := t.albums.add(m)
	t.settleAlbum(answer, rest)
	if !first {
		return
	}
	t.queue.prioritize(t.accepting, func(s *slot) {
		_ = s.releaseWhile(t.accepting, func(ctx context.Context) error { sleep(ctx, albumWait); return nil })
		if t.accepting.Err() == nil {
			t.settleAlbum(t.albums.end(m.question))
		}
	})
}

func (t *runner) settleAlbum(answer *albumMessage, rest []albumMessage) {
	if answer != nil {
		t.enqueue(answer.update, answer.question, answer.resumed, false)
	}
	for _, m := range rest {
		t.finish(m.update.ID, Ignored)
	}
}

// inAlbum reports whether a question is one of several messages that get one reply.
// Files that an admin sends together are each a report.
func (t *runner) inAlbum(q question) bool {
	upload := q.file != nil && q.place.private && slices.Contains(t.admins, q.sender.ID)
	return q.album != "" && !upload
}
