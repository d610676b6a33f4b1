package telegram

import (
	"context"

	"reportbot/store"
)

// Replies stores the progress of each reply.
type Replies interface {
	Reply(ctx context.Context, update int64) (store.Reply, error)
	// ReplyTo returns the last reply to a question; store.ErrNotFound if there
	// is none.
	ReplyTo(ctx context.Context, chat int64, question int) (store.Reply, error)
	// PrepareReply stores a reply before its next message is sent, SaveReply after
	// Telegram has accepted it.
	PrepareReply(ctx context.Context, r store.Reply) error
	SaveReply(ctx context.Context, r store.Reply) error
	// CompleteReply records that the whole reply is shown and marks its update as done.
	CompleteReply(ctx context.Context, r store.Reply) error
}

// advance records that one more of the parts is shown.
func (r *responder) advance(parts int) {
	if r.reply.Shown++; r.reply.Shown < parts {
		r.save()
		return
	}
	// The ids beyond the parts' are stored until those messages are deleted.
	r.reply.Messages, r.surplus = append(r.reply.Messages, r.surplus...), nil
	if len(r.reply.Messages) > parts {
		r.save()
		return
	}
	r.finish()
}

// finish records that the whole reply is shown and the update finished.
func (r *responder) finish() {
	if err := r.replies.CompleteReply(context.WithoutCancel(r.work), r.reply); err != nil {
		// The whole reply is shown; conclude finishes the update.
		r.outbox.log.Error("can't store a reply", "error", err)
		return
	}
	r.done = true
}

// prepare stores the reply before a message of it is sent, save after. Failures are only
// logged: at worst a message is sent again after a crash.
func (r *responder) prepare() { r.logUnstored(r.replies.PrepareReply) }

func (r *responder) save() { r.logUnstored(r.replies.SaveReply) }

func (r *responder) logUnstored(store func(context.Context, store.Reply) error) {
	if err := store(context.WithoutCancel(r.work), r.reply); err != nil {
		r.outbox.log.Error("can't store the progress of a reply", "error", err)
	}
}

// followMigration moves the reply to its chat's new id. Messages have other ids there, so
// none can be replied to, edited or deleted.
func (r *responder) followMigration() {
	r.to.place.chat = r.outbox.chats.current(r.to.place.chat)
	r.to.message = 0
	r.reply.Chat, r.reply.Question = r.to.place.chat, 0
	r.reply.Messages, r.surplus = make([]int, r.reply.Shown), nil
}

// name returns the chat's name in logs.
func (r *responder) name() string { return r.outbox.chats.name(r.to.place.chat) }
