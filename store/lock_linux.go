package store

import (
	"errors"
	"io"
	"math"
	"os"
	"syscall"
)

// setOpenFileLock is F_OFD_SETLK: the lock belongs to the open file, and is
// lost neither when the program closes the file elsewhere, as SQLite's are, nor
// to another program.
const setOpenFileLock = 37

// lockFileItself locks a store's file, so that it is locked by its every name,
// hard links too: far behind its end, where SQLite locks nothing. It fails with
// errLocked. Once SQLite has it open it must not be unlocked before SQLite has
// closed it. Where the file system knows no such locks nothing is locked.
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
