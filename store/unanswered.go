package store

import (
	"context"
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
func addUnanswered(tx *tx, e Exchange, now time.Time) {
	if !e.Unanswered {
		return
	}
	asker, place := e.owner().seals()
	tx.exec(`INSERT INTO unanswered (question, lang, edition, asked_at, asker, place) VALUES (?, ?, ?, ?, ?, ?)`,
		text.Clean(e.Question), e.Language, e.Edition, now.Unix(), asker, place)
	tx.exec(`DELETE FROM unanswered WHERE asked_at < ?`, now.Add(-keptUnanswered).Unix())
}

// Unanswered returns the questions of the last 90 days, newest first.
func (s *Store) Unanswered(ctx context.Context) ([]Unanswered, error) {
	return list(ctx, s, func(q *Unanswered) []any {
		return []any{&q.Question, &q.Language, &q.Edition, asTime(&q.AskedAt)}
	}, `SELECT question, lang, edition, asked_at FROM unanswered
		WHERE asked_at >= ? ORDER BY asked_at DESC, id DESC`, s.now().Add(-keptUnanswered).Unix())
}
