package store

import "context"

// Settings returns a chat's settings by name, without those left at the default.
func (s *Store) Settings(ctx context.Context, chat string) (map[string]string, error) {
	return pairs[string, string](ctx, s, `SELECT name, value FROM setting WHERE chat = ?`, chat)
}

// Set changes one setting of a chat.
func (s *Store) Set(ctx context.Context, chat, name, value string) error {
	return s.exec(ctx, durable, `INSERT INTO setting (chat, name, value) VALUES (?, ?, ?)
		ON CONFLICT (chat, name) DO UPDATE SET value = excluded.value`, chat, name, value)
}

// ChatsWith returns the chats whose setting has a value.
func (s *Store) ChatsWith(ctx context.Context, name, value string) ([]string, error) {
	return list(ctx, s, scanOne[string], `SELECT chat FROM setting WHERE name = ? AND value = ?`, name, value)
}
