package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// The same with a disk that is full, where one can be made.
func TestALoadOntoAFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1500k"); err != nil {
		t.Skip("no disk can be made here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(folder, "reports.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	load(t, s, numbered(t, 1))
	filler := write(t, folder, "filler", "")
	file, err := os.OpenFile(filler, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = file.Write(make([]byte, 4096))
	}
	file.Close()
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	_, err = s.Load(t.Context(), killed(t, 3), Shell)
	mustBeOneLine(t, err, path, "the disk is full")
	mustBeOneLine(t, s.Backup(t.Context(), path+".copy", false), path+".copy", "full")
	if got := names(t, folder); got != "filler reports.db reports.db-load reports.db-shm reports.db-wal" {
		t.Errorf("left behind: %s", got)
	}
	mustBeLive(t, s, 1)
	mustAgree(t, s, 1, numbered(t, 1))
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	edition := load(t, s, numbered(t, 2))
	mustAgree(t, s, edition.ID, numbered(t, 2))
}

func TestAReadOnlyDiskIsReadAndWritesAreRefused(t *testing.T) {
	writable, folder := t.TempDir(), t.TempDir()
	stored(t, writable)
	err := syscall.Mount(writable, folder, "", syscall.MS_BIND, "")
	if err == nil {
		t.Cleanup(func() { _ = syscall.Unmount(folder, 0) }) // with the test's end it goes anyway
		err = syscall.Mount("", folder, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
	}
	if err != nil {
		t.Skip("no disk can be made here:", err)
	}
	path := filepath.Join(folder, "reports.db")
	s, err := Open(t.Context(), path)
	if err == nil {
		_, err = s.Load(t.Context(), numbered(t, 2), Shell)
		s.Close()
	}
	mustBeOneLine(t, err, path, "can't be")
	r, err := OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	mustBeLive(t, r, 1)
	mustAgree(t, r, 1, numbered(t, 1))
}
