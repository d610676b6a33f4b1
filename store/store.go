// Package store keeps reports in SQLite: editions with their passages,
// footnotes and FTS5 index, and what the bot must remember of its chats.
//
// There is one writer and any number of readers. An edition never changes once
// it is stored; making another one live is a change of one row.
//
// Writes go through a queue: those that wait together are committed together
// (writer.go). A commit outlives the program at once, and a power cut once the
// log is synced (sync.go), which whoever must be sure waits for.
package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// Memory is the path of a store that lives as long as it is open.
const Memory = ":memory:"

// busyTimeout is how long a write waits for another program's.
const busyTimeout = 5 * time.Second

// readers is how many connections read at once.
const readers = 4

//go:embed migrations/*.sql
var migrations embed.FS

// Store is an open database. Its methods may be called from any goroutine.
type Store struct {
	path   string  // as it was given; errors name it
	file   string  // path without links in it
	write  *sql.DB // one connection, used by writer; nil: the store is only read
	read   *sql.DB
	writer *writer
	log    *logSync
	now    func() time.Time

	live    atomic.Pointer[Edition] // as it was last read
	loading sync.Mutex              // held while an edition is written
	// searches counts how often an index was read since a load last looked.
	searches atomic.Int64
}

// Open opens the store at path, or Memory, and brings its tables up to date;
// a file that isn't there is made. An error names the path.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, dsn(path), true)
}

// OpenExisting is Open for a store that must be there already.
func OpenExisting(ctx context.Context, path string) (*Store, error) {
	if err := mustBeThere(path); err != nil {
		return nil, err
	}
	return open(ctx, path, dsn(path), true)
}

// OpenReadOnly opens an existing store and never changes it, also on a disk
// that can't be written.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	if err := mustBeThere(path); err != nil {
		return nil, err
	}
	s, err := open(ctx, path, dsn(path), false)
	if err != nil && unwritable(err) && !exists(path+"-wal") {
		// SQLite keeps an index of the log beside the store. Where that can't be
		// written and there is no log, nobody writes to the store either.
		if s, failed := open(ctx, path, dsn(path)+"&immutable=1", false); failed == nil {
			return s, nil
		}
	}
	return s, err
}

func unwritable(err error) bool { return hasCode(err, sqlite3.ErrCantOpen, sqlite3.ErrReadonly) }

func open(ctx context.Context, path, where string, writable bool) (*Store, error) {
	s := &Store{path: path, file: realPath(path), now: time.Now}
	if writable && path != Memory {
		makeFile(s.file)
		hideFromOthers(s.file)
	}
	var err error
	if s.read, err = sql.Open("sqlite3", where+"&_query_only=1"); err == nil && writable {
		s.write, err = sql.Open("sqlite3", where+"&_txlock=immediate&_journal_mode=WAL")
	}
	if err == nil {
		err = s.prepare(ctx)
	}
	if err == nil {
		s.read.SetMaxOpenConns(readers)
		s.read.SetMaxIdleConns(readers)
		if writable {
			s.write.SetMaxOpenConns(1)
			err = s.startWriter(ctx)
		}
	}
	if err != nil {
		s.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

// startWriter begins to take writes. Where SQLite keeps a log, the log is synced
// here instead of at each commit.
func (s *Store) startWriter(ctx context.Context) error {
	var mode string
	if err := s.write.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return err
	}
	var log *os.File
	if mode == "wal" {
		var err error
		if log, err = os.OpenFile(s.file+"-wal", os.O_RDWR, 0); err != nil {
			return fmt.Errorf("its log can't be opened: %w", reason(err))
		}
		if _, err = s.write.ExecContext(ctx, `PRAGMA synchronous = NORMAL`); err != nil {
			log.Close()
			return err
		}
	}
	s.log = newLogSync(log)
	s.writer = newWriter(s.write, s.log)
	return nil
}

// Close makes the writes that wait and ends all connections.
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

// memories numbers the stores in memory, so that two of them share nothing.
var memories atomic.Int64

// dsn returns the connection string for path. The library's defaults are not
// ours: synchronous is FULL, so that a commit outlives a power cut, until
// startWriter takes that over.
func dsn(path string) string {
	options := "_synchronous=FULL&_foreign_keys=1&_stmt_cache_size=64&_busy_timeout=" + strconv.FormatInt(busyTimeout.Milliseconds(), 10)
	if path == Memory {
		return "file:/memory-" + strconv.FormatInt(memories.Add(1), 10) + "?vfs=memdb&" + options
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options
}

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files,
		goose.WithGoMigrations(goose.NewGoMigration(15, &goose.GoFunc{RunTx: reindex}, nil)))
}

// prepare brings the tables up to date where it may, and refuses a database
// that isn't ours before anything in it is changed.
func (s *Store) prepare(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	p, err := provider(cmp.Or(s.write, s.read))
	if err != nil {
		return err
	}
	if err := refuseNewer(version, p); err != nil {
		return err
	}
	switch {
	case s.write != nil:
		// Another program that opens the same new store gets in between: each
		// failure then means that one more migration is done.
		for range len(p.ListSources()) + 1 {
			if _, err = p.Up(ctx); err == nil || ctx.Err() != nil {
				break
			}
		}
		return err
	case version == 0:
		return errForeign
	case version < newest(p):
		return fmt.Errorf("has tables of version %d, this program knows %d: run `reportbot load` or `serve` on it once", version, newest(p))
	}
	return nil
}

// newest returns the version of the tables that this program makes.
func newest(p *goose.Provider) int64 { return p.ListSources()[len(p.ListSources())-1].Version }

func refuseNewer(version int64, p *goose.Provider) error {
	if version > newest(p) {
		return fmt.Errorf("was made by a newer reportbot (tables of version %d, this one knows %d)", version, newest(p))
	}
	return nil
}

// version returns the version of the tables, 0 where there are none yet.
func (s *Store) version(ctx context.Context) (version int64, err error) {
	var versions, editions, others int
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE name = 'goose_db_version'),
		count(*) FILTER (WHERE name = 'edition'), count(*) FILTER (WHERE name <> 'goose_db_version')
		FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).Scan(&versions, &editions, &others)
	switch {
	case err != nil:
		return 0, err
	case others > 0 && (versions == 0 || editions == 0):
		return 0, errForeign
	case versions == 0:
		return 0, nil
	}
	err = s.read.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}
