package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

const (
	// typingAfter is the delay before "typing" is shown. Most answers are ready sooner, and
	// cancelling the call would close its connection.
	typingAfter = 150 * time.Millisecond
	// typingEvery is how often "typing" is sent again; Telegram shows it for five
	// seconds.
	typingEvery = 4 * time.Second
	// draftEvery and editEvery are the minimum intervals between partial answers; an edit
	// counts against a group's limit of 20 messages a minute.
	draftEvery = 300 * time.Millisecond
	editEvery  = 3 * time.Second
	// resendDraftAfter is when a draft is sent again: Telegram drops it after 30 s.
	resendDraftAfter = 20 * time.Second
)

// responder answers one message: in a private chat with drafts and then a message,
// elsewhere with a placeholder that is edited into the answer. If the question was
// edited, its earlier answer is edited.
type responder struct {
	outbox       *outbox
	work         context.Context // cancelled with bot.ErrRequeued when updates in progress must stop
	replies      Replies
	slot         *slot
	to           question
	reply        store.Reply // as stored; in the store only after the first send
	lowPriority  bool        // its messages are sent when nothing else is to be sent
	stored       bool        // an earlier run stored the reply
	editsEarlier bool        // an earlier answer to the question is edited
	maybeSent    bool        // an earlier run may have sent the next message
	surplus      []int       // ids of messages that can't be edited, to be deleted after the last part is shown
	done         bool        // the whole reply is shown and the update finished

	stop    context.CancelFunc // of the typing loop
	stopped chan struct{}

	mu          sync.Mutex
	lastPartial content // the last partial answer that was shown
	shownAt     time.Time
}

func newResponder(work context.Context, out *outbox, replies Replies, s *slot, update int64, to question) *responder {
	return &responder{
		outbox: out, work: work, replies: replies, slot: s, to: to,
		reply: store.Reply{Update: update, Chat: to.place.chat, Question: to.message},
	}
}

// Working shows "typing", and outside private chats the placeholder. It fails if the bot
// may not write there.
func (r *responder) Working(ctx context.Context, note bot.Message) error {
	if !r.to.place.private && len(r.reply.Messages) == 0 {
		if err := r.placeholder(ctx, note); err != nil {
			return err
		}
	}
	ctx, r.stop = context.WithCancel(ctx)
	r.stopped = make(chan struct{})
	go func() {
		defer close(r.stopped)
		r.keepAlive(ctx)
	}()
	return nil
}

// placeholder sends the message that the answer will be edited into. It fails only if the
// bot may not write there, since the answer would fail too.
func (r *responder) placeholder(ctx context.Context, note bot.Message) error {
	parts := contents(note)
	if len(parts) == 0 {
		return nil
	}
	err := (&sendAttempt{responder: r, content: parts[0]}).run(ctx)
	if mayNotWrite(err) || errors.Is(err, tg.ErrorForbidden) {
		return err
	}
	if err != nil {
		r.outbox.log.Warn("can't send a placeholder; the answer will be a new message", "chat", r.name(), "error", err)
	}
	return nil
}

// keepAlive shows "typing": in a private chat until a part of the answer is shown, after
// which it sends the draft again before it expires; elsewhere until the final answer.
func (r *responder) keepAlive(ctx context.Context) {
	for wait := typingAfter; sleep(ctx, wait); wait = typingEvery {
		r.mu.Lock()
		shown, age := r.lastPartial, time.Since(r.shownAt)
		r.mu.Unlock()
		switch {
		case shown.HTML == "" || !r.to.place.private:
			r.logFailure(ctx, "typing", r.outbox.typing(ctx, r.to.place))
		case age > resendDraftAfter:
			r.showPartial(ctx, r.to.message, shown)
		}
	}
}

// close stops showing "typing". After Final it does nothing.
func (r *responder) close() {
	if r.stop != nil {
		r.stop()
		<-r.stopped
	}
}

// Partial shows the answer so far, within the rate limits. Failures are ignored: the whole
// answer follows.
func (r *responder) Partial(ctx context.Context, m bot.Message) {
	if r.editsEarlier {
		return
	}
	every, id := draftEvery, r.to.message
	if !r.to.place.private {
		if len(r.reply.Messages) == 0 {
			return
		}
		every, id = editEvery, r.reply.Messages[0]
	}
	r.mu.Lock()
	due := time.Since(r.shownAt) >= every
	r.mu.Unlock()
	if !due {
		return
	}
	if parts := Render(m); len(parts) > 0 {
		r.showPartial(ctx, id, content{HTML: parts[0], Buttons: m.Buttons})
	}
}

func (r *responder) showPartial(ctx context.Context, id int, shown content) {
	tried, err := r.outbox.showPartial(ctx, r.to.place, id, shown)
	r.logFailure(ctx, "a partial answer", err)
	if tried {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.lastPartial, r.shownAt = shown, time.Now()
	}
}

func (r *responder) logFailure(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		r.outbox.log.Debug("could not show "+what, "chat", r.name(), "error", err)
	}
}

// Final sends the answer, in as many messages as it needs: the first replies to the
// question, each later one to the one before. It fails with bot.ErrRequeued if the
// program ends before all is sent.
func (r *responder) Final(ctx context.Context, m bot.Message) (int, error) {
	r.close()
	return r.final(ctx, contents(m))
}

// resume sends the rest of an answer that an earlier run has stored. It reports false if
// none is stored.
func (r *responder) resume(ctx context.Context) (bool, error) {
	sent := len(r.reply.Messages) > r.reply.Shown
	if len(r.reply.Parts) == 0 {
		// The placeholder may have been sent, but its id is unknown.
		r.maybeSent = r.stored && !sent && r.reply.Question != 0 && !r.to.place.private && !r.editsEarlier
		return false, nil
	}
	var parts []content
	if err := json.Unmarshal(r.reply.Parts, &parts); err != nil {
		return false, err
	}
	r.maybeSent = !sent && r.reply.Shown < len(parts)
	_, err := r.final(ctx, parts)
	return true, err
}

func (r *responder) final(ctx context.Context, parts []content) (int, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(r.work, stop)()
	err := r.show(ctx, parts)
	if err != nil && errors.Is(context.Cause(r.work), bot.ErrRequeued) {
		err = bot.ErrRequeued
	}
	if err != nil || len(r.reply.Messages) == 0 {
		return 0, err
	}
	return r.reply.Messages[0], nil
}

// show sends the parts that are not shown yet and finishes the update.
func (r *responder) show(ctx context.Context, parts []content) error {
	if len(parts) == 0 {
		return nil
	}
	// From here on the stored reply includes the whole answer, so that it can be resumed.
	ready, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	r.reply.Parts = ready
	if exchange := parts[0].Exchange; exchange != 0 {
		r.reply.Answer = &store.SentAnswer{Exchange: exchange, Parts: ready}
	}
	for r.reply.Shown < len(parts) {
		if err := r.showNext(ctx, parts); err != nil {
			return err
		}
	}
	if r.done {
		return nil
	}
	// All parts are shown, some perhaps by an earlier run. The update is finished last, so
	// that after a crash the next run deletes the messages.
	for _, id := range r.reply.Messages[len(parts):] {
		err := r.outbox.remove(ctx, r.slot, r.to.place, id)
		switch {
		case err == nil:
		case errors.Is(context.Cause(r.work), bot.ErrRequeued):
			return bot.ErrRequeued
		default:
			r.outbox.log.Warn("can't delete a message that the answer doesn't need", "chat", r.name(), "error", err)
		}
	}
	r.reply.Messages = r.reply.Messages[:len(parts)]
	r.finish()
	return nil
}

// showNext shows the next part: in the placeholder or an earlier answer's message if there
// is one, else in a new message. A file always needs a new message.
func (r *responder) showNext(ctx context.Context, parts []content) error {
	next := r.reply.Shown
	if next < len(r.reply.Messages) && parts[next].File == nil {
		err := r.outbox.edit(ctx, r.slot, r.to.place, r.reply.Messages[next], parts[next])
		switch {
		case err == nil:
			r.advance(len(parts))
			return nil
		case errors.Is(err, errMoved):
			r.followMigration()
		case errors.Is(err, tg.ErrorBadRequest):
			r.outbox.log.Warn("can't edit a message; sending a new one", "chat", r.name(), "error", err)
			r.surplus = append(r.surplus, r.reply.Messages[next:]...)
			r.reply.Messages = r.reply.Messages[:next]
		default:
			return err
		}
	}
	a := sendAttempt{responder: r, content: parts[next], part: next, parts: len(parts)}
	return a.run(ctx)
}

// Administers asks Telegram whether the sender administers the group. Anonymous senders
// always do. Those who write in a channel's name have no id to ask about.
func (r *responder) Administers(ctx context.Context) (is bool, err error) {
	switch {
	case r.to.place.private, r.to.sender.Anonymous:
		return true, nil
	case r.to.sender.ID == 0:
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, editTimeout)
	defer cancel()
	err = retryFew(ctx, func(ctx context.Context) error {
		member, err := r.outbox.api.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: r.to.place.chat, UserID: r.to.sender.ID})
		is = err == nil && (member.Type == models.ChatMemberTypeOwner || member.Type == models.ChatMemberTypeAdministrator)
		return err
	})
	if refused(err) {
		r.outbox.log.Warn("can't look up a chat's administrators; treating the sender as none", "chat", r.name(), "error", err)
		return false, nil
	}
	return is, err
}
