package store

import (
	"errors"
	"io"
	"math"
	"os"
	"syscall"
)

// setOpenFileLock is F_OFD_SETLK: the lock belongs to the open file description.
// Unlike SQLite's locks it is not lost when the program closes the file elsewhere.
const setOpenFileLock = 37

// lockFileItself locks the store's own file, which covers all of its names, also
// hard links. It locks a byte far beyond the end, where SQLite locks nothing. It
// fails with errLocked. Do not unlock while SQLite has the file open. If the file
// system has no such locks, nothing is locked.
func lockFileItself(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return func() {}, nil // SQLite says what is wrong
	}
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: math.MaxInt64 - 1, Len: 1}
	err = syscall.FcntlFlock(file.Fd(), setOpenFileLock, &lock)
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
		file.Close()
		return nil, errLocked
	}
	return func() { file.Close() }, nil
}
