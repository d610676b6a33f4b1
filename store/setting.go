package store

import "context"

// Settings returns what a chat has set, by name; what it hasn't is absent.
func (s *Store) Settings(ctx context.Context, chat string) (map[string]string, error) {
	return pairs[string, string](ctx, s, `SELECT name, value FROM setting WHERE chat = ?`, chat)
}

// Set sets one thing for a chat, and leaves the others as they are.
func (s *Store) Set(ctx context.Context, chat, name, value string) error {
	return s.exec(ctx, durable, `INSERT INTO setting (chat, name, value) VALUES (?, ?, ?)
		ON CONFLICT (chat, name) DO UPDATE SET value = excluded.value`, chat, name, value)
}
