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
// one file that is whole as of one moment, checked, readable by its owner alone,
// and put in its place by one rename. A file that is there already is replaced
// only if replace is set, and never if it is the store itself, by whatever name,
// another program's open database, or no regular file.
func (s *Store) Backup(ctx context.Context, path string, replace bool) error {
	if err := s.mayReplace(path, replace); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	target := realPath(path) // a link stays one
	temporary, err := copyBeside(ctx, s.read, path, target)
	if err != nil {
		return err
	}
	defer os.Remove(temporary) // once it is renamed there is nothing to remove
	if replace {
		err = os.Rename(temporary, target)
	} else {
		err = os.Link(temporary, target) // fails where a file came in between
	}
	if err != nil {
		return fmt.Errorf("%s: the copy can't be put there: %w", path, reason(err))
	}
	return syncFolder(target)
}

// mayReplace says why a backup may not take the place of what is at path.
func (s *Store) mayReplace(path string, replace bool) error {
	if IsStore(s.path, path) {
		return errors.New("is the store itself")
	}
	info, err := os.Stat(path)
	switch {
	case err != nil: // where nothing is nothing is lost
		info = nil
	case info.IsDir():
		return errors.New("is a folder; name a file in it")
	case !info.Mode().IsRegular():
		return errors.New("is no regular file")
	}
	if inUse(path) {
		return errors.New("is a database that a program has open, or that was not closed; it is left as it is")
	}
	if info != nil && !replace {
		return errors.New("is there already, and is left as it is (--force replaces it)")
	}
	return nil
}

// copyBeside copies a database into a new file in target's folder and checks
// it. Errors name path.
func copyBeside(ctx context.Context, from *sql.DB, path, target string) (temporary string, err error) {
	file, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+"-*")
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
// store that any program has open. What was there is kept under the path
// returned, empty where nothing was; a failure, or a kill, leaves either the old
// store or the new one.
func Restore(ctx context.Context, path, from string) (replaced string, err error) {
	if IsStore(path, from) {
		return "", fmt.Errorf("%s: is the store itself", from)
	}
	backup, err := openBackup(ctx, from)
	if err != nil {
		return "", err
	}
	defer backup.Close()
	file := realPath(path)
	temporary, err := copyBeside(ctx, backup.read, path, file)
	if err != nil {
		return "", err
	}
	defer os.Remove(temporary) // once it is renamed there is nothing to remove
	if info, err := os.Stat(file); err == nil {
		release, err := takeAway(ctx, path, file)
		if err != nil {
			return "", err
		}
		defer release()
		if replaced = path + replacedSuffix; realPath(replaced) != file+replacedSuffix {
			replaced = file + replacedSuffix // path is a link to another folder or name
		}
		_ = os.Chmod(temporary, info.Mode().Perm()&^others) // the group may have been given rights
	}
	if err := os.Rename(temporary, file); err != nil {
		return "", fmt.Errorf("%s: the backup can't be put there: %w", path, reason(err))
	}
	return replaced, syncFolder(file)
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

// takeAway makes sure that nobody has the store in file open, keeps it that
// way until release is called, and gives the file its second name. Errors name
// path.
func takeAway(ctx context.Context, path, file string) (release func(), err error) {
	s := &Store{path: path}
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no regular file", path)
	}
	db, err := sql.Open("sqlite3", dsn(file))
	if err != nil {
		return nil, s.explain(err)
	}
	db.SetMaxOpenConns(1)
	// Only the last connection can fold the log into the file; a log that stays
	// would be read as the new store's.
	_, err = db.ExecContext(ctx, `PRAGMA busy_timeout = 500; PRAGMA locking_mode = EXCLUSIVE;
		PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE`)
	switch {
	case err == nil:
	case hasCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked):
		err = fmt.Errorf("%s: is open in another program; stop `serve` first", path)
	case hasCode(err, sqlite3.ErrNotADB, sqlite3.ErrCorrupt):
		err = nil // nothing of it can be read, so its log is nothing either
	default:
		err = s.explain(err)
	}
	unlock := func() {}
	if err == nil {
		unlock, err = LockServing(path) // one that starts meanwhile would open the old file
	}
	if err == nil {
		err = setAside(path, file)
	}
	if err != nil {
		unlock()
		db.Close()
		return nil, err
	}
	return func() { db.Close(); unlock() }, nil
}

// setAside gives a store's file its second name, and a log that was not folded
// in only that.
func setAside(path, file string) error {
	_ = os.Remove(file + replacedSuffix) // of an earlier restore
	if err := os.Link(file, file+replacedSuffix); err != nil {
		return fmt.Errorf("%s: the old store can't be kept: %w", path, reason(err))
	}
	for _, log := range []string{"-wal", "-shm"} {
		err := os.Rename(file+log, file+replacedSuffix+log)
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
