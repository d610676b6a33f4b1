package store

import (
	"context"
	"time"
)

// expiring are the tables whose rows expire, with the condition for rows from before a time.
var expiring = []struct {
	table, key, before string
	kept               time.Duration // 0: as long as Purge is told
}{
	{"exchange", "id", "asked_at < ?", 0},
	{"rating", "exchange, voter", "given_at < ?", KeptRatings},
	{"unanswered", "id", "asked_at < ?", unansweredTTL},
	{"kept_question", "id", "kept_at < ?", pendingQuestionTTL},
	{"inbox", "update_id", "state <> 'waiting' AND received_at < ?", KeptUpdates},
}

// Purge deletes what people asked and the store has kept long enough, in transactions
// between which others go on. keep shortens how long exchanges, ratings and questions are
// kept; 0 doesn't. It returns how many rows were deleted; they are then in none of the
// store's files.
func (s *Store) Purge(ctx context.Context, keep time.Duration) (deleted int, err error) {
	now := s.now()
	for _, a := range expiring {
		kept := a.kept
		if keep > 0 && (kept == 0 || keep < kept && a.table != "inbox") { // by its id a repeated update is recognised
			kept = keep
		}
		if kept == 0 {
			continue
		}
		n, err := s.purge(ctx, `DELETE FROM `+a.table+` WHERE (`+a.key+`) IN
			(SELECT `+a.key+` FROM `+a.table+` WHERE `+a.before+` LIMIT ?)`, now.Add(-kept).Unix())
		deleted += n
		if err != nil {
			return deleted, err
		}
	}
	err = s.update(ctx, crashSafe, func(tx *tx) { purgeDeletionRecords(tx, now) })
	if err == nil && (deleted > 0 || s.logFull.Load()) {
		err = s.emptyLog(ctx)
	}
	return deleted, err
}

// purge makes a deletion until it finds no more rows than fit into one transaction.
func (s *Store) purge(ctx context.Context, query string, before int64) (deleted int, err error) {
	for some := int64(deleteBatch); some == deleteBatch; deleted += int(some) {
		if err := s.update(ctx, crashSafe, func(tx *tx) { some = tx.exec(query, before, deleteBatch) }); err != nil {
			return deleted, err
		}
	}
	return deleted, nil
}
