package store

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
)

// errServing means that another serve runs on the store.
var errServing = errors.New("is in use by another serve; stop that one, or give this one a store of its own with --db")

// lockFile locks a file, which it creates if necessary. It fails with errLocked.
func lockFile(path string) (unlock func(), err error) {
	file := flock.New(path, flock.SetPermissions(ownerOnly))
	locked, err := file.TryLock()
	var failed *fs.PathError
	switch {
	case errors.As(err, &failed):
		return nil, fmt.Errorf("can't be locked: %s: %w", failed.Path, failed.Err)
	case err != nil:
		return nil, fmt.Errorf("can't be locked: %w", err)
	case !locked:
		return nil, errLocked
	}
	return func() { _ = file.Unlock() }, nil // closing it unlocks it
}

// LockServing keeps other serves from the store at path, under any name, until the
// returned function is called or the program ends. It fails with errServing if one
// is running. It creates the file if necessary. Take the lock before opening the
// store, and release it after closing.
func LockServing(path string) (unlock func(), err error) {
	if path == Memory {
		return func() {}, nil
	}
	file := realPath(path)
	release, err := lockFile(file + serveLock)
	if err == nil {
		makeFile(file)
		var releaseFile func()
		if releaseFile, err = lockFileItself(file); err == nil {
			return func() { releaseFile(); release() }, nil
		}
		release()
	}
	if errors.Is(err, errLocked) {
		err = errServing
	}
	return nil, fmt.Errorf("%s: %w", path, err)
}
