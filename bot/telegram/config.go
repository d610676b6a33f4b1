package telegram

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// ErrToken means that Telegram doesn't know the token.
var ErrToken = errors.New("the Telegram token is refused (401 Unauthorized); check TELEGRAM_BOT_TOKEN")

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

// Webhook says where Telegram delivers updates.
type Webhook struct {
	URL    string // whole, as Telegram reaches it; empty: updates are polled
	Secret string // sent with each update, 1 to 256 of A-Z a-z 0-9 _ -
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// check returns what is wrong with the configuration. A secret is required: without it
// anybody could deliver updates.
func (w Webhook) check() error {
	if w.URL == "" {
		return nil
	}
	switch u, err := url.Parse(w.URL); {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("TELEGRAM_WEBHOOK_URL is no http(s) address")
	case w.Secret == "":
		return errors.New("TELEGRAM_WEBHOOK_SECRET is not set: without it anybody could write to the webhook")
	case !secretForm.MatchString(w.Secret):
		return errors.New("TELEGRAM_WEBHOOK_SECRET may have 1 to 256 of the characters A-Z a-z 0-9 _ - and no others")
	}
	return nil
}
