package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/mattn/go-sqlite3"
)

// ErrNotFound means that the store has no such thing.
var ErrNotFound = errors.New("not found")

// errNotStore means that the file is another program's database.
var errNotStore = errors.New("is not a reportbot store")

// What can't be written to.
var (
	errClosed   = errors.New("is closed")
	errReadOnly = errors.New("is open for reading only")
)

// errLocked means that somebody else holds the lock.
var errLocked = errors.New("is locked")

// meanings explains SQLite's error codes.
var meanings = map[sqlite3.ErrNo]string{
	sqlite3.ErrNotADB:   "is no SQLite database",
	sqlite3.ErrCorrupt:  "is damaged; put a backup in its place",
	sqlite3.ErrCantOpen: "can't be opened: its folder is missing or can't be written",
	sqlite3.ErrReadonly: "can't be written: the file or its folder is read-only",
	sqlite3.ErrPerm:     "can't be opened: no permission",
	sqlite3.ErrFull:     "can't be written: the disk is full",
	sqlite3.ErrBusy:     "is locked by another program",
	sqlite3.ErrError:    "is not a reportbot store",
}

// storeError is an error that names its store.
type storeError struct {
	path, says string // says is empty if the cause is clear
	cause      error
}

func (e *storeError) Error() string {
	if e.says == "" {
		return fmt.Sprintf("%s: %v", e.path, e.cause)
	}
	return fmt.Sprintf("%s: %s (%v)", e.path, e.says, e.cause)
}

func (e *storeError) Unwrap() error { return e.cause }

// explain adds the store's path and the meaning of SQLite's code to an error.
// sql.ErrNoRows becomes ErrNotFound. nil and explained errors stay unchanged.
func explain(path string, err error) error {
	var explained *storeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, ErrNotFound):
		return ErrNotFound
	case errors.As(err, &explained):
		return err
	}
	e := &storeError{path: path, cause: err}
	var coded sqlite3.Error
	if errors.As(err, &coded) {
		e.says = meanings[coded.Code]
	}
	return e
}

// hasCode reports whether err is SQLite's with one of these codes.
func hasCode(err error, codes ...sqlite3.ErrNo) bool {
	var coded sqlite3.Error
	return errors.As(err, &coded) && slices.Contains(codes, coded.Code)
}

// reason returns the cause of an error of package os, without the operation and
// the path, which the caller names.
func reason(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}
