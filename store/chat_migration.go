package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"
)

// chatColumns are the columns that hold the transport's key of a chat, which may be
// followed by a slash and a topic.
var chatColumns = []struct{ table, column string }{
	{"exchange", "thread"},
	{"setting", "chat"},
	{"spending", "chat"},
}

// ofChat is the condition that a column holds the chat's key ?1, with or without a
// topic. A topic follows a slash; 0 is the character after it.
func ofChat(column string) string {
	return column + ` = ?1 OR ` + column + ` > ?1 || '/' AND ` + column + ` < ?1 || '0'`
}

// MoveChat moves a chat's data to its new id, as when a group becomes a supergroup,
// and records the move. Message ids change too, so answers are no longer found by
// their messages.
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

// MovedChats returns the moved chats: old id to new id.
func (s *Store) MovedChats(ctx context.Context) (map[int64]int64, error) {
	return pairs[int64, int64](ctx, s, `SELECT old, new FROM moved_chat`)
}

// ForgetChat deletes a chat's data, also its settings, except today's usage: else
// blocking and unblocking the bot would reset somebody's daily limit.
func (s *Store) ForgetChat(ctx context.Context, chat int64) error {
	key := strconv.FormatInt(chat, 10)
	err := s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE `+ofChat("chat"), key)
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM spending WHERE (`+ofChat("chat")+`) AND day < ?2`, key, s.now().Format(time.DateOnly))
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.Forget(ctx, Owner{Chat: key})
}
