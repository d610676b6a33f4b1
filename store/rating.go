package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
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
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		now := s.now()
		var thread string
		if err := tx.QueryRowContext(ctx, `SELECT thread FROM exchange WHERE id = ?`, exchange).Scan(&thread); err != nil {
			return err // sql.ErrNoRows is ErrNotFound
		}
		_, err := tx.ExecContext(ctx,
			`INSERT INTO rating (exchange, voter, good, why, edition, question, answer, passages, given_at, asker, place)
			 SELECT id, ?2, ?3, ?4, edition, question, answer, passages, ?5, asker, ?6 FROM exchange WHERE id = ?1
			 ON CONFLICT (exchange, voter) DO UPDATE SET good = excluded.good, why = excluded.why, given_at = excluded.given_at`,
			exchange, voterOf(exchange, person), good, why, now.Unix(), seal(chatOf(thread)))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM rating WHERE given_at < ?`, now.Add(-KeptRatings).Unix())
		return err
	})
}

// voterOf tells one person's press under an exchange's answer from another's, and nothing
// else.
func voterOf(exchange, person int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%d", exchange, person))
	return hex.EncodeToString(sum[:8])
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
