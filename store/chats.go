package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// keptAnswers is how many answers of a chat are remembered.
const keptAnswers = 50

// SaveAnswer remembers which notes of an edition an answer carries. chat is
// the transport's key of chat and topic, message the id of the answer there.
func (s *Store) SaveAnswer(ctx context.Context, chat string, message int, edition int64, notes []int) error {
	_, err := s.write.ExecContext(ctx,
		`INSERT INTO answer (chat, message, edition, notes, asked_at) VALUES (?1, ?2, ?3, ?4, ?5)
		 ON CONFLICT (chat, message) DO UPDATE SET edition = ?3, notes = ?4, asked_at = ?5`,
		chat, message, edition, array(notes), s.now().Unix())
	if err == nil {
		_, err = s.write.ExecContext(ctx,
			`DELETE FROM answer WHERE chat = ?1 AND message NOT IN
			 (SELECT message FROM answer WHERE chat = ?1 ORDER BY asked_at DESC, message DESC LIMIT ?2)`, chat, keptAnswers)
	}
	if err != nil {
		return s.explain(err)
	}
	return nil
}

// SavedAnswer returns the edition and notes of an answer, for message 0 of the
// chat's last one; ErrNotFound if it isn't remembered.
func (s *Store) SavedAnswer(ctx context.Context, chat string, message int) (edition int64, notes []int, err error) {
	var encoded string
	err = s.read.QueryRowContext(ctx,
		`SELECT edition, notes FROM answer WHERE chat = ?1 AND (?2 = 0 OR message = ?2)
		 ORDER BY asked_at DESC, message DESC LIMIT 1`,
		chat, message).Scan(&edition, &encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal([]byte(encoded), &notes)
	}
	if err != nil {
		return 0, nil, s.explain(err)
	}
	return edition, notes, nil
}
