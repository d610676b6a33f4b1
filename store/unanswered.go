package store

import (
	"context"
	"time"
)

// keptUnanswered is how long a question that the report did not answer is kept.
const keptUnanswered = 90 * 24 * time.Hour

// Unanswered is a question that the report did not answer, without who asked.
type Unanswered struct {
	Question string
	Language string // vi or en
	Edition  int64  // that was asked
	AskedAt  time.Time
}

// KeepUnanswered remembers a question that an edition did not answer, as of
// now, for the admins; those over 90 days old are forgotten. lang is vi or en.
func (s *Store) KeepUnanswered(ctx context.Context, question, lang string, edition int64) error {
	now := s.now()
	_, err := s.write.ExecContext(ctx, `INSERT INTO unanswered (question, lang, edition, asked_at) VALUES (?, ?, ?, ?)`,
		question, lang, edition, now.Unix())
	if err == nil {
		_, err = s.write.ExecContext(ctx, `DELETE FROM unanswered WHERE asked_at < ?`, now.Add(-keptUnanswered).Unix())
	}
	if err != nil {
		return s.explain(err)
	}
	return nil
}

// Unanswered returns the questions of the last 90 days, newest first.
func (s *Store) Unanswered(ctx context.Context) ([]Unanswered, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT question, lang, edition, asked_at FROM unanswered
		WHERE asked_at >= ? ORDER BY asked_at DESC, id DESC`, s.now().Add(-keptUnanswered).Unix())
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var questions []Unanswered
	for rows.Next() {
		var q Unanswered
		var at int64
		if err := rows.Scan(&q.Question, &q.Language, &q.Edition, &at); err != nil {
			return nil, s.explain(err)
		}
		q.AskedAt = time.Unix(at, 0)
		questions = append(questions, q)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return questions, nil
}
