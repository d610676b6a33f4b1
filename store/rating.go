package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"
)

// keptRatings is how long ratings are kept.
const keptRatings = 90 * 24 * time.Hour

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
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%d", exchange, person))
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		now := s.now()
		result, err := tx.ExecContext(ctx,
			`INSERT INTO rating (exchange, voter, good, why, edition, question, answer, passages, given_at)
			 SELECT id, ?2, ?3, ?4, edition, question, answer, passages, ?5 FROM exchange WHERE id = ?1
			 ON CONFLICT (exchange, voter) DO UPDATE SET good = excluded.good, why = excluded.why, given_at = excluded.given_at`,
			exchange, hex.EncodeToString(sum[:8]), good, why, now.Unix())
		if err = orNotFound(result, err); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM rating WHERE given_at < ?`, now.Add(-keptRatings).Unix())
		return err
	})
}

// Ratings returns at most limit ratings, newest first.
func (s *Store) Ratings(ctx context.Context, limit int) ([]Rating, error) {
	return list(ctx, s, func(r row) (rating Rating, err error) {
		err = r.Scan(&rating.Exchange, &rating.Good, &rating.Why, &rating.Edition, &rating.Question, &rating.Answer,
			asJSON(&rating.Passages), asTime(&rating.GivenAt))
		return rating, err
	}, `SELECT exchange, good, why, edition, question, answer, passages, given_at FROM rating
		ORDER BY given_at DESC, exchange DESC LIMIT ?`, limit)
}
