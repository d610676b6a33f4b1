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
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// Backup writes a consistent copy of the store to path, also while it is in use:
// one checked file that only its owner can read, renamed into place. An existing
// file is replaced only if replace is set, and never if it is the store itself
// (under any name), a database in use, or not a regular file.
func (s *Store) Backup(ctx context.Context, path string, replace bool) error {
	if err := s.mayReplace(path, replace); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	target := realPath(path) // of a symlink, the target is replaced
	temporary, err := copyToTemp(ctx, s.read, path, target)
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

// mayReplace returns why a backup may not replace what is at path.
func (s *Store) mayReplace(path string, replace bool) error {
	if IsStore(s.path, path) {
		return errors.New("is the store itself")
	}
	info, err := os.Stat(path)
	switch {
	case err != nil: // nothing there
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

// copyToTemp copies a database into a new file in target's folder and checks the
// copy. Errors name path.
func copyToTemp(ctx context.Context, from *sql.DB, path, target string) (temporary string, err error) {
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
		var fault string
		if fault, err = fileFault(ctx, to); err == nil && fault != "" {
			err = errors.New("what was copied is damaged: " + fault)
		}
	}
	if err = cmp.Or(err, to.Close()); err != nil {
		return "", (&Store{path: path}).explain(err)
	}
	return name, nil
}

// copyDatabase copies all pages in one transaction.
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

// replacedSuffix is the suffix of a store that was replaced by a backup.
const replacedSuffix = ".before-restore"

// Restore replaces the store at path with the backup at from. It refuses a backup
// that is damaged, not a store, or made by a newer program, and a store that is
// open in any program. The old store is kept at the path returned, empty if there
// was none. A failure or a crash leaves either the old store or the new one.
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
	temporary, err := copyToTemp(ctx, backup.read, path, file)
	if err != nil {
		return "", err
	}
	defer os.Remove(temporary) // once it is renamed there is nothing to remove
	if info, err := os.Stat(file); err == nil {
		release, err := lockAndSetAside(ctx, path, file)
		if err != nil {
			return "", err
		}
		defer release()
		if replaced = path + replacedSuffix; realPath(replaced) != file+replacedSuffix {
			replaced = file + replacedSuffix // path is a link to another folder or name
		}
		_ = os.Chmod(temporary, info.Mode().Perm()&^otherPermissions) // keep the group's rights
	}
	if err := os.Rename(temporary, file); err != nil {
		return "", fmt.Errorf("%s: the backup can't be put there: %w", path, reason(err))
	}
	return replaced, syncFolder(file)
}

// openBackup opens a backup, whose tables may be older than the program's.
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
		err = errNotStore
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

// lockAndSetAside locks out every program from the store in file until release is called,
// and links the file under the name for what restore replaces. Errors name path.
func lockAndSetAside(ctx context.Context, path, file string) (release func(), err error) {
	s := &Store{path: path}
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no regular file", path)
	}
	db, err := sql.Open("sqlite3", dsn(file))
	if err != nil {
		return nil, s.explain(err)
	}
	db.SetMaxOpenConns(1)
	// The last connection merges the -wal file into the store. One that was left here
	// would be applied to the restored store.
	_, err = db.ExecContext(ctx, `PRAGMA busy_timeout = 500; PRAGMA locking_mode = EXCLUSIVE;
		PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE`)
	switch {
	case err == nil:
	case hasCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked):
		err = fmt.Errorf("%s: is open in another program; stop `serve` first", path)
	case hasCode(err, sqlite3.ErrNotADB, sqlite3.ErrCorrupt):
		err = nil // unreadable, and so is its log
	default:
		err = s.explain(err)
	}
	unlock := func() {}
	if err == nil {
		unlock, err = LockServing(path) // a serve that starts now would open the old file
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

// setAside links a store's file to its second name and renames a log that was not
// merged.
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

// syncFolder makes a rename in path's folder survive a power cut.
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
