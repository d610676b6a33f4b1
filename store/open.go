package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// readers is how many connections read at once.
const readers = 4

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the store at path, or Memory, creates it if it doesn't exist, and
// migrates its tables. Errors name the path.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, dsn(path), true)
}

// OpenExisting is Open for a store that must exist.
func OpenExisting(ctx context.Context, path string) (*Store, error) {
	if err := mustExist(path); err != nil {
		return nil, err
	}
	return open(ctx, path, dsn(path), true)
}

// OpenReadOnly opens an existing store and never changes it. It works on a
// read-only disk too.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	if err := mustExist(path); err != nil {
		return nil, err
	}
	s, err := open(ctx, path, dsn(path), false)
	if err != nil && isUnwritable(err) && !exists(path+"-wal") {
		// SQLite needs to write an index of the log beside the store. If it can't, and
		// there is no log, nobody writes to the store: it is immutable.
		if s, failed := open(ctx, path, dsn(path)+"&immutable=1", false); failed == nil {
			return s, nil
		}
	}
	return s, err
}

func isUnwritable(err error) bool { return hasCode(err, sqlite3.ErrCantOpen, sqlite3.ErrReadonly) }

func open(ctx context.Context, path, where string, writable bool) (*Store, error) {
	s := &Store{path: path, file: realPath(path), now: time.Now}
	if writable && path != Memory {
		makeFile(s.file)
		restrictPermissions(s.file)
	}
	var err error
	if s.read, err = sql.Open("sqlite3", where+"&_query_only=1"); err == nil && writable {
		s.write, err = sql.Open("sqlite3", where+"&_txlock=immediate&_journal_mode=WAL&_secure_delete=on")
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

// startWriter starts the writer. In WAL mode logSync syncs the log, and SQLite no
// longer does at each commit.
func (s *Store) startWriter(ctx context.Context) error {
	mode, err := row(ctx, s.write, single[string], `PRAGMA journal_mode`)
	if err != nil {
		return err
	}
	var log *os.File
	if mode == "wal" {
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

// memoryStores numbers the stores in memory, to keep them apart.
var memoryStores atomic.Int64

// dsn returns the connection string for path. synchronous is FULL, so that a
// commit survives a power cut, until startWriter takes over syncing.
func dsn(path string) string {
	options := fmt.Sprintf("_synchronous=FULL&_foreign_keys=1&_stmt_cache_size=64&_busy_timeout=%d", busyTimeout.Milliseconds())
	if path == Memory {
		return fmt.Sprintf("file:/memory-%d?vfs=memdb&%s", memoryStores.Add(1), options)
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
		goose.WithGoMigrations(goose.NewGoMigration(15, &goose.GoFunc{RunTx: reindex}, nil),
			goose.NewGoMigration(22, &goose.GoFunc{RunTx: reindex}, nil))) // English stems
}

// prepare migrates the tables of a writable store. It refuses another program's
// database before changing anything.
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
		// Another program may be migrating the same store: then each failure means
		// that it has done one more migration.
		for range len(p.ListSources()) + 1 {
			if _, err = p.Up(ctx); err == nil || ctx.Err() != nil {
				break
			}
		}
		return err
	case version == 0:
		return errNotStore
	case version < newest(p):
		return fmt.Errorf("has tables of version %d, this program knows %d: run `reportbot load` or `serve` on it once", version, newest(p))
	}
	return nil
}

// newest returns this program's version of the tables.
func newest(p *goose.Provider) int64 { return p.ListSources()[len(p.ListSources())-1].Version }

func refuseNewer(version int64, p *goose.Provider) error {
	if version > newest(p) {
		return fmt.Errorf("was made by a newer reportbot (tables of version %d, this one knows %d)", version, newest(p))
	}
	return nil
}

// version returns the store's version of the tables, 0 if it has none yet.
func (s *Store) version(ctx context.Context) (int64, error) {
	var versions, editions, others int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE name = 'goose_db_version'),
		count(*) FILTER (WHERE name = 'edition'), count(*) FILTER (WHERE name <> 'goose_db_version')
		FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).Scan(&versions, &editions, &others)
	switch {
	case err != nil:
		return 0, err
	case others > 0 && (versions == 0 || editions == 0):
		return 0, errNotStore
	case versions == 0:
		return 0, nil
	}
	return row(ctx, s.read, single[int64], `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`)
}

// reindex is the migration that rebuilds the index of every edition from its
// passages: this program can't search an older program's indexes.
func reindex(ctx context.Context, in *sql.Tx) error {
	tx := &tx{ctx: ctx, sql: in}
	for _, id := range listIn(tx, single[int64], editionIDs+`TRUE`) {
		tx.exec(fmt.Sprintf(
			`DROP TABLE IF EXISTS passage_vocab_%d; DROP TABLE IF EXISTS passage_fts_%[1]d; DELETE FROM term WHERE edition = %[1]d`, id))
		createIndex(tx, id)
		for _, p := range listIn(tx, scanPassage, selectPassages+`WHERE edition = ? ORDER BY id`, id) {
			indexPassage(tx, id, p.ID, termsOf(Searched(p.Section, p.Entry, p.Text())))
		}
		countTerms(tx, id)
	}
	return tx.err
}
