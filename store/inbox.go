package store

import (
	"context"
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
	err = s.update(ctx, crashSafe, func(tx *tx) {
		fresh = nil
		now := s.now()
		// First, so that a reused id is not taken for a repetition.
		tx.exec(`DELETE FROM inbox WHERE state <> 'waiting' AND received_at < ?`, now.Add(-KeptUpdates).Unix())
		for _, update := range updates {
			if tx.exec(`INSERT INTO inbox (update_id, body, state, received_at) VALUES (?, ?, 'waiting', ?) ON CONFLICT DO NOTHING`,
				update.ID, update.Body, now.Unix()) > 0 {
				fresh = append(fresh, update)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// Pending returns the accepted updates that are not done, in order.
func (s *Store) Pending(ctx context.Context) ([]Update, error) {
	return list(ctx, s, func(u *Update) []any {
		return []any{&u.ID, &u.Body, asTime(&u.Received)}
	}, `SELECT update_id, body, received_at FROM inbox WHERE state = 'waiting' ORDER BY received_at, update_id`)
}

const markDone = `UPDATE inbox SET state = 'done', body = x'' WHERE update_id = ?`

// MarkDone records that an update is done and deletes its body.
func (s *Store) MarkDone(ctx context.Context, id int64) error {
	return s.exec(ctx, crashSafe, markDone, id)
}

// MarkFailed records that an update failed, and why, and keeps its body, unless somebody
// named in it had their data deleted since. The update may be done already.
func (s *Store) MarkFailed(ctx context.Context, update Update, why string) error {
	return s.update(ctx, crashSafe, func(tx *tx) {
		tx.exec(`UPDATE inbox SET state = 'dead', body = ?2, why = ?3 WHERE update_id = ?1`, update.ID, update.Body, why)
		since := listIn(tx, single[string], `SELECT owner FROM forgotten JOIN inbox ON at >= received_at * 1000 WHERE update_id = ?`, update.ID)
		tx.exec(`UPDATE inbox SET body = x'', why = 'forgotten' WHERE update_id = ?2 AND `+updateConcerns("body"), array(since), update.ID)
	})
}
