package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// ErrForgotten means that somebody has had their data deleted since they asked.
var ErrForgotten = errors.New("its asker has had all deleted meanwhile")

// Owner is whose data something is: what is asked belongs to the chat where it was asked,
// and to the person who asked.
type Owner struct {
	Chat   string // the transport's key
	Person string // the transport's key; empty if unknown, or if only the chat is meant
}

// seals returns the owner's seals for a row.
func (o Owner) seals() (asker, place string) { return seal(o.Person), seal(o.Chat) }

// The tables with a column for the seal of who asked, and of the chat.
var (
	withAsker = []string{"exchange", "rating", "unanswered", "kept_question"}
	withPlace = []string{"rating", "unanswered", "kept_question"}
)

// atOnce is the most rows that are deleted in one transaction.
const atOnce = 500

// Forget deletes what was asked in a chat and, if a person is given, what the person
// asked anywhere: exchanges, ratings of them, the person's own ratings, unanswered and
// pending questions, failed updates. It is then in none of the store's files. What was
// asked before and is still being answered is not stored later. Settings and usage stay.
//
// It may be called again if it was interrupted.
func (s *Store) Forget(ctx context.Context, who Owner) error {
	chats, err := s.keysOf(ctx, who.Chat)
	if err != nil {
		return err
	}
	keys := chats
	if who.Person != "" {
		keys = append(slices.Clip(keys), who.Person)
	}
	err = s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		now := s.now()
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO forgotten (owner, at) SELECT value, ?2 FROM json_each(?1)`, array(keys), now.UnixMilli())
		if err == nil {
			err = endForgetting(ctx, tx, now)
		}
		return err
	})
	if err != nil {
		return err
	}
	// From here on nothing is added, so that what is found now is all.
	if err := s.forgetThreads(ctx, who.Chat); err != nil {
		return err
	}
	for _, table := range withPlace {
		if err := s.forgetSealed(ctx, table, "place", chats...); err != nil {
			return err
		}
	}
	for _, table := range withAsker {
		if err := s.forgetSealed(ctx, table, "asker", who.Person); err != nil {
			return err
		}
	}
	if err := s.forgetVotes(ctx, who.Person); err != nil {
		return err
	}
	if err := s.forgetFailed(ctx, keys); err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// keysOf returns a chat's key, and those that it had before it moved.
func (s *Store) keysOf(ctx context.Context, chat string) ([]string, error) {
	keys := []string{chat}
	moved, err := s.MovedChats(ctx)
	if err != nil {
		return nil, err
	}
	for old := range moved {
		now := old
		for range moved {
			if next, ok := moved[now]; ok {
				now = next
			}
		}
		if strconv.FormatInt(now, 10) == chat {
			keys = append(keys, strconv.FormatInt(old, 10))
		}
	}
	return keys, nil
}

// forgetThreads deletes a chat's exchanges, with ratings of them that have no seal yet,
// and its replies that are sent.
func (s *Store) forgetThreads(ctx context.Context, chat string) error {
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		for _, query := range []string{
			`DELETE FROM rating WHERE exchange IN (SELECT id FROM exchange WHERE ` + ofChat("thread") + `)`,
			`DELETE FROM exchange WHERE ` + ofChat("thread"),
			`DELETE FROM reply WHERE CAST(chat AS TEXT) = ?1 AND update_id IN (SELECT update_id FROM inbox WHERE state <> 'waiting')`,
		} {
			if _, err := tx.ExecContext(ctx, query, chat); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgetSealed deletes the rows whose seal is one of the keys'.
func (s *Store) forgetSealed(ctx context.Context, table, column string, keys ...string) error {
	seals, err := list(ctx, s, scanOne[string], `SELECT `+column+` FROM `+table+` WHERE `+column+` <> ''`)
	if err != nil {
		return err
	}
	theirs := slices.DeleteFunc(seals, func(seal string) bool {
		return !slices.ContainsFunc(keys, func(key string) bool { return isSealOf(seal, key) })
	})
	return deleteBy(ctx, s, table, column+` IN (SELECT value FROM json_each(?))`, theirs)
}

// forgetVotes deletes a person's ratings of answers and bells under them.
func (s *Store) forgetVotes(ctx context.Context, person string) error {
	id, err := strconv.ParseInt(person, 10, 64)
	if err != nil {
		return nil // nobody who can rate
	}
	type vote struct {
		exchange int64
		voter    string
	}
	for _, table := range []string{"rating", "bell"} {
		votes, err := list(ctx, s, func(r row) (v vote, err error) { return v, r.Scan(&v.exchange, &v.voter) }, `SELECT exchange, voter FROM `+table)
		if err != nil {
			return err
		}
		var theirs [][2]any
		for _, v := range votes {
			if v.voter == voterOf(v.exchange, id) {
				theirs = append(theirs, [2]any{v.exchange, v.voter})
			}
		}
		if err := deleteBy(ctx, s, table, `(exchange, voter) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`, theirs); err != nil {
			return err
		}
	}
	return nil
}

// deleteBy deletes the rows of a table that fulfil a condition on a JSON array of values.
func deleteBy[T any](ctx context.Context, s *Store, table, condition string, values []T) error {
	for some := range slices.Chunk(values, atOnce) {
		if err := s.exec(ctx, durable, `DELETE FROM `+table+` WHERE `+condition, array(some)); err != nil {
			return err
		}
	}
	return nil
}

// concerns is the condition that the update in a column is from, or in, one of the keys
// in the JSON array ?1: some object in it has that id.
func concerns(column string) string {
	return `EXISTS (SELECT 1 FROM json_tree(CASE WHEN json_valid(CAST(` + column + ` AS TEXT)) THEN CAST(` + column + ` AS TEXT) END) AS part
		WHERE part.key = 'id' AND CAST(part.atom AS TEXT) IN (SELECT value FROM json_each(?1)))`
}

// forgetFailed deletes the bodies of the failed updates from the keys, and of those that
// can't be read, and what was to be replied to them.
func (s *Store) forgetFailed(ctx context.Context, keys []string) error {
	const failed = `state = 'dead' AND body <> x''`
	condition := failed + ` AND (NOT json_valid(CAST(body AS TEXT)) OR ` + concerns("body") + `)`
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM reply WHERE update_id IN (SELECT update_id FROM inbox WHERE `+condition+`)`, array(keys))
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE inbox SET body = x'', why = 'forgotten' WHERE `+condition, array(keys))
		}
		return err
	})
}

// forgettingLasts is how long it is known, at least, that somebody had all deleted.
const forgettingLasts = 48 * time.Hour

// endForgetting deletes who had all deleted, once nothing waits that was asked before.
func endForgetting(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM forgotten WHERE at < ?
		AND NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'waiting' AND received_at * 1000 <= at)`, now.Add(-forgettingLasts).UnixMilli())
	return err
}

// forgottenSince reports whether an owner has had all deleted since a time, zero: never.
func forgottenSince(ctx context.Context, tx *sql.Tx, asked time.Time, who Owner) (bool, error) {
	if asked.IsZero() {
		return false, nil
	}
	var count int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM forgotten WHERE owner IN (?, ?) AND at >= ?`, who.Chat, who.Person, asked.UnixMilli()).Scan(&count)
	return count > 0, err
}

// chatOf returns the chat of a thread.
func chatOf(thread string) string {
	chat, _, _ := strings.Cut(thread, "/")
	return chat
}

const (
	// emptyLogWithin is how long readers may hold up one try to empty the log; writes wait
	// meanwhile. emptyLogTries is how often it is tried, and emptyLogPause the pause.
	emptyLogWithin = 100 * time.Millisecond
	emptyLogTries  = 10
	emptyLogPause  = 50 * time.Millisecond
)

// emptyLog moves the log's content into the file and empties it: a log keeps what was
// deleted until it is written over. Where long reads prevent that, the next purge
// empties it.
func (s *Store) emptyLog(ctx context.Context) error {
	for range emptyLogTries {
		busy, err := s.tryEmptyLog(ctx)
		s.logFull.Store(busy)
		if err != nil || !busy {
			return err
		}
		time.Sleep(emptyLogPause)
	}
	return nil
}

// tryEmptyLog reports whether readers have prevented it.
func (s *Store) tryEmptyLog(ctx context.Context) (busy bool, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return true, s.explain(err)
	}
	defer conn.Close()
	wait := func(most time.Duration) error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, most.Milliseconds()))
		return err
	}
	if err := wait(emptyLogWithin); err != nil {
		return true, s.explain(err)
	}
	var pages, moved int // -1 without a log
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if hasCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked) {
		busy, err = true, nil
	}
	return busy, s.explain(errors.Join(err, wait(busyTimeout)))
}
