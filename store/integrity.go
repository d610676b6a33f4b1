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
	ids, err := editionIDs(ctx, s.read, `state <> 'loading'`)
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
	return get(ctx, s, func(r row) (last Integrity, err error) {
		err = r.Scan(asTime(&last.At), &last.Fault)
		return last, err
	}, `SELECT at, fault FROM integrity`)
}

// check checks the file and these editions, and stores the outcome. FTS5's own
// check of long indexes is run only if locking is set.
func (s *Store) check(ctx context.Context, locking bool, editions ...int64) error {
	fault, err := s.fault(ctx, locking, editions)
	if corrupt(err) {
		fault, err = "is damaged", nil
	}
	if err == nil {
		err = s.exec(ctx, durable, `INSERT INTO integrity (only, at, fault) VALUES (1, ?1, ?2)
			ON CONFLICT (only) DO UPDATE SET at = ?1, fault = ?2`, s.now().Unix(), fault)
	}
	return err
}

// fault returns the first thing that is wrong, empty if nothing is.
func (s *Store) fault(ctx context.Context, locking bool, editions []int64) (string, error) {
	var said string
	if err := s.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil || said != "ok" {
		return strings.Join(strings.Fields(said), " "), err
	}
	var broken sql.NullString
	err := s.read.QueryRowContext(ctx, `SELECT group_concat(DISTINCT "table") FROM pragma_foreign_key_check`).Scan(&broken)
	if err != nil || broken.Valid {
		return "rows of " + broken.String + " belong to nothing", err
	}
	for _, edition := range editions {
		if fault, err := s.editionFault(ctx, locking, edition); err != nil || fault != "" {
			return fault, err
		}
	}
	return "", nil
}

// quickPassages is up to how many passages FTS5's check is quick; it holds the
// write lock. Skipping it loses nothing: integrity_check covers every index too,
// and an index without content of its own can't differ from it.
const quickPassages = 10_000

func (s *Store) editionFault(ctx context.Context, locking bool, edition int64) (string, error) {
	var count int
	var passages, indexed, footnotes bool
	err := s.snapshot(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT passages,
			passages = (SELECT count(*) FROM passage WHERE edition = e.id),
			passages = (SELECT count(*) FROM passage_fts_%d),
			footnotes = (SELECT count(*) FROM footnote WHERE edition = e.id) FROM edition e WHERE id = ?`, edition), edition).
			Scan(&count, &passages, &indexed, &footnotes)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil // deleted meanwhile
	case err != nil:
		return "", err
	case !passages || !indexed || !footnotes:
		return fmt.Sprintf("edition %d is not whole", edition), nil
	}
	if count > quickPassages && !locking {
		return "", nil
	}
	// With rank 1 an index that has content is compared with it too.
	err = s.exec(ctx, bulk, fmt.Sprintf(`INSERT INTO passage_fts_%d (passage_fts_%[1]d, rank) VALUES ('integrity-check', 1)`, edition))
	if corrupt(err) {
		return fmt.Sprintf("the index of edition %d is damaged", edition), nil
	}
	return "", err
}

func corrupt(err error) bool { return hasCode(err, sqlite3.ErrCorrupt) }
