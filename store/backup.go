package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// Backup writes a copy of the store to path, while others read and write it:
// one file that is whole as of one moment, checked, and put in its place by
// one rename. A file that is there already is replaced only if replace is set.
func (s *Store) Backup(ctx context.Context, path string, replace bool) error {
	if path == s.path {
		return fmt.Errorf("%s: is the store itself", path)
	}
	if _, err := os.Stat(path); err == nil && !replace {
		return fmt.Errorf("%s: is there already, and is left as it is (--force replaces it)", path)
	}
	temporary, err := copyBeside(ctx, s.read, path)
	if err != nil {
		return err
	}
	defer os.Remove(temporary) // once it is renamed there is nothing to remove
	if replace {
		err = os.Rename(temporary, path)
	} else {
		err = os.Link(temporary, path) // fails where a file came in between
	}
	if err != nil {
		return fmt.Errorf("%s: the copy can't be put there: %w", path, reason(err))
	}
	return syncFolder(path)
}

// copyBeside copies a database into a new file in path's folder and checks it.
func copyBeside(ctx context.Context, from *sql.DB, path string) (temporary string, err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", fmt.Errorf("%s: can't be written: %w", path, reason(err))
	}
	name := file.Name()
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	if err = file.Close(); err != nil {
		return "", fmt.Errorf("%s: can't be written: %w", path, reason(err))
	}
	to, err := sql.Open("sqlite3", dsn(name))
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	to.SetMaxOpenConns(1)
	err = copyDatabase(ctx, from, to)
	if err == nil {
		// One file, without a log beside it.
		_, err = to.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	}
	if err == nil {
		var said string
		if err = to.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err == nil && said != "ok" {
			err = errors.New("what was copied is damaged: " + strings.Join(strings.Fields(said), " "))
		}
	}
	if err = cmp.Or(err, to.Close()); err != nil {
		return "", (&Store{path: path}).explain(err)
	}
	return name, nil
}

// copyDatabase copies all pages, as of one moment, in one transaction.
func copyDatabase(ctx context.Context, from, to *sql.DB) error {
	source, err := from.Conn(ctx)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer target.Close()
	return target.Raw(func(target any) error {
		return source.Raw(func(source any) error {
			backup, err := target.(*sqlite3.SQLiteConn).Backup("main", source.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			_, err = backup.Step(-1)
			return cmp.Or(err, backup.Finish())
		})
	})
}

// replacedSuffix is added to a store's path for the store that a backup took
// the place of.
const replacedSuffix = ".before-restore"

// Restore puts the backup at from in the place of the store at path. It
// refuses one that is damaged, is no store, or is of a newer program, and a
// store that any program has open. What was there is kept under the
// path returned, empty where nothing was; a failure, or a kill, leaves either the old store or the new one.
func Restore(ctx context.Context, path, from string) (replaced string, err error) {
	if same(path, from) {
		return "", fmt.Errorf("%s: is the store itself", from)
	}
	backup, err := openBackup(ctx, from)
	if err != nil {
		return "", err
	}
	defer backup.Close()
	temporary, err := copyBeside(ctx, backup.read, path)
	if err != nil {
		return "", err
	}
	defer os.Remove(temporary) // once it is renamed there is nothing to remove
	if _, err := os.Stat(path); err == nil {
		release, err := takeAway(ctx, path)
		if err != nil {
			return "", err
		}
		defer release()
		replaced = path + replacedSuffix
	}
	if err := os.Rename(temporary, path); err != nil {
		return "", fmt.Errorf("%s: the backup can't be put there: %w", path, reason(err))
	}
	return replaced, syncFolder(path)
}

func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// openBackup opens a backup, which may have older tables than the program's.
func openBackup(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("%s: there is no backup here: %w", path, reason(err))
	}
	s := &Store{path: path, now: time.Now}
	var err error
	if s.read, err = sql.Open("sqlite3", dsn(path)+"&_query_only=1"); err != nil {
		return nil, s.explain(err)
	}
	version, err := s.version(ctx)
	if err == nil && version == 0 {
		err = errForeign
	}
	if err == nil {
		var p *goose.Provider
		if p, err = provider(s.read); err == nil {
			err = refuseNewer(version, p)
		}
	}
	if err == nil {
		var fault string
		if fault, err = s.fault(ctx, false, nil); err == nil && fault != "" {
			err = errors.New("the backup is damaged: " + fault)
		}
	}
	if err != nil {
		s.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

// takeAway makes sure that nobody has the store at path open, keeps it that
// way until release is called, and gives its file a second name.
func takeAway(ctx context.Context, path string) (release func(), err error) {
	s := &Store{path: path}
	db, err := sql.Open("sqlite3", dsn(path))
	if err != nil {
		return nil, s.explain(err)
	}
	db.SetMaxOpenConns(1)
	// Only the last connection can fold the log into the file; a log that stays
	// would be read as the new store's.
	_, err = db.ExecContext(ctx, `PRAGMA busy_timeout = 500; PRAGMA locking_mode = EXCLUSIVE;
		PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE`)
	var coded sqlite3.Error
	switch {
	case err == nil:
	case errors.As(err, &coded) && (coded.Code == sqlite3.ErrBusy || coded.Code == sqlite3.ErrLocked):
		err = fmt.Errorf("%s: is open in another program; stop `serve` first", path)
	case errors.As(err, &coded) && (coded.Code == sqlite3.ErrNotADB || coded.Code == sqlite3.ErrCorrupt):
		err = nil // nothing of it can be read, so its log is nothing either
	default:
		err = s.explain(err)
	}
	if err == nil {
		err = setAside(path)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return func() { db.Close() }, nil
}

// setAside gives a store's file its second name, and a log that was not folded
// in only that.
func setAside(path string) error {
	_ = os.Remove(path + replacedSuffix) // of an earlier restore
	if err := os.Link(path, path+replacedSuffix); err != nil {
		return fmt.Errorf("%s: the old store can't be kept: %w", path, reason(err))
	}
	for _, log := range []string{"-wal", "-shm"} {
		err := os.Rename(path+log, path+replacedSuffix+log)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s%s: can't be set aside: %w", path, log, reason(err))
		}
	}
	return nil
}

// syncFolder makes a rename in path's folder outlive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err == nil {
		err = cmp.Or(folder.Sync(), folder.Close())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	return nil
}
