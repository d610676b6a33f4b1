package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Integrity is the outcome of a check of the store.
type Integrity struct {
	At    time.Time
	Fault string // what is wrong, in one line; empty if nothing
}

// Check checks the store: it runs SQLite's checks of the file and of every index,
// and compares each edition's counts of passages, indexed passages and notes with
// its row. The outcome is stored for LastCheck; an error means that the check could
// not be made. It holds the write lock for about a second for each 100 MB.
func (s *Store) Check(ctx context.Context) (Integrity, error) {
	ids, err := list(ctx, s, single[int64], editionIDs+`state <> 'loading'`)
	if err == nil {
		err = s.check(ctx, true, ids...)
	}
	if err != nil {
		return Integrity{}, s.explain(err)
	}
	return s.LastCheck(ctx)
}

// LastCheck returns the outcome of the last check; ErrNotFound if there was none.
// It is cheap.
func (s *Store) LastCheck(ctx context.Context) (Integrity, error) {
	return get(ctx, s, func(last *Integrity) []any {
		return []any{asTime(&last.At), &last.Fault}
	}, `SELECT at, fault FROM integrity`)
}

// check checks the file and these editions, and stores the outcome. FTS5's own
// check of long indexes is run only if locking is set.
func (s *Store) check(ctx context.Context, locking bool, editions ...int64) error {
	fault, err := s.fault(ctx, locking, editions)
	if isCorrupt(err) {
		fault, err = "is damaged", nil
	}
	if err == nil {
		err = s.exec(ctx, durable, `INSERT OR REPLACE INTO integrity (only, at, fault) VALUES (1, ?, ?)`, s.now().Unix(), fault)
	}
	return err
}

// fault returns the first thing that is wrong, empty if nothing is.
func (s *Store) fault(ctx context.Context, locking bool, editions []int64) (string, error) {
	if fault, err := fileFault(ctx, s.read); err != nil || fault != "" {
		return fault, err
	}
	broken, err := row(ctx, s.read, single[string], `SELECT coalesce(group_concat(DISTINCT "table"), '') FROM pragma_foreign_key_check`)
	if err != nil || broken != "" {
		return "rows of " + broken + " belong to nothing", err
	}
	for _, edition := range editions {
		if fault, err := s.editionFault(ctx, locking, edition); err != nil || fault != "" {
			return fault, err
		}
	}
	return "", nil
}

// fileFault returns what SQLite finds wrong with a database's file, in one line.
func fileFault(ctx context.Context, db querier) (string, error) {
	found, err := row(ctx, db, single[string], `PRAGMA integrity_check(1)`)
	if err != nil || found == "ok" {
		return "", err
	}
	return strings.Join(strings.Fields(found), " "), nil
}

// maxQuickCheck is up to how many passages FTS5's check is quick; it holds the
// write lock. Skipping it loses nothing: integrity_check covers every index too,
// and an index without content of its own can't differ from it.
const maxQuickCheck = 10_000

func (s *Store) editionFault(ctx context.Context, locking bool, edition int64) (string, error) {
	var count int
	var whole bool
	err := s.snapshot(ctx, func(tx *tx) {
		count = getIn(tx, func(count *int) []any { return []any{count, &whole} }, fmt.Sprintf(`SELECT passages,
			passages = (SELECT count(*) FROM passage WHERE edition = e.id)
			AND passages = (SELECT count(*) FROM passage_fts_%d)
			AND footnotes = (SELECT count(*) FROM footnote WHERE edition = e.id) FROM edition e WHERE id = ?`, edition), edition)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil // deleted meanwhile
	case err != nil:
		return "", err
	case !whole:
		return fmt.Sprintf("edition %d is not whole", edition), nil
	}
	if count > maxQuickCheck && !locking {
		return "", nil
	}
	// With rank 1 an index that has content is compared with it too.
	err = s.exec(ctx, bulk, fmt.Sprintf(`INSERT INTO passage_fts_%d (passage_fts_%[1]d, rank) VALUES ('integrity-check', 1)`, edition))
	if isCorrupt(err) {
		return fmt.Sprintf("the index of edition %d is damaged", edition), nil
	}
	return "", err
}

func isCorrupt(err error) bool { return hasCode(err, sqlite3.ErrCorrupt) }

// Stats counts what a store holds.
type Stats struct {
	Bytes      int64 // of the file, without its log
	Editions   int   // live, kept and staged
	Staged     int
	Unanswered int // questions of the last 90 days
	Waiting    int // updates that are not done
}

// Stats counts what the store holds. It is cheap.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	return get(ctx, s, func(stats *Stats) []any {
		return []any{&stats.Bytes, &stats.Editions, &stats.Staged, &stats.Unanswered, &stats.Waiting}
	}, `SELECT
		(SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
		count(*), count(*) FILTER (WHERE state = 'staged'),
		(SELECT count(*) FROM unanswered WHERE asked_at >= ?),
		(SELECT count(*) FROM inbox WHERE state = 'waiting')
		FROM edition WHERE state <> 'loading'`, s.now().Add(-unansweredTTL).Unix())
}
