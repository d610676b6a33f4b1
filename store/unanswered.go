package store

import (
	"context"
	"database/sql"
	"time"

	"reportbot/store/text"
)

// keptUnanswered is how long a question that the report did not answer is kept.
const keptUnanswered = 90 * 24 * time.Hour

// Unanswered is a question that the report did not answer. Who asked isn't stored.
type Unanswered struct {
	Question string
	Language string // vi or en
	Edition  int64
	AskedAt  time.Time
}

// addUnanswered stores an exchange's question if it was not answered, and deletes
// questions over 90 days old.
func addUnanswered(ctx context.Context, tx *sql.Tx, e Exchange, now time.Time) error {
	if !e.Unanswered {
		return nil
	}
	asker, place := e.owner().seals()
	_, err := tx.ExecContext(ctx, `INSERT INTO unanswered (question, lang, edition, asked_at, asker, place) VALUES (?, ?, ?, ?, ?, ?)`,
		text.Clean(e.Question), e.Language, e.Edition, now.Unix(), asker, place)
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM unanswered WHERE asked_at < ?`, now.Add(-keptUnanswered).Unix())
	}
	return err
}

// Unanswered returns the questions of the last 90 days, newest first.
func (s *Store) Unanswered(ctx context.Context) ([]Unanswered, error) {
	return list(ctx, s, func(r row) (q Unanswered, err error) {
		err = r.Scan(&q.Question, &q.Language, &q.Edition, asTime(&q.AskedAt))
		return q, err
	}, `SELECT question, lang, edition, asked_at FROM unanswered
		WHERE asked_at >= ? ORDER BY asked_at DESC, id DESC`, s.now().Add(-keptUnanswered).Unix())
}
