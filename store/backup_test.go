package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func mustBackup(t *testing.T, s *Store, path string) {
	t.Helper()
	if err := s.Backup(t.Context(), path, false); err != nil {
		t.Fatal(err)
	}
}

func restore(t *testing.T, path, from string) error {
	t.Helper()
	_, err := os.Stat(path)
	replaced, failed := Restore(t.Context(), path, from)
	if want := path + replacedSuffix; failed == nil && err == nil && replaced != want {
		t.Errorf("what was there is said to be in %q", replaced)
	}
	return failed
}

// names returns the files of a folder.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return strings.Join(list, " ")
}

func TestABackupIsTheStoreAsOfOneMoment(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		folder := t.TempDir()
		path := filepath.Join(folder, "copy.db")
		load(t, s, numbered(t, 1))
		load(t, s, numbered(t, 2))
		if err := s.Record(t.Context(), Shell, "backup", 0); err != nil {
			t.Fatal(err)
		}
		mustBackup(t, s, path)
		load(t, s, numbered(t, 3)) // after it
		if got := names(t, folder); got != "copy.db" {
			t.Errorf("beside the backup: %s", got)
		}
		copied := openAt(t, path)
		mustBeLive(t, copied, 2)
		mustAgree(t, copied, 1, numbered(t, 1))
		mustAgree(t, copied, 2, numbered(t, 2))
		if actions, err := copied.Audit(t.Context(), -1); err != nil || len(actions) != 1 {
			t.Errorf("the log in the backup: %+v (%v)", actions, err)
		}
		if last, err := copied.Check(t.Context()); err != nil || last.Fault != "" {
			t.Errorf("the backup is %+v (%v)", last, err)
		}
	})
}

func TestABackupDoesNotReplaceAFileUnlessForced(t *testing.T) {
	s, folder := openAt(t, filepath.Join(t.TempDir(), "reports.db")), t.TempDir()
	load(t, s, numbered(t, 1))
	path := write(t, folder, "copy.db", "mine")
	mustBeOneLine(t, s.Backup(t.Context(), path, false), path, "is there already")
	if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
		t.Errorf("the file holds %q (%v)", data, err)
	}
	if err := s.Backup(t.Context(), path, true); err != nil {
		t.Fatal(err)
	}
	mustBeLive(t, openAt(t, path), 1)
	mustBeOneLine(t, s.Backup(t.Context(), s.path, true), s.path, "is the store itself")
	missing := filepath.Join(folder, "no folder", "copy.db")
	mustBeOneLine(t, s.Backup(t.Context(), missing, false), missing, "no such file")
	if err := s.Backup(t.Context(), folder, true); err == nil {
		t.Error("a folder was replaced")
	}
}

func TestBackupsAreMadeWhileReportsAreLoaded(t *testing.T) {
	s, folder := openAt(t, filepath.Join(t.TempDir(), "reports.db")), t.TempDir()
	load(t, s, numbered(t, 1))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 2; n <= 8; n++ {
			if _, err := s.Load(context.Background(), numbered(t, n), Shell); err != nil {
				t.Error(err)
			}
		}
	}()
	for n := range 4 {
		path := filepath.Join(folder, string(rune('a'+n)))
		mustBackup(t, s, path)
		copied := openAt(t, path)
		live, err := copied.Live(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		mustAgree(t, copied, live.ID, numbered(t, int(live.ID)))
	}
	<-done
}

func TestARestoredStoreIsTheBackup(t *testing.T) {
	folder := t.TempDir()
	path, backup := filepath.Join(folder, "reports.db"), filepath.Join(folder, "copy.db")
	s := openAt(t, path)
	load(t, s, numbered(t, 1))
	mustBackup(t, s, backup)
	load(t, s, numbered(t, 2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := restore(t, path, backup); err != nil {
		t.Fatal(err)
	}
	restored := openAt(t, path)
	mustBeLive(t, restored, 1)
	mustAgree(t, restored, 1, numbered(t, 1))
	replaced := openAt(t, path+replacedSuffix)
	mustBeLive(t, replaced, 2)
	mustAgree(t, replaced, 2, numbered(t, 2))

	elsewhere := filepath.Join(t.TempDir(), "new.db")
	if err := restore(t, elsewhere, backup); err != nil {
		t.Fatal(err)
	}
	mustBeLive(t, openAt(t, elsewhere), 1)
}

func TestAStoreThatIsOpenIsNotReplaced(t *testing.T) {
	for _, test := range []struct {
		name string
		open func(context.Context, string) (*Store, error)
	}{{"by a program that writes", Open}, {"by one that reads", OpenReadOnly}} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			path, backup := stored(t, folder), filepath.Join(folder, "copy.db")
			s, err := test.open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			mustBeLive(t, s, 1)
			mustBackup(t, s, backup)
			before := names(t, folder)
			mustBeOneLine(t, restore(t, path, backup), path, "open in another program", "serve")
			mustAgree(t, s, 1, numbered(t, 1)) // it goes on
			if got := names(t, folder); got != before {
				t.Errorf("the folder holds %s, before %s", got, before)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := restore(t, path, backup); err != nil {
				t.Errorf("once it is closed: %v", err)
			}
		})
	}
}

func TestWhatIsNoGoodBackupIsNotRestored(t *testing.T) {
	folder := t.TempDir()
	path := stored(t, folder)
	good := filepath.Join(folder, "copy.db")
	s := openAt(t, path)
	mustBackup(t, s, good)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	cut := string(whole[:len(whole)/2])
	scratched := []byte(string(whole))
	for i := len(whole) / 2; i < len(whole)/2+8000; i++ {
		scratched[i] = 0x5a
	}
	newer := filepath.Join(folder, "newer.db")
	write(t, folder, "newer.db", string(whole))
	n := openAt(t, newer)
	if _, err := n.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	n.Close()
	for _, test := range []struct{ name, file, says string }{
		{"a file that isn't there", filepath.Join(folder, "none.db"), "there is no backup here"},
		{"text", write(t, folder, "text.db", "notes"), "is no SQLite database"},
		{"an empty file", write(t, folder, "empty.db", ""), "is not a reportbot store"},
		{"half of a backup", write(t, folder, "half.db", cut), "damaged"},
		{"a backup with a block lost", write(t, folder, "scratched.db", string(scratched)), "damaged"},
		{"a newer program's", newer, "newer reportbot"},
		{"the store itself", path, "is the store itself"},
	} {
		t.Run(test.name, func(t *testing.T) {
			mustBeOneLine(t, restore(t, path, test.file), test.file, test.says)
			s := openAt(t, path)
			mustAgree(t, s, 1, numbered(t, 1))
			s.Close()
			if strings.Contains(names(t, folder), replacedSuffix) {
				t.Error("the store was set aside")
			}
		})
	}
}

// The case that backups are for.
func TestABackupTakesThePlaceOfADamagedStore(t *testing.T) {
	for name, damage := range map[string]string{"garbage": strings.Repeat("\xa5", 20_000), "nothing": "", "a header": "SQLite format 3\x00" + strings.Repeat("\xa5", 20_000)} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path, backup := stored(t, folder), filepath.Join(folder, "copy.db")
			s := openAt(t, path)
			mustBackup(t, s, backup)
			s.Close()
			write(t, folder, "reports.db", damage)
			write(t, folder, "reports.db-wal", "what is left of a log")
			if err := restore(t, path, backup); err != nil {
				t.Fatal(err)
			}
			mustAgree(t, openAt(t, path), 1, numbered(t, 1))
			if data, err := os.ReadFile(path + replacedSuffix); err != nil || string(data) != damage {
				t.Errorf("the damaged store was not kept as it was: %d bytes (%v)", len(data), err)
			}
		})
	}
}
