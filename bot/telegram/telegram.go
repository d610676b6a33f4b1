// Package telegram connects the bot to Telegram: updates in, HTML out.
//
// An update passes these files, in order:
//
//   - poll.go or webhook.go receives it.
//   - inbox.go stores it.
//   - dispatch.go decodes it (update.go, message.go) and queues a job for it.
//   - queue.go runs the jobs of each chat one at a time.
//   - answer.go passes it to the bot and records the outcome; callback.go does so for
//     callback queries.
//   - responder.go shows partial answers and the final one; reply.go stores how far it
//     has come.
//   - send_attempt.go sends one message of an answer; find_sent.go searches for one that
//     may have been sent before.
//   - outbox.go makes the calls, within the limits of rate_limit.go.
//
// Inline queries (inline.go), corrections of earlier answers (corrections.go) and the
// bot's profile (profile.go) have files of their own. telegram.go connects them all.
//
// The package fetches, stores and decodes updates and downloads files by itself; all
// other calls go through the go-telegram library.
package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

// shutdownTimeout is how long updates in progress may take on SIGTERM; the others stay
// pending until the next start. The whole program has eight seconds to end.
const shutdownTimeout = 7 * time.Second

// New returns a transport. It makes no calls yet.
func New(config Config, memory Memory) (*Transport, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	address := config.address()
	meter := config.Meter
	if meter == nil {
		meter = noMeter{}
	}
	client := newClient(meter, config.Shared)
	api, err := tg.New(config.Token, tg.WithSkipGetMe(), tg.WithServerURL(address), tg.WithHTTPClient(0, client),
		tg.WithErrorsHandler(func(err error) { config.Log.Warn("Telegram", "error", err) }))
	if err != nil {
		return nil, err
	}
	t := &Transport{
		api: api, client: client, shared: config.Shared, webhook: config.Webhook, inbox: memory, replies: memory, log: config.Log, meter: meter, admins: config.Admins,
		muted: &mutes{}, albums: &albums{}, edits: newEdits(), queries: &inlineQueue{},
		queue: newQueues(cmp.Or(config.Queue, defaultQueueLimit)), refused: make(chan struct{}, 1),
	}
	t.chats = &chats{memory: memory, log: config.Log, secret: []byte(config.Token), joinQueues: t.queue.join, moved: map[int64]int64{}}
	t.outbox = &outbox{api: api, files: client.http, limits: newRateLimiter(config.SendRate), meter: meter, log: config.Log, chats: t.chats, refused: t.tokenRefused, window: make(window, windowWidth)}
	t.outbox.finder = &sentFinder{history: memory}
	t.outbox.shared = config.Shared
	t.outbox.fileAddress, t.outbox.ownServer = address+"/file/bot"+config.Token, address != DefaultURL
	t.address = address + "/bot" + config.Token
	t.poll = poller{url: t.address + "/getUpdates", client: client, log: config.Log, shared: config.Shared != nil}
	if config.Webhook.URL == "" {
		caughtUp := make(chan struct{})
		t.outbox.finder.caughtUp, t.poll.onCaughtUp = caughtUp, sync.OnceFunc(func() { close(caughtUp) })
	}
	return t, nil
}

// Connect gets the bot's user from Telegram, with retries, and returns its user name. It
// fails with ErrToken, or when ctx ends.
func (t *Transport) Connect(ctx context.Context) (name string, err error) {
	err = t.retryForever(ctx, func(ctx context.Context) error {
		me, err := t.api.GetMe(ctx)
		if err == nil {
			t.me = *me
		}
		return err
	})
	if err == nil {
		t.outbox.inline = t.me.SupportInlineQueries
	}
	return t.me.Username, err
}

// Run handles the pending updates of the last run, then new ones until ctx ends. Then it
// finishes those in progress within shutdownTimeout, or requeues them at once if the lease
// is lost. Call Connect before. It fails with ErrToken or ErrConflict.
func (t *Transport) Run(ctx context.Context, conversation Conversation) error {
	work, requeue := context.WithCancelCause(context.WithoutCancel(ctx))
	defer requeue(nil)
	defer t.client.close()
	if t.shared != nil {
		defer context.AfterFunc(t.shared.Lease.Context(), func() { requeue(bot.ErrRequeued) })()
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	r := &runner{Transport: t, conversation: conversation, accepting: ctx, work: work}
	t.chats.onMoved = conversation.ChatMoved
	if err := t.chats.loadMoves(work); err != nil { // uses work, not ctx: SIGTERM at startup is no error
		return err
	}
	waiting, err := t.inbox.Pending(work)
	if err != nil {
		return err
	}
	t.poll.catchingUp, t.outbox.finder.stopping = len(waiting) > 0, ctx.Done()
	for _, update := range waiting {
		r.dispatch(update, true)
	}
	t.queue.prioritize(ctx, func(*slot) { r.updateProfile(ctx) })
	corrected := make(chan struct{})
	go func() { defer close(corrected); r.correct(ctx) }()
	err = r.receive(ctx)
	end() // if receive failed: no further job may start
	<-corrected
	ending := time.AfterFunc(shutdownTimeout, func() { requeue(bot.ErrRequeued) })
	defer ending.Stop()
	t.queue.wait()
	return err
}

// receive receives updates until ctx ends or Telegram refuses the token.
func (t *runner) receive(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-t.refused:
			end(ErrToken)
		case <-ctx.Done():
		}
	}()
	defer func() { end(nil); <-watched }()
	receive := t.pollUpdates
	if t.webhook.URL != "" {
		receive = t.runWebhook
	}
	err := receive(ctx)
	if errors.Is(context.Cause(ctx), ErrToken) {
		return ErrToken
	}
	return err
}

// pollUpdates polls until ctx ends.
func (t *runner) pollUpdates(ctx context.Context) error {
	// Telegram refuses polls while a webhook is set.
	err := t.retryForever(ctx, t.deleteWebhook)
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, tg.ErrorBadRequest):
		return fmt.Errorf("can't poll: a webhook is set, and Telegram refuses to delete it: %w", err)
	case err != nil:
		return err
	}
	t.poll.handleBatch = t.accept
	t.poll.deleteWebhook = func(ctx context.Context) error { return attempt(ctx, true, t.deleteWebhook) }
	return t.poll.run(ctx)
}
