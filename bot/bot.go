// Package bot is the conversation: commands, permissions and replies. It is independent
// of the transport, which calls Handle with a person's message and a Responder for the
// reply.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"sync"

	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/store"
)

// Bot is the bot in any number of chats. It may be used from any goroutine.
type Bot struct {
	name        string // lower case
	mention     *regexp.Regexp
	userName    string
	commands    []command // in the order of the menu
	asker       Asker
	finder      Finder
	memory      *store.Store
	log         *slog.Logger
	reloader    Reloader
	meter       Meter
	admins      []int64
	allowedMu   sync.RWMutex
	allowed     []int64 // chats; guarded by allowedMu, since their ids change
	running     func() Running
	answering   answering
	model       modelHealth
	summarizer  Summarizer
	verifier    Verifier
	corrections *correction.Finder
	examiner    Examiner
	privacy     Privacy
	prices      Prices
	limits      answer.Limits
}

// command is a command of the bot. Non-admins don't see admin commands. Group members
// without the right to change settings see the command, and get a refusal.
type command struct {
	name  string
	who   role
	where where
	about phrase // its line in the menu and in /help
	run   handler
}

// handler runs a command.
type handler func(b *Bot, ctx context.Context, in Incoming, args string, out Responder) error

// where is the chats whose menu has a command. The command works in all chats.
type where int

const (
	inPrivate where = 1 << iota
	inGroups
	nowhere    where = 0
	everywhere       = inPrivate | inGroups
)

// role is who may use a command or a button.
type role int

const (
	anyone role = iota
	// chatAdmins may change their chat's settings: a group's administrators, including
	// anonymous ones, and anybody in private.
	chatAdmins
	// admins are the people in ADMIN_IDS, by numeric id only, and the owner of the
	// terminal; never an anonymous administrator of a group.
	admins
)

// ErrRequeued is the cause of a context that is cancelled because the program stops:
// the question is answered after the next start. Handle then sends no reply and returns
// ErrRequeued.
var ErrRequeued = errors.New("requeued until the next start")

// errShow wraps errors of the transport, after which an apology isn't sent: it would fail too.
var errShow = errors.New("the answer could not be shown")

// live returns the live edition, or answer.ErrNoReport.
func (b *Bot) live(ctx context.Context) (*store.Edition, error) {
	edition, err := b.memory.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, answer.ErrNoReport
	}
	return edition, err
}

// settingsOf reads a chat's settings.
func (b *Bot) settingsOf(ctx context.Context, chat string) (settings, error) {
	set, err := b.memory.Settings(ctx, chat)
	return settingsFrom(set), err
}

// sendPhrase sends a phrase in the chat's language.
func (b *Bot) sendPhrase(ctx context.Context, in Incoming, out Responder, key phrase, fields ...any) error {
	return b.show(ctx, out, in.reply(key, fields...))
}

func (b *Bot) show(ctx context.Context, out Responder, m Message) error {
	if _, err := out.Final(ctx, m); err != nil {
		return errors.Join(errShow, err)
	}
	return nil
}
