package store

import (
	"context"
	"database/sql"
	"time"
)

// DailyStats are the statistics of one day.
type DailyStats struct {
	Questions  int
	Unanswered int // of these, not answered by the report
	Refused    int // the model's claims that were not shown
}

// countExchange adds an exchange to the statistics of its day.
func countExchange(ctx context.Context, tx *sql.Tx, e Exchange, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO tally (day, questions, unanswered, refused) VALUES (?1, 1, ?2, ?3)
		ON CONFLICT (day) DO UPDATE SET questions = questions + 1, unanswered = unanswered + ?2, refused = refused + ?3`,
		now.Format(time.DateOnly), e.Unanswered, e.Refused)
	return err
}

// Today returns the statistics of this day so far.
func (s *Store) Today(ctx context.Context) (DailyStats, error) {
	return get(ctx, s, func(r row) (day DailyStats, err error) {
		err = r.Scan(&day.Questions, &day.Unanswered, &day.Refused)
		return day, err
	}, `SELECT coalesce(sum(questions), 0), coalesce(sum(unanswered), 0), coalesce(sum(refused), 0)
		FROM tally WHERE day = ?`, s.now().Format(time.DateOnly))
}
