package store

import "context"

// Settings returns what a chat has set, by name; what it hasn't is absent.
func (s *Store) Settings(ctx context.Context, chat string) (map[string]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT name, value FROM setting WHERE chat = ?`, chat)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	settings := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, s.explain(err)
		}
		settings[name] = value
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return settings, nil
}

// Set sets one thing for a chat, and leaves the others as they are.
func (s *Store) Set(ctx context.Context, chat, name, value string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO setting (chat, name, value) VALUES (?, ?, ?)
		ON CONFLICT (chat, name) DO UPDATE SET value = excluded.value`, chat, name, value)
	if err != nil {
		return s.explain(err)
	}
	return nil
}
