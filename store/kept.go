package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// keptQuestions is how long a question is kept for the link that names it.
const keptQuestions = 24 * time.Hour

// KeepQuestion keeps a question for a day under an id of the caller's.
func (s *Store) KeepQuestion(ctx context.Context, id, question string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM kept_question WHERE kept_at < ?`, s.now().Add(-keptQuestions).Unix())
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO kept_question (id, question, kept_at) VALUES (?, ?, ?)`,
				id, question, s.now().Unix())
		}
		return err
	})
}

// KeptQuestion returns the question that is kept under an id, ErrNotFound if
// none is, or no longer.
func (s *Store) KeptQuestion(ctx context.Context, id string) (question string, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT question FROM kept_question WHERE id = ? AND kept_at >= ?`,
		id, s.now().Add(-keptQuestions).Unix()).Scan(&question)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", ErrNotFound
	case err != nil:
		return "", s.explain(err)
	}
	return question, nil
}
