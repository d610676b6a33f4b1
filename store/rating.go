package store

import (
	"context"
	"time"
)

// KeptRatings is how long ratings are kept.
const KeptRatings = 90 * 24 * time.Hour

// Rating is a person's rating of an answer.
type Rating struct {
	Exchange int64
	Good     bool
	Why      string // of a bad one; may be empty
	Edition  int64
	Question string
	Answer   string
	Passages []int64 // that were found, best first
	GivenAt  time.Time
}

// Rate stores a person's rating of an exchange's answer, replacing an earlier one.
// ErrNotFound if the exchange is no longer stored.
func (s *Store) Rate(ctx context.Context, exchange, person int64, good bool, why string) error {
	return s.update(ctx, durable, func(tx *tx) {
		now := s.now()
		thread := getIn(tx, single[string], `SELECT thread FROM exchange WHERE id = ?`, exchange) // without a row ErrNotFound
		tx.exec(`INSERT INTO rating (exchange, voter, good, why, edition, question, answer, passages, given_at, asker, place)
			 SELECT id, ?2, ?3, ?4, edition, question, answer, passages, ?5, asker, ?6 FROM exchange WHERE id = ?1
			 ON CONFLICT (exchange, voter) DO UPDATE SET good = excluded.good, why = excluded.why, given_at = excluded.given_at`,
			exchange, voterHash(exchange, person), good, why, now.Unix(), seal(chatOf(thread)))
		tx.exec(`DELETE FROM rating WHERE given_at < ?`, now.Add(-KeptRatings).Unix())
	})
}

// Ratings returns at most limit ratings, newest first.
func (s *Store) Ratings(ctx context.Context, limit int) ([]Rating, error) {
	return list(ctx, s, func(r *Rating) []any {
		return []any{&r.Exchange, &r.Good, &r.Why, &r.Edition, &r.Question, &r.Answer, asJSON(&r.Passages), asTime(&r.GivenAt)}
	}, `SELECT exchange, good, why, edition, question, answer, passages, given_at FROM rating
		ORDER BY given_at DESC, exchange DESC LIMIT ?`, limit)
}
