package lease

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// File stores a lease in a file, for processes on one machine or on a shared disk that
// knows locks. The file is locked only while it is read or written: a stopped process
// loses its lease like any other.
type File struct {
	path string
}

// fileRecord is what the file holds.
type fileRecord struct {
	Revision uint64 `json:"revision"`
	Record
}

// OpenFile returns the lease in the file at path, which need not exist; its folder must.
func OpenFile(path string) (*File, error) {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s: there is no folder %s for the lease", path, folder)
	}
	return &File{path}, nil
}

// lockEvery is the pause between two tries to lock the file.
const lockEvery = 10 * time.Millisecond

// Load reads the record.
func (f *File) Load(ctx context.Context) (Record, uint64, error) {
	there, err := f.read()
	return there.Record, there.Revision, err
}

func (f *File) read() (there fileRecord, err error) {
	data, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return there, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &there)
	}
	if err != nil {
		err = fmt.Errorf("%s: is no lease: %w", f.path, err)
	}
	return there, err
}

// Save replaces the record. The new file is renamed into place, so that readers need
// no lock.
func (f *File) Save(ctx context.Context, r Record, revision uint64) (uint64, error) {
	lock := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, lockEvery); err != nil {
		return 0, fmt.Errorf("%s: can't be locked: %w", f.path, err)
	}
	defer func() { _ = lock.Unlock() }() // closing it unlocks it
	there, err := f.read()
	if err != nil {
		return 0, err
	}
	if there.Revision != revision {
		return 0, errChanged
	}
	data, err := json.Marshal(fileRecord{revision + 1, r})
	if err == nil {
		err = os.WriteFile(f.path+".new", data, 0o600)
	}
	if err == nil {
		err = os.Rename(f.path+".new", f.path)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: can't be written: %w", f.path, err)
	}
	return revision + 1, nil
}

// Close has nothing to do: nothing stays open.
func (f *File) Close() {}
