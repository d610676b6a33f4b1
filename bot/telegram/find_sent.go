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

// After a crash or a broken connection it is unknown whether Telegram has accepted a
// message. Bots can't list their messages, but an edit can test for one: it is refused if
// the message doesn't exist, and changes nothing if the message has the same content
// already. Edits are never tried on known ids: the bot's other messages, which they would
// change, and people's messages, as far as Telegram has delivered them.

const (
	// recentReplies is how many replies are read for the ids of known messages: that many of
	// the chat, whose messages an edit would change, and that many of all chats, so that
	// fewer ids are tried.
	recentReplies = 2000
	// idsBeyond is how far beyond the last known id to search, and idsTried the maximum
	// number of ids to try.
	idsBeyond = 16
	idsTried  = 48
	// catchUpTimeout is how long a search waits for the first updates after a start.
	catchUpTimeout = 10 * time.Second
)

// history returns the ids of known messages.
type history interface {
	RecentReplies(ctx context.Context, chat int64, limit int) ([]store.Reply, error)
	Pending(ctx context.Context) ([]store.Update, error)
}

// sentFinder looks for messages that may have been sent.
type sentFinder struct {
	history  history
	caughtUp chan struct{} // closed once the pending updates are fetched; nil (webhook mode): no searches
	// stopping is closed at shutdown. No more updates are fetched then, and the search is
	// left to the next start.
	stopping <-chan struct{}
}

// ids returns the ids that a lost message in a chat may have, ascending: those greater
// than after that no known message has.
func (f *sentFinder) ids(ctx context.Context, chat int64, after int) ([]int, error) {
	select {
	case <-f.caughtUp:
	case <-f.stopping:
		return nil, bot.ErrRequeued
	case <-time.After(catchUpTimeout):
		return nil, errors.New("can't fetch the pending updates from Telegram")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	recent, err := f.history.RecentReplies(ctx, chat, recentReplies)
	if err != nil {
		return nil, err
	}
	pending, err := f.history.Pending(ctx)
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

// unknownIDs returns the ids greater than after that no known message has, ascending.
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

// messageOf returns the chat and the id of an update's message; 0 if it has none.
func messageOf(body []byte) (chat int64, id int) {
	update := readObject(body)
	m := update.object("message")
	if m == nil {
		m = update.object("edited_message")
	}
	return m.object("chat").id("id"), int(m.id("message_id"))
}

// numberedTogether reports whether messages of two chats share one numbering: private
// chats and basic groups do, while each supergroup and channel has its own.
func numberedTogether(a, b int64) bool {
	const firstSupergroup = -1_000_000_000_000
	return a == b || a > firstSupergroup && b > firstSupergroup
}

// errCannotSearch means that a search for a message that may have been sent is impossible.
var errCannotSearch = errors.New("can't search for a message that may have been sent")

// findSent searches for a message with this content whose id is greater than after. It
// fails with errCannotSearch if a search is impossible, with bot.ErrRequeued at shutdown,
// and with the error of a failed edit.
func (r *responder) findSent(ctx context.Context, c content, after int) (id int, found bool, err error) {
	if r.outbox.finder == nil || r.outbox.finder.caughtUp == nil || after == 0 || c.File != nil {
		return 0, false, errCannotSearch
	}
	ids, err := r.outbox.finder.ids(ctx, r.to.place.chat, after)
	if errors.Is(err, bot.ErrRequeued) {
		return 0, false, err
	}
	if err != nil {
		r.outbox.log.Warn("can't search for a message that may have been sent", "update", r.reply.Update, "error", err)
		return 0, false, errCannotSearch
	}
	for _, id := range ids {
		err := attempt(ctx, true, func(ctx context.Context) error { return r.outbox.editOnce(ctx, r.to.place, id, c) })
		switch {
		case err == nil:
			r.outbox.log.Info("found a message that had been sent before", "update", r.reply.Update, "chat", r.name())
			return id, true, nil
		case !errors.Is(err, tg.ErrorBadRequest):
			return 0, false, err
		}
	}
	return 0, false, nil
}
