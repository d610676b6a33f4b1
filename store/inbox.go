package store

import (
	"context"
	"database/sql"
	"time"
)

// redelivery is how long an update's id is remembered after it is done:
// Telegram delivers one again for 24 hours at most. After that the id may
// belong to another update: its numbering begins anew now and then.
const redelivery = 48 * time.Hour

// Update is something the transport received and must not lose.
type Update struct {
	ID   int64
	Body []byte // JSON as received
}

// TakeOver stores updates, all or none, and returns those that were not there
// yet, in order. Once it returns they outlive the program.
func (s *Store) TakeOver(ctx context.Context, updates []Update) ([]Update, error) {
	var fresh []Update
	err := s.transact(ctx, func(tx *sql.Tx) error {
		now := s.now()
		// First of all: an id that is used again must not be taken for a repetition.
		if _, err := tx.ExecContext(ctx, `DELETE FROM inbox WHERE state <> 'waiting' AND received_at < ?`,
			now.Add(-redelivery).Unix()); err != nil {
			return err
		}
		for _, update := range updates {
			result, err := tx.ExecContext(ctx,
				`INSERT INTO inbox (update_id, body, state, received_at) VALUES (?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`,
				update.ID, update.Body, now.Unix())
			if err != nil {
				return err
			}
			if added, _ := result.RowsAffected(); added > 0 {
				fresh = append(fresh, update)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// Waiting returns the updates that were taken over and not finished, in order.
func (s *Store) Waiting(ctx context.Context) ([]Update, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT update_id, body FROM inbox WHERE state = 'waiting' ORDER BY received_at, update_id`)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var updates []Update
	for rows.Next() {
		var update Update
		if err := rows.Scan(&update.ID, &update.Body); err != nil {
			return nil, s.explain(err)
		}
		updates = append(updates, update)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return updates, nil
}

const finish = `UPDATE inbox SET state = 'done', body = x'' WHERE update_id = ?`

// Finish records that an update is dealt with; its body is forgotten.
func (s *Store) Finish(ctx context.Context, id int64) error {
	return s.settle(ctx, finish, id)
}

// Bury records that an update can't be dealt with, and why; its body is kept.
// It may be one that was finished.
func (s *Store) Bury(ctx context.Context, update Update, why string) error {
	return s.settle(ctx, `UPDATE inbox SET state = 'dead', body = ?2, why = ?3 WHERE update_id = ?1`, update.ID, update.Body, why)
}

func (s *Store) settle(ctx context.Context, query string, args ...any) error {
	if _, err := s.write.ExecContext(ctx, query, args...); err != nil {
		return s.explain(err)
	}
	return nil
}

// transact does something wholly or not at all.
func (s *Store) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.explain(err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	if err = do(tx); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return s.explain(err)
	}
	return nil
}
