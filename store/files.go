package store

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Memory is the path of a store that lives as long as it is open.
const Memory = ":memory:"

// Suffixes of the lock files beside a store: one is locked while a report is
// loaded, one while serve runs. The system releases a lock when the program ends,
// even by a crash.
const (
	loadLock  = "-load"
	serveLock = "-serve"
)

// sidecarSuffixes are the suffixes of the files beside a store: SQLite's logs and the
// lock files.
var sidecarSuffixes = []string{"-wal", "-shm", "-journal", loadLock, serveLock}

// ownerOnly is the mode of new files: a store holds what people ask.
const ownerOnly fs.FileMode = 0o600

// otherPermissions are the permissions of everybody but the owner and the group.
const otherPermissions fs.FileMode = 0o007

// realPath resolves the links in a path, as SQLite does, since SQLite puts its logs
// beside the real file. The file need not exist.
func realPath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if target, err := os.Readlink(path); err == nil { // to a file that doesn't exist yet
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

// IsStore reports whether path, under any name or link, is the file of the store
// at db or one of the files beside it, existing or not. A store in memory has none.
func IsStore(db, path string) bool {
	if db == Memory || db == "" || path == "" {
		return false
	}
	file, asked := realPath(db), realPath(path)
	if sameFile(file, asked) || file == asked {
		return true
	}
	for _, suffix := range sidecarSuffixes {
		// On a case-insensitive disk the name may differ in case.
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

// inUse reports whether a file is a database that is open, or was not closed: then
// SQLite has a log beside it, which would be taken for the log of a new file.
func inUse(path string) bool {
	info, err := os.Stat(realPath(path) + "-wal")
	return err == nil && info.Mode().IsRegular()
}

// makeFile creates an empty file that only its owner can read, unless it exists.
// SQLite creates the files beside it with the same mode, and reports why if this
// fails.
func makeFile(path string) {
	if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, ownerOnly); err == nil {
		_ = file.Close() // it is empty
	}
}

// restrictPermissions removes the permissions of others from a store, which older
// programs made readable for all. The group's permissions are set on purpose and
// stay. Failures are ignored.
func restrictPermissions(path string) {
	for _, suffix := range append([]string{""}, sidecarSuffixes...) {
		info, err := os.Stat(path + suffix)
		if err == nil && info.Mode().IsRegular() && info.Mode()&otherPermissions != 0 {
			_ = os.Chmod(path+suffix, info.Mode().Perm()&^otherPermissions)
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func mustExist(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("%s: there is no store here: %w", path, reason(err))
	}
	return nil
}
