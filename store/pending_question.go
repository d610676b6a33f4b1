package store

import (
	"context"
	"time"
)

// pendingQuestionTTL is how long a question is kept for its link.
const pendingQuestionTTL = 24 * time.Hour

// SavePendingQuestion stores a question for a day under an id that the caller
// chooses. A link into the private chat carries the id.
func (s *Store) SavePendingQuestion(ctx context.Context, id, question string, by Owner) error {
	return s.update(ctx, crashSafe, func(tx *tx) {
		now := s.now()
		asker, place := by.seals()
		tx.exec(`DELETE FROM kept_question WHERE kept_at < ?`, now.Add(-pendingQuestionTTL).Unix())
		tx.exec(`INSERT OR REPLACE INTO kept_question (id, question, kept_at, asker, place) VALUES (?, ?, ?, ?, ?)`,
			id, question, now.Unix(), asker, place)
	})
}

// PendingQuestion returns the question with an id; ErrNotFound if there is none, or
// it has expired.
func (s *Store) PendingQuestion(ctx context.Context, id string) (string, error) {
	return get(ctx, s, single[string], `SELECT question FROM kept_question WHERE id = ? AND kept_at >= ?`,
		id, s.now().Add(-pendingQuestionTTL).Unix())
}
