package store

import (
	"context"
	"database/sql"
	"time"
)

// keptQuestions is how long a question is kept for the link that names it.
const keptQuestions = 24 * time.Hour

// SavePendingQuestion keeps a question for a day under an id of the caller's,
// for a link into the private chat that names it.
func (s *Store) SavePendingQuestion(ctx context.Context, id, question string) error {
	return s.update(ctx, soon, func(ctx context.Context, tx *sql.Tx) error {
		now := s.now()
		_, err := tx.ExecContext(ctx, `DELETE FROM kept_question WHERE kept_at < ?`, now.Add(-keptQuestions).Unix())
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO kept_question (id, question, kept_at) VALUES (?, ?, ?)`,
				id, question, now.Unix())
		}
		return err
	})
}

// PendingQuestion returns the question that is kept under an id, ErrNotFound if
// none is, or no longer.
func (s *Store) PendingQuestion(ctx context.Context, id string) (string, error) {
	return get(ctx, s, scanOne[string], `SELECT question FROM kept_question WHERE id = ? AND kept_at >= ?`,
		id, s.now().Add(-keptQuestions).Unix())
}
