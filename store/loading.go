package store

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
)

// ErrLoading means that another report is being stored, by this program or by
// another.
var ErrLoading = errors.New("another report is being loaded; try again when it is done")

// lockLoading keeps all others from storing a report until the returned
// function is called, or the program ends in whatever way: the system then
// gives up the lock of a file beside the store.
func (s *Store) lockLoading() (unlock func(), err error) {
	if !s.loading.TryLock() {
		return nil, ErrLoading
	}
	if s.path == Memory {
		return s.loading.Unlock, nil
	}
	file := flock.New(s.path + "-load")
	locked, err := file.TryLock()
	if err == nil && !locked {
		err = ErrLoading
	}
	if err != nil {
		s.loading.Unlock()
		var path *fs.PathError
		if errors.As(err, &path) {
			err = fmt.Errorf("no report can be loaded: %s: %w", path.Path, path.Err)
		}
		return nil, err
	}
	return func() {
		_ = file.Unlock() // closing it unlocks it
		s.loading.Unlock()
	}, nil
}
