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

// dispatch decodes an update and queues its job, without waiting for it. resumed means
// that the update is pending from an earlier run.
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

// dispatchQuestion queues a message if it is addressed to the bot. An edit that changes
// nothing is ignored.
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

// enqueue adds a question to its chat's queue. If the queue is full, the person gets a
// notice to wait instead.
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

// queueJob adds a job to its chat's queue. It reports false, and adds nothing, if the
// queue is full.
func (t *runner) queueJob(update store.Update, q question, resumed bool, run func(s *slot)) bool {
	j := job{person: personOf(q.sender), run: run, drop: func() { t.finish(update.ID, Forgotten) }}
	if resumed { // it was queued before the restart
		t.queue.add(t.accepting, q.place.chat, j)
		return true
	}
	return t.queue.offer(t.accepting, q.place.chat, j)
}

// enqueueWaitNotice queues a notice to wait, unless too many are queued for the chat already.
func (t *runner) enqueueWaitNotice(update store.Update, where place, say func(s *slot)) {
	if !t.queue.queueWaitNotice(t.accepting, where.chat, say) {
		t.finish(update.ID, Refused)
	}
}

// waitNoticeTimeout is how late a notice to wait may come; later it would only confuse.
const waitNoticeTimeout = time.Minute

// sendWaitNotice replies that too many questions are pending, once that delays no answer,
// and finishes the update.
func (t *runner) sendWaitNotice(update store.Update, q question, s *slot) {
	if t.muted.isMuted(q.place) {
		t.finish(update.ID, Forgotten)
		return
	}
	ctx, cancel := context.WithTimeout(t.work, waitNoticeTimeout)
	defer cancel()
	defer context.AfterFunc(t.accepting, cancel)() // a shutdown does not wait for it
	out := t.responder(update, q, s)
	out.lowPriority = true
	err := t.conversation.PleaseWait(ctx, q.in, out)
	switch {
	case out.done:
		t.meter.Settled(Refused)
	case t.accepting.Err() != nil: // the update stays pending
	case err != nil && ctx.Err() == nil:
		t.conclude(update, out, err)
	default:
		t.finish(update.ID, Refused)
	}
}

// personOf returns the id to count a job under; 0 for anonymous administrators, who all
// share one id.
func personOf(sender bot.Sender) int64 {
	if sender.Anonymous {
		return 0
	}
	return sender.ID
}

// enqueueCallback queues a callback query as a priority job, or in its chat's queue if it
// asks a question. If too many are pending, it is rejected with a notice to wait.
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

// rejectCallback answers a callback query with the notice to wait.
func (t *runner) rejectCallback(update store.Update, p callback, s *slot) {
	ctx, cancel := context.WithTimeout(t.work, optionalTimeout)
	defer cancel()
	in := bot.Incoming{Chat: p.event.Chat, Thread: p.event.Thread, Private: p.event.Private, Sender: p.sender, Client: p.event.Client}
	out := t.callbackResponder(update, p, s)
	if err := t.conversation.PleaseWait(ctx, in, toaster{out}); err != nil {
		t.log.Warn("can't answer a callback query", "error", err)
	}
	t.finish(update.ID, Refused)
}

// enqueueAlbum queues the one message of an album to answer. Messages still waiting for it
// at shutdown stay pending in the inbox.
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
