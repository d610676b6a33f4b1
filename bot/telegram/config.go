package telegram

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// ErrToken means that Telegram doesn't know the token.
var ErrToken = errors.New("the Telegram token is refused (401 Unauthorized); check TELEGRAM_BOT_TOKEN")

// Config configures a Transport.
type Config struct {
	Token   string
	URL     string // of the Bot API server; empty: DefaultURL
	Webhook Webhook
	// SendRate limits sends over all chats, per second; 0 lifts this limit and those of
	// each chat.
	SendRate float64
	// Queue limits the pending questions per chat, and per person over all chats; 0: 20.
	Queue int
	// Admins see the admin commands in their private chats with the bot.
	Admins []int64
	Log    *slog.Logger
	Meter  Meter // nil: nothing is counted
	// Shared is set if other processes may act for the bot; nil: none do.
	Shared *Shared
}

// tokenForm matches a token from BotFather; /test after it is Telegram's test
// environment.
var tokenForm = lazyregexp.New(`^[0-9]+:[A-Za-z0-9_-]+(/test)?$`)

// Validate reports an error in the configuration. The error never contains the
// token.
func (c Config) Validate() error {
	switch {
	case c.Token == "":
		return errors.New("TELEGRAM_BOT_TOKEN is empty; get a token from @BotFather")
	case !tokenForm.MatchString(c.Token):
		return errors.New("TELEGRAM_BOT_TOKEN is not a valid token, such as 123456:ABC-def_1; copy it from @BotFather again")
	}
	if u, err := url.Parse(c.address()); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("TELEGRAM_API_URL %q is not an http(s) URL of a Bot API server", c.URL)
	}
	return c.Webhook.check()
}

// address returns the Bot API server's address, without a slash at the end.
func (c Config) address() string {
	return cmp.Or(strings.TrimRight(c.URL, "/"), DefaultURL)
}

// Webhook configures where Telegram delivers updates.
type Webhook struct {
	URL    string // the public URL; empty: updates are polled
	Secret string // sent with each update, 1 to 256 of A-Z a-z 0-9 _ -
}

var secretForm = lazyregexp.New(`^[A-Za-z0-9_-]{1,256}$`)

// check reports an error in the configuration. A secret is required: without it anybody
// could deliver updates.
func (w Webhook) check() error {
	if w.URL == "" {
		return nil
	}
	switch u, err := url.Parse(w.URL); {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("TELEGRAM_WEBHOOK_URL is not an http(s) URL")
	case w.Secret == "":
		return errors.New("TELEGRAM_WEBHOOK_SECRET is not set: without it anybody could write to the webhook")
	case !secretForm.MatchString(w.Secret):
		return errors.New("TELEGRAM_WEBHOOK_SECRET may have 1 to 256 of the characters A-Z a-z 0-9 _ - and no others")
	}
	return nil
}
