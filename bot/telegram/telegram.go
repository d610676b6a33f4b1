// Package telegram connects the bot to Telegram: updates in, HTML out.
//
// Updates are fetched by a loop of its own and stored before they are
// confirmed; whatever is sent goes through the go-telegram library. It is the
// only package that knows either.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

const (
	// DefaultURL is Telegram's own Bot API server.
	DefaultURL = "https://api.telegram.org"
	// sendTimeout bounds one call that sends something.
	sendTimeout = 30 * time.Second
	// grace is how long questions that are being answered may take once the
	// program is told to end; those that take longer are answered after the
	// next start.
	grace = 8 * time.Second
)

// Inbox keeps updates from when they are taken over until they are dealt with.
type Inbox interface {
	TakeOver(ctx context.Context, updates []store.Update) (fresh []store.Update, err error)
	Waiting(ctx context.Context) ([]store.Update, error)
	Finish(ctx context.Context, id int64) error
	Bury(ctx context.Context, id int64, why string) error
}

// Conversation answers what people write and press.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// Apologise says that something went wrong, where Handle could not.
	Apologise(ctx context.Context, in bot.Incoming, out bot.Responder) error
	Press(ctx context.Context, p bot.Press, out bot.Presser) error
	Stopper
}

// Stopper stops answers that are being made.
type Stopper interface {
	// Urgent reports whether a message must not wait for its chat's turn.
	Urgent(in bot.Incoming) bool
	Stop(thread string)
}

// Config says where and as whom to connect.
type Config struct {
	Token string
	URL   string // of the Bot API server; empty: DefaultURL
	Log   *slog.Logger
}

// Transport is a connection to Telegram for one bot.
type Transport struct {
	api   *tg.Bot
	inbox Inbox
	log   *slog.Logger
	poll  poller
	queue *queues
	me    models.User
}

// New returns a transport; nothing is sent yet.
func New(config Config, inbox Inbox) (*Transport, error) {
	address := strings.TrimRight(config.URL, "/")
	if address == "" {
		address = DefaultURL
	}
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is no http(s) address of a Bot API server", config.URL)
	}
	client := &http.Client{Timeout: sendTimeout}
	api, err := tg.New(config.Token, tg.WithSkipGetMe(), tg.WithServerURL(address),
		tg.WithHTTPClient(sendTimeout, client),
		tg.WithErrorsHandler(func(err error) { config.Log.Warn("Telegram", "error", withoutAddress(err)) }))
	if err != nil {
		return nil, errors.New("the Telegram token is empty")
	}
	t := &Transport{api: api, inbox: inbox, log: config.Log, queue: newQueues()}
	t.poll = poller{
		url:    address + "/bot" + config.Token + "/getUpdates",
		client: &http.Client{},
		log:    config.Log,
	}
	return t, nil
}

// Connect asks Telegram who the bot is, until it answers, and returns its user
// name. It fails with ErrToken, or when ctx ends.
func (t *Transport) Connect(ctx context.Context) (name string, err error) {
	pause, told := leastPause, false
	for {
		me, err := t.api.GetMe(ctx)
		switch {
		case err == nil:
			t.me = *me
			return me.Username, nil
		case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
			return "", ErrToken
		case ctx.Err() != nil:
			return "", ctx.Err()
		}
		if !told {
			t.log.Warn("can't reach Telegram; trying again until it works", "error", withoutAddress(err))
			told = true
		}
		if !sleep(ctx, pause) {
			return "", ctx.Err()
		}
		pause = min(2*pause, mostPause)
	}
}

// Run answers what was left over from the last run, then what comes, until ctx
// ends; then it finishes what it has begun, within a grace. Connect comes
// before it.
func (t *Transport) Run(ctx context.Context, conversation Conversation) error {
	work, park := context.WithCancelCause(context.WithoutCancel(ctx))
	defer park(nil)
	ctx, end := context.WithCancel(ctx)
	defer end()
	waiting, err := t.inbox.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, update := range waiting {
		t.enqueue(ctx, work, conversation, update)
	}
	t.poll.take = func(ctx context.Context, updates []store.Update) error {
		// Taking over is not broken off half-way: the updates are here already.
		fresh, err := t.inbox.TakeOver(context.WithoutCancel(ctx), updates)
		for _, update := range fresh {
			t.enqueue(ctx, work, conversation, update)
		}
		return err
	}
	err = t.poll.run(ctx)
	end() // also where the token was refused: what hasn't begun waits
	ending := time.AfterFunc(grace, func() { park(bot.ErrParked) })
	defer ending.Stop()
	t.queue.wait()
	return err
}

// enqueue puts an update behind those of its chat. ctx ends when no further
// update may be begun, work when those begun must end.
func (t *Transport) enqueue(ctx, work context.Context, conversation Conversation, update store.Update) {
	d, err := decode(update.Body, t.me)
	if errors.Is(err, errNoMessage) || err == nil && ignorable(update.Body) {
		t.settle(update.ID, t.inbox.Finish(work, update.ID))
		return
	}
	if err != nil {
		t.bury(work, update.ID, fmt.Errorf("can't be decoded: %w", err))
		return
	}
	switch {
	case d.stopped != nil:
		conversation.Stop(d.stopped.key())
		t.settle(update.ID, t.inbox.Finish(context.WithoutCancel(work), update.ID))
	case d.press != nil:
		t.queue.aside(func() {
			out := newPresser(work, t.api, *d.press, t.log)
			err := t.press(work, conversation, d.press.press, out)
			out.close()
			t.finish(work, update.ID, err)
		})
	default:
		answer := func() {
			out := newResponder(work, t.api, *d.question, t.log)
			err := t.handle(work, conversation, *d.question, out)
			out.close()
			t.finish(work, update.ID, err)
		}
		if conversation.Urgent(d.question.in) {
			t.queue.aside(answer)
		} else {
			t.queue.add(ctx, d.question.place.chat, answer)
		}
	}
}

// finish records what became of an update. A parked one stays in the inbox.
func (t *Transport) finish(ctx context.Context, id int64, err error) {
	switch {
	case errors.Is(err, bot.ErrParked):
	case err != nil:
		t.bury(ctx, id, err)
	default:
		t.settle(id, t.inbox.Finish(context.WithoutCancel(ctx), id))
	}
}

// handle answers one update. A panic in it is this update's failure alone, and
// whoever wrote is told.
func (t *Transport) handle(ctx context.Context, conversation Conversation, q question, out *responder) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
			err = errors.Join(err, conversation.Apologise(ctx, q.in, out))
		}
	}()
	return conversation.Handle(ctx, q.in, out)
}

// press carries out one button. A panic in it is this press's failure alone.
func (t *Transport) press(ctx context.Context, conversation Conversation, p bot.Press, out *presser) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
		}
	}()
	return conversation.Press(ctx, p, out)
}

func (t *Transport) bury(ctx context.Context, id int64, cause error) {
	cause = withoutAddress(cause)
	t.log.Error("an update could not be dealt with", "update", id, "error", cause)
	t.settle(id, t.inbox.Bury(context.WithoutCancel(ctx), id, cause.Error()))
}

func (t *Transport) settle(id int64, err error) {
	if err != nil {
		t.log.Error("an update's state can't be stored", "update", id, "error", err)
	}
}

// withoutAddress drops the address, which holds the token, from an error of
// the HTTP client.
func withoutAddress(err error) error {
	var inner *url.Error
	if !errors.As(err, &inner) {
		return err
	}
	if errors.Is(inner.Err, io.EOF) {
		return errors.New("the server closed the connection")
	}
	return inner.Err
}
