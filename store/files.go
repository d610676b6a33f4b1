package store

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// companions are what the names of the files beside a store end in: SQLite's
// logs, and the files that are locked.
var companions = []string{"-wal", "-shm", "-journal", loadLock, serveLock}

// ownerOnly is the mode of every file that is made: a store holds what people
// ask.
const ownerOnly fs.FileMode = 0o600

// others are the rights of everybody but the owner and the group.
const others fs.FileMode = 0o007

// realPath follows the links in a path, as SQLite does, so that what lies
// beside the file is looked for where SQLite puts it. The file itself need not
// be there.
func realPath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if target, err := os.Readlink(path); err == nil { // to a file that isn't there yet
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// IsStore reports whether path, by whatever name or link, is the file of the
// store at db, or one of those that lie beside it, whether or not that is there
// yet. A store in memory has none.
func IsStore(db, path string) bool {
	if db == Memory || db == "" || path == "" {
		return false
	}
	file, asked := realPath(db), realPath(path)
	if sameFile(file, asked) || file == asked {
		return true
	}
	for _, suffix := range companions {
		// Where case doesn't matter the file may go by another case's name.
		if sameFile(file+suffix, asked) ||
			strings.EqualFold(filepath.Base(file+suffix), filepath.Base(asked)) && sameFile(filepath.Dir(file), filepath.Dir(asked)) {
			return true
		}
	}
	return false
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// inUse reports whether a file is a database that a program has open, or that
// was not closed: SQLite keeps a log beside it then, which would be taken for
// that of another file in its place.
func inUse(path string) bool {
	info, err := os.Stat(realPath(path) + "-wal")
	return err == nil && info.Mode().IsRegular()
}

// makeFile makes an empty file that only its owner can read, where none is
// yet; SQLite gives its mode to what it makes beside it. Where it can't be made
// SQLite says why.
func makeFile(path string) {
	if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, ownerOnly); err == nil {
		_ = file.Close() // it is empty
	}
}

// hideFromOthers takes the rights of everybody but owner and group from a
// store that an older program made readable for all. Those of the group are
// left: a group is given on purpose. Where it isn't ours to change it stays.
func hideFromOthers(path string) {
	for _, suffix := range append([]string{""}, companions...) {
		info, err := os.Stat(path + suffix)
		if err == nil && info.Mode().IsRegular() && info.Mode()&others != 0 {
			_ = os.Chmod(path+suffix, info.Mode().Perm()&^others)
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func mustBeThere(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("%s: there is no store here: %w", path, reason(err))
	}
	return nil
}
