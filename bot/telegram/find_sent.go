package telegram

import (
	"context"
	"errors"
	"slices"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/store"
)

// A program that is killed while it sends a message can't know whether Telegram
// has taken it, nor one whose connection breaks. Nobody can ask Telegram for a bot's messages, but an edit tells:
// of a message that isn't there it is refused, and of one that shows the same
// already it says so. It is never tried on a message that is known: the bot's
// others, which it would change, and what people wrote to it, as far as Telegram
// has delivered that.

const (
	// recentReplies is how many replies are looked at for the ids of messages
	// that are known.
	recentReplies = 300
	// idsBeyond is how far behind the last known message a lost one may lie, and
	// idsTried how many ids are tried.
	idsBeyond = 16
	idsTried  = 48
	// catchUp is how long an answer waits for the first updates after a start.
	catchUp = 10 * time.Second
)

// history is what is known of earlier messages.
type history interface {
	RecentReplies(ctx context.Context, limit int) ([]store.Reply, error)
	Pending(ctx context.Context) ([]store.Update, error)
}

// sentFinder looks for messages that may have been sent.
type sentFinder struct {
	history  history
	caughtUp chan struct{} // closed once the updates that waited are fetched; nil: they come by themselves
	// ending is closed when the program is told to end: then there is no more
	// fetching, and what isn't found is left to the next start.
	ending <-chan struct{}
}

// ids returns the ids that a message of the bot's in a chat, behind another, may
// have.
func (u *sentFinder) ids(ctx context.Context, chat int64, after int) ([]int, error) {
	select {
	case <-u.caughtUp:
	case <-u.ending:
		return nil, bot.ErrRequeued
	case <-time.After(catchUp):
		return nil, errors.New("the updates that wait at Telegram can't be fetched")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	recent, err := u.history.RecentReplies(ctx, recentReplies)
	if err != nil {
		return nil, err
	}
	pending, err := u.history.Pending(ctx)
	if err != nil {
		return nil, err
	}
	known := map[int]bool{}
	for _, reply := range recent {
		if !numberedTogether(reply.Chat, chat) {
			continue
		}
		known[reply.Question] = true
		for _, id := range reply.Messages {
			known[id] = true
		}
	}
	for _, update := range pending {
		if in, id := messageOf(update.Body); numberedTogether(in, chat) {
			known[id] = true
		}
	}
	return unknownIDs(known, after), nil
}

// unknownIDs returns the ids behind one that may be of messages nobody knows of,
// ascending.
func unknownIDs(known map[int]bool, after int) []int {
	last := after
	for id := range known {
		last = max(last, id)
	}
	var unknown []int
	for id := last + idsBeyond; id > after && len(unknown) < idsTried; id-- {
		if !known[id] {
			unknown = append(unknown, id)
		}
	}
	slices.Reverse(unknown)
	return unknown
}

// messageOf returns the id and the chat of the message that an update brought;
// 0 for others.
func messageOf(body []byte) (chat int64, id int) {
	update := readObject(body)
	m := update.object("message")
	if m == nil {
		m = update.object("edited_message")
	}
	return m.object("chat").id("id"), int(m.id("message_id"))
}

// numberedTogether reports whether messages of two chats are numbered together.
// Those of private chats and basic groups are; supergroups and channels each
// have numbers of their own.
func numberedTogether(a, b int64) bool {
	const firstSupergroup = -1_000_000_000_000
	return a == b || a > firstSupergroup && b > firstSupergroup
}

// errCantLook means that a message that may have been sent can't be looked for.
var errCantLook = errors.New("a message that may have been sent can't be looked for")

// findSent looks for a message with this content that may have been sent, behind
// the message after. It reports false where there is none. It fails with
// errCantLook, with bot.ErrRequeued where there is no time to look, and with what else
// kept it from looking.
func (r *responder) findSent(ctx context.Context, c content, after int) (id int, found bool, err error) {
	if r.finder == nil || r.finder.caughtUp == nil || after == 0 || c.File != nil {
		return 0, false, errCantLook
	}
	ids, err := r.finder.ids(ctx, r.to.place.chat, after)
	if errors.Is(err, bot.ErrRequeued) {
		return 0, false, err
	}
	if err != nil {
		r.log.Warn("a message that may have been sent can't be looked for", "update", r.reply.Update, "error", err)
		return 0, false, errCantLook
	}
	for _, id := range ids {
		err := attempt(ctx, true, func(ctx context.Context) error { return r.editOnce(ctx, r.to.place, id, c) })
		switch {
		case err == nil:
			r.log.Info("a message had been sent already", "update", r.reply.Update, "chat", r.name())
			return id, true, nil
		case !errors.Is(err, tg.ErrorBadRequest):
			return 0, false, err
		}
	}
	return 0, false, nil
}
