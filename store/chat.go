package store

import (
	"context"
	"strconv"
)

// Settings returns a chat's settings by name, without those left at the default.
func (s *Store) Settings(ctx context.Context, chat string) (map[string]string, error) {
	return pairs[string, string](ctx, s, `SELECT name, value FROM setting WHERE chat = ?`, chat)
}

// Set changes one setting of a chat.
func (s *Store) Set(ctx context.Context, chat, name, value string) error {
	return s.exec(ctx, durable, `INSERT OR REPLACE INTO setting (chat, name, value) VALUES (?, ?, ?)`, chat, name, value)
}

// ChatsWith returns the chats whose setting has a value.
func (s *Store) ChatsWith(ctx context.Context, name, value string) ([]string, error) {
	return list(ctx, s, single[string], `SELECT chat FROM setting WHERE name = ? AND value = ?`, name, value)
}

// chatColumns are the columns that hold the transport's key of a chat, which may be
// followed by a slash and a topic.
var chatColumns = []struct{ table, column string }{
	{"exchange", "thread"},
	{"setting", "chat"},
	{"spending", "chat"},
}

// MoveChat moves a chat's data to its new id, as when a group becomes a supergroup,
// and records the move. Message ids change too, so answers are no longer found by
// their messages.
func (s *Store) MoveChat(ctx context.Context, old, new int64) error {
	before, after := strconv.FormatInt(old, 10), strconv.FormatInt(new, 10)
	return s.update(ctx, durable, func(tx *tx) {
		tx.exec(`INSERT OR REPLACE INTO moved_chat (old, new) VALUES (?, ?)`, old, new)
		tx.exec(`UPDATE exchange SET message = -id WHERE message IS NOT NULL AND (`+ofChat("thread")+`)`, before)
		for _, c := range chatColumns {
			tx.exec(`UPDATE OR REPLACE `+c.table+` SET `+c.column+` = ?2 || substr(`+c.column+`, length(?1) + 1) WHERE `+ofChat(c.column), before, after)
		}
	})
}

// MovedChats returns the moved chats: old id to new id.
func (s *Store) MovedChats(ctx context.Context) (map[int64]int64, error) {
	return pairs[int64, int64](ctx, s, `SELECT old, new FROM moved_chat`)
}
