package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// keptRatings is how long ratings are kept.
const keptRatings = 90 * 24 * time.Hour

// Rating is what somebody said of an answer.
type Rating struct {
	Exchange int64
	Good     bool
	Why      string // of a bad one; may be empty
	Edition  int64
	Question string
	Answer   string
	Passages []int64 // what was found, nearest first
	GivenAt  time.Time
}

// Rate stores what a person says of an exchange's answer, in place of what
// they said of it before. ErrNotFound if the exchange isn't remembered.
func (s *Store) Rate(ctx context.Context, exchange, person int64, good bool, why string) error {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%d", exchange, person))
	result, err := s.write.ExecContext(ctx,
		`INSERT INTO rating (exchange, voter, good, why, edition, question, answer, passages, given_at)
		 SELECT id, ?2, ?3, ?4, edition, question, answer, passages, ?5 FROM exchange WHERE id = ?1
		 ON CONFLICT (exchange, voter) DO UPDATE SET good = excluded.good, why = excluded.why, given_at = excluded.given_at`,
		exchange, hex.EncodeToString(sum[:8]), good, why, s.now().Unix())
	if err == nil {
		_, err = s.write.ExecContext(ctx, `DELETE FROM rating WHERE given_at < ?`, s.now().Add(-keptRatings).Unix())
	}
	if err != nil {
		return s.explain(err)
	}
	if n, _ := result.RowsAffected(); n == 0 {
		return ErrNotFound
	}
	return nil
}

// Ratings returns what was said of answers, the newest first, at most limit.
func (s *Store) Ratings(ctx context.Context, limit int) ([]Rating, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT exchange, good, why, edition, question, answer, passages, given_at FROM rating
		ORDER BY given_at DESC, exchange DESC LIMIT ?`, limit)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var all []Rating
	for rows.Next() {
		var r Rating
		var passages string
		var givenAt int64
		err := rows.Scan(&r.Exchange, &r.Good, &r.Why, &r.Edition, &r.Question, &r.Answer, &passages, &givenAt)
		if err = errors.Join(err, json.Unmarshal([]byte(passages), &r.Passages)); err != nil {
			return nil, s.explain(err)
		}
		r.GivenAt = time.Unix(givenAt, 0)
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return all, nil
}
