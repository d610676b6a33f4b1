package store

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
)

// What the names of the files beside a store end in whose locks are held while
// a report is stored and while serve runs. The system gives up a lock when the
// program ends, in whatever way.
const (
	loadLock  = "-load"
	serveLock = "-serve"
)

// ErrLoading means that another report is being stored, by this program or by
// another.
var ErrLoading = errors.New("another report is being loaded; try again when it is done")

// errServing means that a serve runs on the store already.
var errServing = errors.New("is in use by another serve; stop that one, or give this one a store of its own with --db")

// errLocked means that somebody else has a lock.
var errLocked = errors.New("is locked")

// lockFile locks a file, which is made if it isn't there. It fails with
// errLocked.
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

// LockServing keeps any other serve from the store at path, by whatever name
// it goes, until the returned function is called, or the program ends in
// whatever way. It fails with errServing where one runs. A store that isn't
// there yet is made, empty. Take the lock before the store is opened, and
// release it after it is closed.
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

// lockLoading keeps all others from storing a report until the returned
// function is called, or the program ends.
func (s *Store) lockLoading() (unlock func(), err error) {
	if !s.loading.TryLock() {
		return nil, ErrLoading
	}
	if s.path == Memory {
		return s.loading.Unlock, nil
	}
	release, err := lockFile(s.file + loadLock)
	if errors.Is(err, errLocked) {
		err = ErrLoading
	}
	if err != nil {
		s.loading.Unlock()
		return nil, err
	}
	return func() {
		release()
		s.loading.Unlock()
	}, nil
}
