package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

// Inbox stores updates until they are done.
type Inbox interface {
	// Accept stores updates and returns those that are new. Sync waits until they are
	// durable on disk.
	Accept(ctx context.Context, updates []store.Update) (fresh []store.Update, err error)
	Sync() error
	Pending(ctx context.Context) ([]store.Update, error)
	MarkDone(ctx context.Context, id int64) error
	// MarkFailed records why an update failed, even if it is done.
	MarkFailed(ctx context.Context, update store.Update, why string) error
}

// Memory is the part of the store that the transport uses.
type Memory interface {
	Inbox
	Replies
	Chats
	// RecentReplies returns the last limit replies of all chats and those of one chat.
	RecentReplies(ctx context.Context, chat int64, limit int) ([]store.Reply, error)
}

// Transport is a connection to Telegram for one bot.
type Transport struct {
	api     *tg.Bot
	client  *client
	shared  *Shared // nil: no other process acts for the bot
	outbox  *outbox
	inbox   Inbox
	replies Replies
	chats   *chats
	queue   *queues
	muted   *mutes
	albums  *albums
	edits   *edits
	queries *inlineQueue
	log     *slog.Logger
	meter   Meter
	poll    poller
	webhook Webhook
	// receiver accepts the webhook's updates; nil: they are refused.
	receiver atomic.Pointer[runner]
	me       models.User
	admins   []int64
	address  string        // of the API's methods; includes the token: never put it in an error or a log
	refused  chan struct{} // holds one value once Telegram has refused the token
}

// runner is one run of a transport: it accepts updates, passes them to the conversation
// and records their outcomes.
type runner struct {
	*Transport
	conversation Conversation
	accepting    context.Context // ends when no further job may start
	work         context.Context // ends when updates in progress must stop
}

// LastContact returns the time of the last successful call; zero: none yet. While the
// transport runs Telegram is called at least once a minute.
func (t *Transport) LastContact() time.Time { return t.client.lastContact() }

// Waiting counts the pending questions.
func (t *Transport) Waiting() int { return t.queue.waiting() }

// tokenRefused ends the run with ErrToken.
func (t *Transport) tokenRefused() {
	select {
	case t.refused <- struct{}{}:
	default:
	}
}

// retryForever retries a call until it succeeds. It fails with ErrToken, with a bad
// request, or when ctx ends.
func (t *Transport) retryForever(ctx context.Context, do func(ctx context.Context) error) error {
	var pause backoff
	for logged := false; ; {
		err := attempt(ctx, true, do)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
			return ErrToken
		case errors.Is(err, tg.ErrorBadRequest):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		if !logged {
			t.log.Warn("can't reach Telegram; retrying", "error", err)
			logged = true
		}
		if !sleep(ctx, max(pause.next(), retryDelayOf(err))) {
			return ctx.Err()
		}
	}
}

// finish marks an update as done if no completed reply did.
func (t *runner) finish(id int64, outcome Outcome) {
	t.meter.Settled(outcome)
	t.logUnlessStored(id, t.inbox.MarkDone(context.WithoutCancel(t.work), id))
}

// requeued reports whether work in progress must stop. Any error may then result from that.
func (t *runner) requeued() bool { return errors.Is(context.Cause(t.work), bot.ErrRequeued) }

// markFailed marks an update as failed. Its text stays in the inbox.
func (t *runner) markFailed(update store.Update, cause error) {
	t.meter.Settled(Failed)
	t.log.Error("an update failed", "update", update.ID, "error", cause)
	t.logUnlessStored(update.ID, t.inbox.MarkFailed(context.WithoutCancel(t.work), update, cause.Error()))
}

func (t *runner) logUnlessStored(id int64, err error) {
	if err != nil {
		t.log.Error("can't store the state of an update", "update", id, "error", err)
	}
}

var errPanic = errors.New("panic")

// panicError returns an error for a recovered panic. Call it in the deferred function, for
// the stack.
func panicError(panicked any) error {
	return fmt.Errorf("%w: %v\n%s", errPanic, panicked, debug.Stack())
}
