// Package store keeps reports in SQLite: editions with their passages,
// footnotes and FTS5 index, and what the bot must remember of its chats.
//
// There is one writer and any number of readers. An edition never changes once
// it is stored; making another one live is a change of one row.
//
// Writes go through a queue, and waiting writes share a commit (writer.go). A
// commit survives a crash of the program at once, and a power cut once the log is
// synced (sync.go). Durable writes wait for that.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"
)

// busyTimeout is how long a write waits for another program's.
const busyTimeout = 5 * time.Second

// Store is an open database. Its methods may be called from any goroutine.
type Store struct {
	path   string  // as given; errors name it
	file   string  // path with links resolved
	write  *sql.DB // one connection, used by writer; nil: read-only
	read   *sql.DB
	writer *writer
	log    *logSync
	now    func() time.Time

	live    atomic.Pointer[Edition] // cache of the live edition
	loading sync.Mutex              // held while an edition is written
	logFull atomic.Bool             // the log may hold what was deleted
	// searches counts index reads since a load last looked.
	searches atomic.Int64
}

// Close makes the waiting writes and closes all connections.
func (s *Store) Close() error {
	var errs []error
	if s.writer != nil && s.writer.close() {
		errs = append(errs, s.log.close())
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// explain is explain for the store.
func (s *Store) explain(err error) error { return explain(s.path, err) }

// update makes a change. It is not made if ctx ends before it begins; once begun,
// update waits for it.
func (s *Store) update(ctx context.Context, how urgency, do changeFunc) error {
	if s.writer == nil {
		return s.explain(errReadOnly)
	}
	return s.explain(s.writer.make(&writeOp{ctx: ctx, change: do, urgency: how, done: make(chan struct{})}))
}

// exec is update for one statement.
func (s *Store) exec(ctx context.Context, how urgency, query string, args ...any) error {
	return s.update(ctx, how, func(tx *tx) { tx.exec(query, args...) })
}

// Sync returns once all earlier writes survive a power cut.
func (s *Store) Sync() error {
	if s.log == nil {
		return nil
	}
	done := make(chan error, 1)
	s.log.committed([]func(error){func(err error) { done <- err }})
	return s.explain(<-done)
}

// list returns the rows of a query. Its errors are explained.
func list[T any](ctx context.Context, s *Store, into func(*T) []any, query string, args ...any) ([]T, error) {
	values, err := collect(each(ctx, s.read, into, query, args...))
	return values, s.explain(err)
}

// get returns the one row of a query; ErrNotFound if there is none. Its errors are
// explained.
func get[T any](ctx context.Context, s *Store, into func(*T) []any, query string, args ...any) (T, error) {
	value, err := row(ctx, s.read, into, query, args...)
	return value, s.explain(err)
}

// pair is a row of two columns.
type pair[K comparable, V any] struct {
	key   K
	value V
}

// pairs returns the rows of a query with two columns as a map.
func pairs[K comparable, V any](ctx context.Context, s *Store, query string, args ...any) (map[K]V, error) {
	rows, err := list(ctx, s, func(p *pair[K, V]) []any { return []any{&p.key, &p.value} }, query, args...)
	if err != nil {
		return nil, err
	}
	values := make(map[K]V, len(rows))
	for _, p := range rows {
		values[p.key] = p.value
	}
	return values, nil
}

// snapshot runs read in a read transaction. Reading an index needs one: SQLite
// fails if another edition's tables are created between opening the index's table
// and reading its settings.
func (s *Store) snapshot(ctx context.Context, read func(tx *tx)) error {
	s.searches.Add(1)
	reads, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = reads.Rollback() }() // nothing was changed
	tx := &tx{ctx: ctx, sql: reads}
	getIn(tx, single[int], `SELECT count(*) FROM live`) // starts the snapshot
	read(tx)
	return tx.err
}

const (
	// emptyLogWithin is how long one try to empty the log waits for readers; writes wait
	// meanwhile. emptyLogTries is how often it is tried, and emptyLogPause the pause.
	emptyLogWithin = 100 * time.Millisecond
	emptyLogTries  = 10
	emptyLogPause  = 50 * time.Millisecond
)

// emptyLog moves the log's content into the file and empties it: a log keeps what was
// deleted until it is written over. Where long reads prevent that, the next purge
// empties it.
func (s *Store) emptyLog(ctx context.Context) error {
	for range emptyLogTries {
		busy, err := s.tryEmptyLog(ctx)
		s.logFull.Store(busy)
		if err != nil || !busy {
			return err
		}
		time.Sleep(emptyLogPause)
	}
	return nil
}

// tryEmptyLog reports whether readers have prevented it.
func (s *Store) tryEmptyLog(ctx context.Context) (busy bool, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return true, s.explain(err)
	}
	defer conn.Close()
	wait := func(most time.Duration) error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, most.Milliseconds()))
		return err
	}
	if err := wait(emptyLogWithin); err != nil {
		return true, s.explain(err)
	}
	var pages, moved int // -1 without a log
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if hasCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked) {
		busy, err = true, nil
	}
	return busy, s.explain(errors.Join(err, wait(busyTimeout)))
}
