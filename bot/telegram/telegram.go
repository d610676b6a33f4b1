// Package telegram connects the bot to Telegram: updates in, HTML out.
//
// It fetches, stores and decodes updates and downloads files by itself; all other calls
// go through the go-telegram library.
package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

const (
	// DefaultURL is Telegram's own Bot API server.
	DefaultURL = "https://api.telegram.org"
	// grace is how long updates in progress may take on SIGTERM; others are handled after
	// the next start. The whole program has eight seconds to end.
	grace = 7 * time.Second
)

// ErrToken means that Telegram doesn't know the token.
var ErrToken = errors.New("the Telegram token is refused (401 Unauthorized); check TELEGRAM_BOT_TOKEN")

// Inbox stores updates until they are done.
type Inbox interface {
	// Accept stores updates and returns those that are new. Sync waits until what is
	// stored would survive a power cut.
	Accept(ctx context.Context, updates []store.Update) (fresh []store.Update, err error)
	Sync() error
	Pending(ctx context.Context) ([]store.Update, error)
	MarkDone(ctx context.Context, id int64) error
	// MarkFailed records why an update failed, even if it is done.
	MarkFailed(ctx context.Context, update store.Update, why string) error
}

// Memory is what the transport needs of the store.
type Memory interface {
	Inbox
	Replies
	Chats
	// RecentReplies returns the last replies of all chats and those of one chat.
	RecentReplies(ctx context.Context, chat int64, limit int) ([]store.Reply, error)
}

// Conversation answers what people write and press.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// Apologise says that something went wrong, where Handle could not.
	Apologise(ctx context.Context, in bot.Incoming, out bot.Responder) error
	HandleCallback(ctx context.Context, p bot.Callback, out bot.CallbackResponder) error
	// Asks reports whether a press asks a question, which waits for its chat's turn.
	Asks(p bot.Callback) bool
	// Inline calls show at most once.
	Inline(ctx context.Context, q bot.Query, show func(bot.Offer)) error
	Stopper
	Corrector
	Doorkeeper
	Profile
}

// Doorkeeper decides which messages are answered.
type Doorkeeper interface {
	// ShouldAnswer reports whether a message is addressed to the bot.
	ShouldAnswer(in bot.Incoming) bool
	// PleaseWait tells the person that too many questions wait.
	PleaseWait(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// ChatMoved records that a chat has got another id.
	ChatMoved(old, new int64)
}

// Stopper stops answers that are being made.
type Stopper interface {
	// Urgent reports whether a message must not wait for its chat's turn.
	Urgent(in bot.Incoming) bool
	Stop(thread string)
}

// Config says where and as whom to connect.
type Config struct {
	Token   string
	URL     string // of the Bot API server; empty: DefaultURL
	Webhook Webhook
	// SendRate is how many messages are sent a second over all; 0 lifts this
	// and the limits of chats.
	SendRate float64
	// Queue is how many questions may wait in a chat; as many of one person's may wait in
	// all chats together. 0: 20.
	Queue int
	// Admins see the admin commands in their private chats with the bot.
	Admins []int64
	Log    *slog.Logger
	Meter  Meter // nil: nothing is counted
	// Shared is set where other processes may act for the bot; nil: it is ours alone.
	Shared *Shared
}

// Transport is a connection to Telegram for one bot.
type Transport struct {
	api     *tg.Bot
	client  *client
	shared  *Shared // nil: the bot is ours alone
	outbox  *outbox
	inbox   Inbox
	replies Replies
	chats   *chats
	queue   *queues
	muted   *mutes
	albums  *albums
	edits   *edits
	queries *typedQueries
	log     *slog.Logger
	meter   Meter
	poll    poller
	webhook Webhook
	// delivering takes the updates that come by webhook; nil: they are refused.
	delivering atomic.Pointer[runner]
	me         models.User
	admins     []int64
	address    string        // of the API's methods, with the token: never in an error or a log
	refused    chan struct{} // holds one value once Telegram has refused the token
}

// tokenForm matches a token from BotFather; /test after it is Telegram's test
// environment.
var tokenForm = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+(/test)?$`)

// Validate returns what is wrong with the configuration. Its error never holds the
// token.
func (c Config) Validate() error {
	switch {
	case c.Token == "":
		return errors.New("TELEGRAM_BOT_TOKEN is empty; @BotFather gives one")
	case !tokenForm.MatchString(c.Token):
		return errors.New("TELEGRAM_BOT_TOKEN has not the form of a token, such as 123456:ABC-def_1; copy it from @BotFather once more")
	}
	if u, err := url.Parse(c.address()); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("TELEGRAM_API_URL %q is no http(s) address of a Bot API server", c.URL)
	}
	return c.Webhook.check()
}

// address returns the Bot API server's address, without a slash at the end.
func (c Config) address() string {
	return cmp.Or(strings.TrimRight(c.URL, "/"), DefaultURL)
}

// New returns a transport; nothing is sent yet.
func New(config Config, memory Memory) (*Transport, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	address := config.address()
	meter := config.Meter
	if meter == nil {
		meter = unmetered{}
	}
	client := newClient(meter, config.Shared)
	api, err := tg.New(config.Token, tg.WithSkipGetMe(), tg.WithServerURL(address), tg.WithHTTPClient(0, client),
		tg.WithErrorsHandler(func(err error) { config.Log.Warn("Telegram", "error", err) }))
	if err != nil {
		return nil, err
	}
	t := &Transport{
		api: api, client: client, shared: config.Shared, webhook: config.Webhook, inbox: memory, replies: memory, log: config.Log, meter: meter, admins: config.Admins,
		muted: &mutes{}, albums: &albums{}, edits: newEdits(), queries: &typedQueries{},
		queue: newQueues(cmp.Or(config.Queue, defaultWaiting)), refused: make(chan struct{}, 1),
	}
	t.chats = &chats{memory: memory, log: config.Log, secret: []byte(config.Token), joined: t.queue.join, moved: map[int64]int64{}}
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

// Connect asks Telegram who the bot is, until it answers, and returns its user
// name. It fails with ErrToken, or when ctx ends.
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

// retryForever makes a call until it succeeds. It fails with ErrToken, with what
// Telegram refuses as a bad request, or when ctx ends.
func (t *Transport) retryForever(ctx context.Context, do func(ctx context.Context) error) error {
	var pause backoff
	for told := false; ; {
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
		if !told {
			t.log.Warn("can't reach Telegram; trying again until it works", "error", err)
			told = true
		}
		if !sleep(ctx, max(pause.next(), waitOf(err))) {
			return ctx.Err()
		}
	}
}

// Run handles the updates left over from the last run, then new ones until ctx ends. Then
// it finishes those in progress, within grace; none if another process may act for the bot.
// Call Connect before. It fails with ErrToken or ErrConflict.
func (t *Transport) Run(ctx context.Context, conversation Conversation) error {
	work, park := context.WithCancelCause(context.WithoutCancel(ctx))
	defer park(nil)
	defer t.client.close()
	if t.shared != nil {
		defer context.AfterFunc(t.shared.Lease.Context(), func() { park(bot.ErrRequeued) })()
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	r := &runner{Transport: t, conversation: conversation, taking: ctx, work: work}
	t.chats.told = conversation.ChatMoved
	if err := t.chats.loadMoves(work); err != nil { // uses work, not ctx: SIGTERM during the start is no error
		return err
	}
	waiting, err := t.inbox.Pending(work)
	if err != nil {
		return err
	}
	t.poll.hurry, t.outbox.finder.ending = len(waiting) > 0, ctx.Done()
	for _, update := range waiting {
		r.dispatch(update, true)
	}
	t.queue.prioritize(ctx, func(*slot) { r.showProfile(ctx) })
	corrected := make(chan struct{})
	go func() { defer close(corrected); r.correct(ctx) }()
	err = r.receive(ctx)
	end() // needed if receiving failed: no further job begins
	<-corrected
	ending := time.AfterFunc(grace, func() { park(bot.ErrRequeued) })
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
		receive = t.awaitDeliveries
	}
	err := receive(ctx)
	if errors.Is(context.Cause(ctx), ErrToken) {
		return ErrToken
	}
	return err
}

// LastHeard returns when Telegram last answered well; zero: never. While the transport
// runs Telegram is called at least once a minute.
func (t *Transport) LastHeard() time.Time { return t.client.lastHeard() }

// Waiting counts the questions that have not been begun.
func (t *Transport) Waiting() int { return t.queue.waiting() }

// tokenRefused ends the run.
func (t *Transport) tokenRefused() {
	select {
	case t.refused <- struct{}{}:
	default:
	}
}
