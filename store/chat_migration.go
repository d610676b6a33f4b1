package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"
)

// chatColumns are the columns that hold the transport's key of a chat, alone
// or followed by a slash and a topic.
var chatColumns = []struct{ table, column string }{
	{"exchange", "thread"},
	{"setting", "chat"},
	{"spending", "chat"},
}

// ofChat is true for the rows whose column is a chat's key, given as ?1, with
// or without a topic. Keys are digits, so that none holds a wildcard.
func ofChat(column string) string { return column + ` = ?1 OR ` + column + ` LIKE ?1 || '/%'` }

// MoveChat gives all that is remembered of a chat to another id of it, as when
// a group becomes a supergroup, and remembers that it has moved. Messages are
// numbered anew there: no answer is known by its message any more.
func (s *Store) MoveChat(ctx context.Context, old, new int64) error {
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO moved_chat (old, new) VALUES (?, ?)`, old, new)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE exchange SET message = -id WHERE message IS NOT NULL AND (`+ofChat("thread")+`)`, strconv.FormatInt(old, 10))
		}
		for _, c := range chatColumns {
			if err == nil {
				_, err = tx.ExecContext(ctx, `UPDATE OR REPLACE `+c.table+` SET `+c.column+` = ?2 || substr(`+c.column+`, length(?1) + 1) WHERE `+
					ofChat(c.column), strconv.FormatInt(old, 10), strconv.FormatInt(new, 10))
			}
		}
		return err
	})
}

// MovedChats returns the chats that have got another id: old id to new one.
func (s *Store) MovedChats(ctx context.Context) (map[int64]int64, error) {
	return pairs[int64, int64](ctx, s, `SELECT old, new FROM moved_chat`)
}

// ForgetChat drops all that is remembered of a chat, but for what was asked in it
// today: else who has come to the day's limit would only have to shut the bot out
// and let it in again.
func (s *Store) ForgetChat(ctx context.Context, chat int64) error {
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM reply WHERE chat = ? AND update_id IN
			(SELECT update_id FROM inbox WHERE state <> 'waiting')`, chat)
		for _, c := range chatColumns {
			query, args := `DELETE FROM `+c.table+` WHERE (`+ofChat(c.column)+`)`, []any{strconv.FormatInt(chat, 10)}
			if c.table == "spending" {
				query, args = query+` AND day < ?2`, append(args, s.now().Format(time.DateOnly))
			}
			if err == nil {
				_, err = tx.ExecContext(ctx, query, args...)
			}
		}
		return err
	})
}
