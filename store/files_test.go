package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// otherNames are ways to name a store's file, and what lies beside it, from a
// folder beside its own.
func otherNames(t *testing.T, path string) map[string]string {
	t.Helper()
	folder, beside := filepath.Dir(path), t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(beside, name) }
	must(os.Symlink(path, at("link.db")))
	must(os.Symlink(at("link.db"), at("link-to-link.db")))
	must(os.Link(path, at("hard.db")))
	must(os.Symlink(folder, at("folder")))
	must(os.Symlink(path+"-wal", at("wal.db")))
	relative, err := filepath.Rel(workingDirectory(t), path)
	must(err)
	return map[string]string{
		"the path itself":          path,
		"a path with dots":         filepath.Dir(path) + "/./../" + filepath.Base(folder) + "//" + filepath.Base(path),
		"a relative path":          relative,
		"a link":                   at("link.db"),
		"a link to a link":         at("link-to-link.db"),
		"a hard link":              at("hard.db"),
		"through a folder":         at("folder/" + filepath.Base(path)),
		"its log":                  path + "-wal",
		"its log through a link":   at("wal.db"),
		"its log, in another case": filepath.Join(folder, strings.ToUpper(filepath.Base(path))+"-WAL"),
		"the log's index":          path + "-shm",
		"a rollback log":           path + "-journal",
		"the lock of loads":        path + loadLock,
		"the lock of serve":        path + serveLock,
	}
}

func workingDirectory(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// A running store must survive every attempt to put a copy in its place.
func TestABackupNeverTakesTheStoresPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	load(t, s, numbered(t, 1))
	names := otherNames(t, path)
	for _, opened := range []string{path, names["a link"], names["a relative path"]} {
		reader, err := OpenReadOnly(t.Context(), opened)
		if err != nil {
			t.Fatal(err)
		}
		for name, target := range names {
			for _, replace := range []bool{true, false} {
				mustBeOneLine(t, reader.Backup(t.Context(), target, replace), target, "is the store itself")
			}
			if t.Failed() {
				t.Fatalf("the backup onto %s", name)
			}
		}
		reader.Close()
	}
	load(t, s, numbered(t, 2))
	mustAgree(t, s, 2, numbered(t, 2))
	if found, err := s.Check(t.Context()); err != nil || found.Fault != "" {
		t.Errorf("afterwards the store is %+v (%v)", found, err)
	}
}

func TestABackupReplacesOnlyFilesThatNobodyUses(t *testing.T) {
	s, folder := openAt(t, filepath.Join(t.TempDir(), "reports.db")), t.TempDir()
	load(t, s, numbered(t, 1))
	other := filepath.Join(folder, "other.db")
	o := openAt(t, other)
	load(t, o, numbered(t, 2))
	orphan := write(t, folder, "gone.db-wal", "a log whose store is gone")
	for _, test := range []struct{ name, path, says string }{
		{"another program's store", other, "has open"},
		{"where a log lies", strings.TrimSuffix(orphan, "-wal"), "was not closed"},
		{"a folder", folder, "is a folder"},
		{"a device", os.DevNull, "is no regular file"},
	} {
		mustBeOneLine(t, s.Backup(t.Context(), test.path, true), test.path, test.says)
	}
	mustAgree(t, o, 1, numbered(t, 2))

	// A link stays one, and what it leads to is replaced.
	link, target := filepath.Join(folder, "latest.db"), write(t, folder, "monday.db", "older")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), link, true); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != target {
		t.Errorf("the link leads to %q (%v)", to, err)
	}
	mustBeLive(t, openAt(t, target), 1)
}

func TestTheStoreItselfIsNoBackupOfItself(t *testing.T) {
	path := stored(t, t.TempDir())
	for name, from := range otherNames(t, path) {
		err := restore(t, path, from)
		mustBeOneLine(t, err, from, "is the store itself")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	mustAgree(t, openAt(t, path), 1, numbered(t, 1))
}

// A store that is named through a link is restored where the link leads.
func TestARestoreFollowsLinks(t *testing.T) {
	folder, beside := t.TempDir(), t.TempDir()
	path := stored(t, folder)
	s := openAt(t, path)
	backup := filepath.Join(folder, "copy.db")
	mustBackup(t, s, backup)
	load(t, s, numbered(t, 2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(beside, "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	replaced, err := Restore(t.Context(), link, backup)
	if err != nil {
		t.Fatal(err)
	}
	mustBeLive(t, openAt(t, path), 1)
	mustBeLive(t, openAt(t, replaced), 2)
	if got := names(t, beside); got != "link.db" {
		t.Errorf("beside the link: %s", got)
	}
}

func TestOneServeAtATime(t *testing.T) {
	path := stored(t, t.TempDir())
	unlock, err := LockServing(path)
	if err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path) // others may open it
	for name, other := range otherNames(t, path) {
		if !sameFile(other, path) {
			continue
		}
		_, err := LockServing(other)
		mustBeOneLine(t, err, other, "in use by another serve", "--db")
		if !errors.Is(err, errServing) {
			t.Errorf("through %s: %v", name, err)
		}
	}
	s.Close()
	unlock()
	again, err := LockServing(path)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// A store holds what people ask: it is made for its owner's eyes alone, and so
// is all that is made of it.
func TestAStoreIsReadableByItsOwnerAlone(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "reports.db")
	s := openAt(t, path)
	load(t, s, numbered(t, 1))
	backup := filepath.Join(folder, "copy.db")
	mustBackup(t, s, backup)
	unlock, err := LockServing(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(names(t, folder)) {
		if mode := modeOf(t, filepath.Join(folder, name)); mode != 0o600 {
			t.Errorf("%s has mode %o", name, mode)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := restore(t, path, backup); err != nil {
		t.Fatal(err)
	}
	if mode := modeOf(t, path); mode != 0o600 {
		t.Errorf("restored, it has mode %o", mode)
	}
}

// What an older program made for all to read is hidden from them; what was
// given to a group stays given.
func TestAStoreThatOthersCanReadIsHiddenFromThem(t *testing.T) {
	for _, test := range []struct{ before, after fs.FileMode }{{0o644, 0o640}, {0o666, 0o660}, {0o640, 0o640}, {0o600, 0o600}} {
		folder := t.TempDir()
		path := stored(t, folder)
		if err := os.Chmod(path, test.before); err != nil {
			t.Fatal(err)
		}
		s := openAt(t, path)
		load(t, s, numbered(t, 2))
		for _, file := range []string{path, path + "-wal", path + "-shm"} {
			if mode := modeOf(t, file); mode != test.after {
				t.Errorf("from %o: %s has mode %o, want %o", test.before, filepath.Base(file), mode, test.after)
			}
		}
		reader := filepath.Join(folder, "copy.db")
		mustBackup(t, s, reader)
		if mode := modeOf(t, reader); mode != 0o600 {
			t.Errorf("the backup has mode %o", mode)
		}
	}
}
