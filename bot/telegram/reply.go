package telegram

import (
	"context"
	"sync"
	"time"

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
