package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"
)

// ErrForgotten means that somebody has had their data deleted since they asked.
var ErrForgotten = errors.New("who asked had their data deleted meanwhile")

// sealedColumns are the columns with seals: place of the chat, asker of the person.
var sealedColumns = []struct{ table, column string }{
	{"rating", "place"}, {"unanswered", "place"}, {"kept_question", "place"},
	{"exchange", "asker"}, {"rating", "asker"}, {"unanswered", "asker"}, {"kept_question", "asker"},
}

// deleteBatch is the most rows that are deleted in one transaction.
const deleteBatch = 500

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
	err = s.update(ctx, durable, func(tx *tx) {
		now := s.now()
		tx.exec(`INSERT OR REPLACE INTO forgotten (owner, at) SELECT value, ?2 FROM json_each(?1)`, array(keys), now.UnixMilli())
		purgeDeletionRecords(tx, now)
	})
	// From here on nothing is added, so that what is found now is all.
	if err == nil {
		err = s.update(ctx, durable, func(tx *tx) {
			deleteThreads(tx, who.Chat)
			deleteFailedUpdates(tx, keys)
		})
	}
	owners := map[string][]string{"place": chats, "asker": {who.Person}}
	for _, c := range sealedColumns {
		if err == nil {
			err = s.deleteSealed(ctx, c.table, c.column, owners[c.column])
		}
	}
	if err == nil {
		err = s.deleteVotes(ctx, who.Person)
	}
	if err == nil {
		err = s.emptyLog(ctx)
	}
	return err
}

// ForgetChat deletes a chat's data, also its settings, except today's usage: else
// blocking and unblocking the bot would reset somebody's daily limit.
func (s *Store) ForgetChat(ctx context.Context, chat int64) error {
	key := strconv.FormatInt(chat, 10)
	err := s.update(ctx, durable, func(tx *tx) {
		tx.exec(`DELETE FROM setting WHERE `+ofChat("chat"), key)
		tx.exec(`DELETE FROM spending WHERE (`+ofChat("chat")+`) AND day < ?2`, key, s.now().Format(time.DateOnly))
	})
	if err != nil {
		return err
	}
	return s.Forget(ctx, Owner{Chat: key})
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

// deleteThreads deletes a chat's exchanges, with ratings of them that have no seal yet,
// and its replies that are sent.
func deleteThreads(tx *tx, chat string) {
	tx.exec(`DELETE FROM rating WHERE exchange IN (SELECT id FROM exchange WHERE `+ofChat("thread")+`)`, chat)
	tx.exec(`DELETE FROM exchange WHERE `+ofChat("thread"), chat)
	tx.exec(`DELETE FROM reply WHERE CAST(chat AS TEXT) = ?1 AND update_id IN (SELECT update_id FROM inbox WHERE state <> 'waiting')`, chat)
}

// deleteSealed deletes the rows whose seal is one of the keys'.
func (s *Store) deleteSealed(ctx context.Context, table, column string, keys []string) error {
	seals, err := list(ctx, s, single[string], `SELECT `+column+` FROM `+table+` WHERE `+column+` <> ''`)
	if err != nil {
		return err
	}
	theirs := slices.DeleteFunc(seals, func(seal string) bool {
		return !slices.ContainsFunc(keys, func(key string) bool { return isSealOf(seal, key) })
	})
	return deleteBy(ctx, s, table, column+` IN (SELECT value FROM json_each(?))`, theirs)
}

// deleteVotes deletes a person's ratings of answers and bells under them.
func (s *Store) deleteVotes(ctx context.Context, person string) error {
	id, err := strconv.ParseInt(person, 10, 64)
	if err != nil {
		return nil // nobody who can rate
	}
	for _, table := range []string{"rating", "bell"} {
		votes, err := list(ctx, s, func(v *pair[int64, string]) []any { return []any{&v.key, &v.value} }, `SELECT exchange, voter FROM `+table)
		if err != nil {
			return err
		}
		var theirs [][2]any
		for _, v := range votes {
			if v.value == voterHash(v.key, id) {
				theirs = append(theirs, [2]any{v.key, v.value})
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
	for some := range slices.Chunk(values, deleteBatch) {
		if err := s.exec(ctx, durable, `DELETE FROM `+table+` WHERE `+condition, array(some)); err != nil {
			return err
		}
	}
	return nil
}

// updateConcerns is the condition that the update in a column is from, or in, one of the keys
// in the JSON array ?1: some object in it has that id.
func updateConcerns(column string) string {
	return `EXISTS (SELECT 1 FROM json_tree(CASE WHEN json_valid(CAST(` + column + ` AS TEXT)) THEN CAST(` + column + ` AS TEXT) END) AS part
		WHERE part.key = 'id' AND CAST(part.atom AS TEXT) IN (SELECT value FROM json_each(?1)))`
}

// deleteFailedUpdates deletes the bodies of the failed updates from the keys, and of those that
// can't be read, and what was to be replied to them.
func deleteFailedUpdates(tx *tx, keys []string) {
	condition := `state = 'dead' AND body <> x'' AND (NOT json_valid(CAST(body AS TEXT)) OR ` + updateConcerns("body") + `)`
	tx.exec(`DELETE FROM reply WHERE update_id IN (SELECT update_id FROM inbox WHERE `+condition+`)`, array(keys))
	tx.exec(`UPDATE inbox SET body = x'', why = 'forgotten' WHERE `+condition, array(keys))
}

// deletionRecordTTL is how long, at least, a deletion is on record.
const deletionRecordTTL = 48 * time.Hour

// purgeDeletionRecords deletes old records of deletions, unless an update from before is waiting.
func purgeDeletionRecords(tx *tx, now time.Time) {
	tx.exec(`DELETE FROM forgotten WHERE at < ?
		AND NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'waiting' AND received_at * 1000 <= at)`, now.Add(-deletionRecordTTL).UnixMilli())
}

// forgottenSince reports whether an owner's data was deleted since a time; false for the
// zero time.
func forgottenSince(tx *tx, asked time.Time, who Owner) bool {
	return !asked.IsZero() && getIn(tx, single[bool],
		`SELECT EXISTS (SELECT 1 FROM forgotten WHERE owner IN (?, ?) AND at >= ?)`, who.Chat, who.Person, asked.UnixMilli())
}
