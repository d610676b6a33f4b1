package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// sendAttempt is one new message of a reply, through all tries to send it.
type sendAttempt struct {
	*responder
	content content
	part    int    // which part of the answer it is
	parts   int    // how many there are; 0: it is the note that the answer is edited into
	ready   []byte // the answer's parts as they are stored

	maybeSent bool // Telegram may have taken it in an earlier try
	late      bool // no reply came to the last try in time
	blind     int  // tries that may have shown it twice
	noReply   bool // what it would reply to is gone
	asText    bool // the content is text, not HTML
}

// mostChanges is how often one message may be sent in another way, or to a chat
// that has got another id.
const mostChanges = 5

// run sends the message, also where the chat has got another id meanwhile, the topic
// or the message that it replies to is gone, or Telegram doesn't take its form.
func (a *sendAttempt) run(ctx context.Context) error {
	a.maybeSent = a.responder.maybeSent
	for changes := 0; ; changes++ {
		err := a.deliver(ctx, a.slot, a.to.place, delivery{lowPriority: a.lowPriority}, a.try)
		switch {
		case err == nil, changes == mostChanges, mayNotWrite(err) && !a.hasMoved(err):
			return err
		case errors.Is(err, errMoved), a.hasMoved(err):
			a.follow()
		case topicGone(err) && a.to.place.topic != 0:
			a.to.place.topic = 0
		case repliedGone(err) && a.replyTo() != 0:
			a.noReply = true
		case errors.Is(err, tg.ErrorBadRequest) && !a.asText:
			a.log.Warn("Telegram refuses a message; it is sent as plain text", "update", a.reply.Update, "chat", a.name(), "error", err)
			a.content, a.asText = a.content.plain(), true
		default:
			return err
		}
	}
}

// hasMoved reports whether a chat is gone that has another id by now.
func (a *sendAttempt) hasMoved(err error) bool {
	return chatGone(err) && a.outbox.chats.now(a.to.place.chat) != a.to.place.chat
}

// try sends the message once. Where an earlier try may have sent it, it is looked for
// first.
func (a *sendAttempt) try(ctx context.Context) error {
	leave, err := a.window.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if a.maybeSent {
		if found, err := a.lookUp(ctx); found || err != nil {
			return err
		}
	}
	// What a crash leaves between storing that it is sent and that it was may be
	// shown twice.
	if a.parts > 0 {
		a.reply.Parts = a.ready
	}
	a.prepare()
	sent, err := a.sendOnce(ctx, a.to.place, a.content, a.replyTo(), a.asText)
	if err == nil {
		a.sent(sent.ID)
		return nil
	}
	a.maybeSent, a.late = outcomeUnknown(err), timedOut(err)
	return err
}

// lookUp looks for the message. Where it returns false without an error it is to be
// sent again.
func (a *sendAttempt) lookUp(ctx context.Context) (found bool, err error) {
	id, found, err := 0, false, errCantLook
	if !a.asText {
		id, found, err = a.findSent(ctx, a.content, a.replyTo())
	}
	switch {
	case found:
		a.sent(id)
		return true, nil
	case errors.Is(err, bot.ErrRequeued):
		return false, err
	case a.late: // it may be on its way still
		a.meter.InDoubt()
		return false, errDoubt
	case errors.Is(err, errCantLook):
		if a.blind++; a.blind == blindTries {
			return false, errDoubt
		}
	case err != nil:
		return false, err
	}
	a.meter.InDoubt()
	a.log.Warn("a message may be shown twice: nobody knows whether Telegram took it the first time", "update", a.reply.Update, "chat", a.name())
	return false, nil
}

// sent records that Telegram has taken the message.
func (a *sendAttempt) sent(id int) {
	a.responder.maybeSent = false
	if a.parts == 0 {
		a.reply.Messages = []int{id}
		a.save()
		return
	}
	a.reply.Messages = append(a.reply.Messages[:a.part], id)
	a.advance(a.parts)
}

// replyTo returns the id of the message that this one replies to, 0 for none: the
// question, for a later part of an answer the part before.
func (a *sendAttempt) replyTo() int {
	switch {
	case a.noReply:
		return 0
	case a.part > 0:
		return a.reply.Messages[a.part-1]
	}
	return a.reply.Question
}
