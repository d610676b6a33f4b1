package store

import (
	"context"
	"database/sql"
	"time"
)

// KeptUpdates is how long a finished update is kept, of failed ones with their bodies:
// Telegram repeats an update for at most 24 hours. Later the id may be reused, since
// Telegram's numbering restarts now and then.
const KeptUpdates = 48 * time.Hour

// Update is something the transport received and must not lose.
type Update struct {
	ID   int64
	Body []byte // JSON as received
	// Received is when it was accepted; of new ones zero.
	Received time.Time
}

// Accept stores updates, all or none, and returns the new ones, in order. After it
// they survive a crash of the program, and after Sync a power cut.
func (s *Store) Accept(ctx context.Context, updates []Update) (fresh []Update, err error) {
	err = s.update(ctx, soon, func(ctx context.Context, tx *sql.Tx) (err error) {
		fresh, err = accept(ctx, tx, updates, s.now())
		return err
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

func accept(ctx context.Context, tx *sql.Tx, updates []Update, now time.Time) (fresh []Update, err error) {
	// First, so that a reused id is not taken for a repetition.
	if _, err := tx.ExecContext(ctx, `DELETE FROM inbox WHERE state <> 'waiting' AND received_at < ?`,
		now.Add(-KeptUpdates).Unix()); err != nil {
		return nil, err
	}
	for _, update := range updates {
		result, err := tx.ExecContext(ctx,
			`INSERT INTO inbox (update_id, body, state, received_at) VALUES (?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`,
			update.ID, update.Body, now.Unix())
		if err != nil {
			return nil, err
		}
		if added, _ := result.RowsAffected(); added > 0 {
			fresh = append(fresh, update)
		}
	}
	return fresh, nil
}

// Pending returns the accepted updates that are not done, in order.
func (s *Store) Pending(ctx context.Context) ([]Update, error) {
	return list(ctx, s, func(r row) (u Update, err error) {
		err = r.Scan(&u.ID, &u.Body, asTime(&u.Received))
		return u, err
	}, `SELECT update_id, body, received_at FROM inbox WHERE state = 'waiting' ORDER BY received_at, update_id`)
}

const markDone = `UPDATE inbox SET state = 'done', body = x'' WHERE update_id = ?`

// MarkDone records that an update is done and deletes its body.
func (s *Store) MarkDone(ctx context.Context, id int64) error {
	return s.exec(ctx, soon, markDone, id)
}

// MarkFailed records that an update failed, and why, and keeps its body, unless who is in
// it has had all deleted since. The update may be done already.
func (s *Store) MarkFailed(ctx context.Context, update Update, why string) error {
	return s.update(ctx, soon, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE inbox SET state = 'dead', body = ?2, why = ?3 WHERE update_id = ?1`, update.ID, update.Body, why); err != nil {
			return err
		}
		since, err := listIn(ctx, tx, scanOne[string], `SELECT owner FROM forgotten JOIN inbox ON at >= received_at * 1000 WHERE update_id = ?`, update.ID)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE inbox SET body = x'', why = 'forgotten' WHERE update_id = ?2 AND `+concerns("body"), array(since), update.ID)
		}
		return err
	})
}
