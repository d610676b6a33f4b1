package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// sendAttempt sends one new message of a reply, with retries.
type sendAttempt struct {
	responder *responder
	content   content
	part      int // which part of the answer it is
	parts     int // how many there are; 0: it is the placeholder

	maybeSent  bool // Telegram may have accepted it in an earlier try
	timedOut   bool // the last try timed out
	unverified int  // tries while the outcome of an earlier one was unknown
	noReply    bool // the message to reply to is gone
	asText     bool // the content is plain text, not HTML
}

// maxChanges limits how often one message is changed (its format, topic or chat id) and
// resent.
const maxChanges = 5

// run sends the message. If the chat's id has changed, the topic or the message to reply to
// is gone, or Telegram refuses the HTML or the buttons, it changes the message and resends
// it.
func (a *sendAttempt) run(ctx context.Context) error {
	r := a.responder
	a.maybeSent = r.maybeSent
	for changes := 0; ; changes++ {
		err := r.outbox.deliver(ctx, r.slot, r.to.place, delivery{lowPriority: r.lowPriority}, a.try)
		switch {
		case err == nil, changes == maxChanges, mayNotWrite(err) && !a.hasMoved(err):
			return err
		case errors.Is(err, errMoved), a.hasMoved(err):
			r.followMigration()
		case topicGone(err) && r.to.place.topic != 0:
			r.to.place.topic = 0
		case replyTargetGone(err) && a.replyTo() != 0:
			a.noReply = true
		case errors.Is(err, tg.ErrorBadRequest) && !a.asText:
			r.outbox.log.Warn("Telegram refuses a message; sending it as plain text", "update", r.reply.Update, "chat", r.name(), "error", err)
			a.content, a.asText = a.content.plain(), true
		case errors.Is(err, tg.ErrorBadRequest) && a.content.Buttons != nil: // a button may be the cause
			a.content.Buttons = nil
		default:
			return err
		}
	}
}

// hasMoved reports whether the chat was not found because its id has changed.
func (a *sendAttempt) hasMoved(err error) bool {
	r := a.responder
	return chatGone(err) && r.outbox.chats.current(r.to.place.chat) != r.to.place.chat
}

// try stores the reply and sends the message once. If an earlier try may have sent it, it
// searches for that message first.
func (a *sendAttempt) try(ctx context.Context) error {
	r := a.responder
	leave, err := r.outbox.window.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if a.maybeSent {
		if found, err := a.lookUp(ctx); found || err != nil {
			return err
		}
	}
	// After a crash between here and a.sent, the message may be shown twice.
	r.prepare()
	if err := r.outbox.shared.beforeSend(ctx); err != nil {
		return err
	}
	sent, err := r.outbox.sendOnce(ctx, r.to.place, a.content, a.replyTo(), a.asText)
	if err == nil {
		a.sent(sent.ID)
		return nil
	}
	a.maybeSent, a.timedOut = outcomeUnknown(err), timedOut(err)
	return err
}

// lookUp searches for the message. If it returns false and no error, resend the message.
func (a *sendAttempt) lookUp(ctx context.Context) (found bool, err error) {
	r := a.responder
	id, found, err := 0, false, errCannotSearch
	if !a.asText {
		id, found, err = r.findSent(ctx, a.content, a.replyTo())
	}
	switch {
	case found:
		a.sent(id)
		return true, nil
	case errors.Is(err, bot.ErrRequeued):
		return false, err
	case a.timedOut: // it may still arrive
		r.outbox.meter.InDoubt()
		return false, errMaybeSent
	case errors.Is(err, errCannotSearch):
		if a.unverified++; a.unverified == maxUnverifiedTries {
			return false, errMaybeSent
		}
	case err != nil:
		return false, err
	}
	r.outbox.meter.InDoubt()
	r.outbox.log.Warn("a message may be shown twice: the outcome of the first send is unknown", "update", r.reply.Update, "chat", r.name())
	return false, nil
}

// sent records that Telegram has accepted the message.
func (a *sendAttempt) sent(id int) {
	r := a.responder
	r.maybeSent = false
	if a.parts == 0 {
		r.reply.Messages = []int{id}
		r.save()
		return
	}
	r.reply.Messages = append(r.reply.Messages[:a.part], id)
	r.advance(a.parts)
}

// replyTo returns the id of the message that this one replies to: the question, or the
// part before; 0 for none.
func (a *sendAttempt) replyTo() int {
	switch {
	case a.noReply:
		return 0
	case a.part > 0:
		return a.responder.reply.Messages[a.part-1]
	}
	return a.responder.reply.Question
}
