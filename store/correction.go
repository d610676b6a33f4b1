package store

import (
	"context"
	"errors"
	"math"
	"time"
)

// KeptAnswer is the part of an exchange that is compared with another edition.
type KeptAnswer struct {
	Exchange int64
	Thread   string
	Edition  int64
	Cited    []Cited
	Sent     bool
}

// Changed is a cited sentence that an edition has no longer.
type Changed struct {
	Old Cited  `json:"old"`
	New string `json:"new,omitempty"` // what it says instead; empty: nothing
	// Paragraph and Notes are of the new sentence.
	Paragraph int   `json:"p,omitempty"`
	Notes     []int `json:"n,omitempty"`
}

// Correction is how an edition differs from an answer.
type Correction struct {
	Exchange int64
	Edition  int64     // that differs
	Changes  []Changed // in the order of the answer; none: the answer holds again
	// Tell: the answer's message shows it, and those who asked to be notified are not
	// notified yet.
	Tell bool
}

// Compared returns the edition with which the kept answers were last compared, and the
// last one of them; zeros if they never were.
func (s *Store) Compared(ctx context.Context) (edition, exchange int64, err error) {
	last, err := get(ctx, s, func(last *[2]int64) []any { return []any{&last[0], &last[1]} }, `SELECT edition, exchange FROM compared`)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return last[0], last[1], err
}

// KeptAnswers returns the answers after one, since a time, that cite an edition other
// than the given one, and those whose message shows a correction, in order. Those that are not sent yet are among them, but none
// whose message is unknown, since it can't be edited.
func (s *Store) KeptAnswers(ctx context.Context, edition, after int64, since time.Time) ([]KeptAnswer, error) {
	return list(ctx, s, func(a *KeptAnswer) []any {
		return []any{&a.Exchange, &a.Thread, &a.Edition, asJSON(&a.Cited), &a.Sent}
	}, `SELECT id, thread, exchange.edition, cited, message IS NOT NULL FROM exchange LEFT JOIN correction ON correction.exchange = id
		WHERE id > ?2 AND cited <> '[]' AND exchange.edition <> ?1 AND coalesce(message, 1) > 0
			AND (asked_at >= ?3 OR coalesce(shown, '[]') <> '[]') ORDER BY id`, edition, after, since.Unix())
}

// LastExchange returns the id of the last exchange; 0 for none.
func (s *Store) LastExchange(ctx context.Context) (int64, error) {
	return get(ctx, s, single[int64], `SELECT coalesce(max(id), 0) FROM exchange`)
}

// ShownCorrections returns the changes that messages of answers show, by exchange,
// without those of the given edition and those that can't be edited any more.
func (s *Store) ShownCorrections(ctx context.Context, except int64) (map[int64][]Changed, error) {
	rows, err := list(ctx, s, func(c *Correction) []any { return []any{&c.Exchange, asJSON(&c.Changes)} }, `SELECT exchange, shown FROM correction JOIN exchange e ON e.id = exchange
		WHERE shown <> '[]' AND correction.edition <> ? AND message > 0`, except)
	shown := make(map[int64][]Changed, len(rows))
	for _, c := range rows {
		shown[c.Exchange] = c.Changes
	}
	return shown, err
}

// SaveCorrections stores in one step how an edition differs from the answers after one,
// up to another; answers that are not in the list hold. It does nothing, and reports
// false, if the edition is no longer live.
func (s *Store) SaveCorrections(ctx context.Context, edition, after, upTo int64, since time.Time, corrections []Correction) (saved bool, err error) {
	err = s.update(ctx, bulk, func(tx *tx) {
		if saved = getIn(tx, single[bool], `SELECT EXISTS (SELECT 1 FROM live WHERE edition = ?)`, edition); !saved {
			return
		}
		// What no message shows need not be taken back.
		tx.exec(`DELETE FROM correction WHERE exchange > ? AND shown = '[]'`, after)
		tx.exec(`UPDATE correction SET edition = ?, changes = '[]', state = 'edit', why = '' WHERE exchange > ?`, edition, after)
		for _, c := range corrections {
			tx.exec(`INSERT INTO correction (exchange, edition, changes, state)
				SELECT id, ?2, ?3, 'edit' FROM exchange WHERE id = ?1
				ON CONFLICT (exchange) DO UPDATE SET edition = ?2, changes = ?3, state = iif(shown = ?3, 'done', 'edit')`,
				c.Exchange, edition, array(c.Changes))
		}
		tx.exec(`DELETE FROM shown_answer WHERE exchange IN (SELECT id FROM exchange WHERE asked_at < ?)
			AND exchange NOT IN (SELECT exchange FROM correction)`, since.Unix())
		tx.exec(`INSERT OR REPLACE INTO compared (only, edition, exchange) VALUES (1, ?, ?)`, edition, upTo)
	})
	return saved, err
}

// ShownAnswer is an answer as it was sent.
type ShownAnswer struct {
	Messages []int  // ids, in order
	Parts    []byte // what they show, the transport's own
}

// PendingCorrection is a correction with the answer that it is of.
type PendingCorrection struct {
	Correction
	Thread, Language string
	Shown            ShownAnswer
}

// PendingCorrections returns corrections of sent answers that are still to be shown or
// notified of: each thread's newest one, if it is older than before, newest first, at
// most limit. With before 0 it begins with the newest of all.
func (s *Store) PendingCorrections(ctx context.Context, before int64, limit int) ([]PendingCorrection, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return list(ctx, s, func(p *PendingCorrection) []any {
		return []any{&p.Exchange, &p.Edition, asJSON(&p.Changes), &p.Tell, &p.Thread, &p.Language, asJSON(&p.Shown.Messages), &p.Shown.Parts}
	}, `SELECT c.exchange, c.edition, c.changes, c.state = 'tell', e.thread, e.language, a.messages, a.parts
		FROM (SELECT max(c.exchange) AS newest FROM correction c JOIN exchange e ON e.id = c.exchange JOIN shown_answer a ON a.exchange = c.exchange
			WHERE c.state IN ('edit', 'tell') AND e.message > 0 GROUP BY e.thread)
		JOIN correction c ON c.exchange = newest JOIN exchange e ON e.id = newest JOIN shown_answer a ON a.exchange = newest
		WHERE newest < ? ORDER BY newest DESC LIMIT ?`, before, limit)
}

// CorrectionBegun records that an answer's message is about to be edited. After a crash
// it is unknown what the message shows, so it is edited again.
func (s *Store) CorrectionBegun(ctx context.Context, c Correction) error {
	return s.exec(ctx, first, `UPDATE correction SET shown = ?2 WHERE exchange = ?1`, c.Exchange, array([]Changed{{}}))
}

// CorrectionShown records that an answer's message shows a correction's changes. If
// people asked to be notified, that remains to be done.
func (s *Store) CorrectionShown(ctx context.Context, c Correction) error {
	return s.exec(ctx, first, `UPDATE correction SET shown = ?2, state = CASE
			WHEN changes <> ?2 THEN 'edit'
			WHEN EXISTS (SELECT 1 FROM bell WHERE bell.exchange = ?1) THEN 'tell'
			ELSE 'done' END
		WHERE exchange = ?1`, c.Exchange, array(c.Changes))
}

// CorrectionDone records that nothing is left to be done about a correction.
func (s *Store) CorrectionDone(ctx context.Context, c Correction) error {
	return s.endCorrection(ctx, c, "done", "")
}

// CorrectionFailed records that a correction can't be shown, and why. It is tried again
// with another edition.
func (s *Store) CorrectionFailed(ctx context.Context, c Correction, why string) error {
	return s.endCorrection(ctx, c, "failed", why)
}

// endCorrection does nothing if the correction has other changes by now.
func (s *Store) endCorrection(ctx context.Context, c Correction, state, why string) error {
	return s.exec(ctx, first, `UPDATE correction SET state = ?3, why = ?4 WHERE exchange = ?1 AND changes = ?2`, c.Exchange, array(c.Changes), state, why)
}

// ToggleBell turns a person's notification of corrections to an answer on or off, and
// reports which. ErrNotFound if the exchange is no longer stored.
func (s *Store) ToggleBell(ctx context.Context, exchange, person int64) (on bool, err error) {
	err = s.update(ctx, durable, func(tx *tx) {
		if on = tx.exec(`DELETE FROM bell WHERE exchange = ? AND voter = ?`, exchange, voterHash(exchange, person)) == 0; on {
			tx.execOne(`INSERT INTO bell (exchange, voter) SELECT id, ?2 FROM exchange WHERE id = ?1`, exchange, voterHash(exchange, person))
		}
	})
	return on, err
}
