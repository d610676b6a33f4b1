package store

import (
	"context"
	"database/sql"
	"time"
)

// Tally is what became of the questions of one day.
type Tally struct {
	Questions  int
	Unanswered int // of these, what the report does not say
	Refused    int // claims of the model's that were not shown
}

// count adds an exchange to its day's tally.
func count(ctx context.Context, tx *sql.Tx, e Exchange, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO tally (day, questions, unanswered, refused) VALUES (?1, 1, ?2, ?3)
		ON CONFLICT (day) DO UPDATE SET questions = questions + 1, unanswered = unanswered + ?2, refused = refused + ?3`,
		now.Format(time.DateOnly), e.Unanswered, e.Refused)
	return err
}

// Today returns the tally of this day so far.
func (s *Store) Today(ctx context.Context) (Tally, error) {
	var t Tally
	err := s.read.QueryRowContext(ctx, `SELECT coalesce(sum(questions), 0), coalesce(sum(unanswered), 0), coalesce(sum(refused), 0)
		FROM tally WHERE day = ?`, s.now().Format(time.DateOnly)).Scan(&t.Questions, &t.Unanswered, &t.Refused)
	if err != nil {
		return t, s.explain(err)
	}
	return t, nil
}
