package store

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAStoreOnDiskOutlivesTheProgramAndOneInMemoryDoesNot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder with ? # % and ü", "reports.db")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path string
		want int // editions after the second opening
	}{{path, 2}, {Memory, 1}} {
		for n := 1; n <= 2; n++ {
			s, err := Open(context.Background(), test.path)
			if err != nil {
				t.Fatal(err)
			}
			load(t, s, numbered(t, n))
			if got := one[int](t, s, `SELECT count(*) FROM edition`); n == 2 && got != test.want {
				t.Errorf("%s: %d editions after it was opened again, want %d", test.path, got, test.want)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Error("the file is not where it was asked for:", err)
	}
	if _, err := os.Stat(Memory); err == nil {
		t.Error("a store in memory left a file")
	}
}

func TestTwoStoresInMemoryShareNothing(t *testing.T) {
	first, second := openAt(t, Memory), openAt(t, Memory)
	load(t, first, numbered(t, 1))
	if _, err := second.Live(context.Background()); err != ErrNotFound {
		t.Errorf("the second store has what was loaded into the first: %v", err)
	}
	edition := load(t, second, numbered(t, 2))
	if edition.ID != 1 {
		t.Errorf("the second store's first edition has the id %d", edition.ID)
	}
}

// The library's defaults would lose a commit in a power cut, ignore foreign
// keys, and let a reader write. Where there is a log, the writer's commits are
// synced by the store itself.
func TestEveryConnectionHasItsPragmas(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		load(t, s, numbered(t, 1)) // whatever runs first must not matter
		writer := map[string]string{"synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "0"}
		reader := map[string]string{"synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "1"}
		if s.path != Memory {
			writer["journal_mode"], reader["journal_mode"] = "wal", "wal"
			writer["synchronous"] = "1"
		}
		mustHavePragmas(t, "the writer", s.write, 1, writer)
		mustHavePragmas(t, "a reader", s.read, readers, reader)
	})
}

// mustHavePragmas holds n connections of db at once, which must be all it has.
func mustHavePragmas(t *testing.T, who string, db *sql.DB, n int, want map[string]string) {
	t.Helper()
	for range n {
		conn, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for pragma, value := range want {
			var got string
			if err := conn.QueryRowContext(context.Background(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
				t.Errorf("%s: PRAGMA %s is %s, want %s (%v)", who, pragma, got, value, err)
			}
		}
	}
	if most := db.Stats().MaxOpenConnections; most != n {
		t.Errorf("%s: up to %d connections, want %d", who, most, n)
	}
}

// A transaction that only later turned to writing would fail at once where
// another program writes, however long it may wait for the lock.
func TestATransactionOfTheWriterTakesItsLockAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	tx, err := s.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	other, err := sql.Open("sqlite3", path+"?_busy_timeout=0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec(`BEGIN IMMEDIATE`); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("another program may write too: %v", err)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		load(t, s, numbered(t, 1))
		for _, statement := range []string{
			`DELETE FROM live`, `UPDATE edition SET title = ''`, `CREATE TABLE x (y)`, `INSERT INTO passage_fts_1 (rowid, terms) VALUES (99, 'a')`,
		} {
			if _, err := s.read.Exec(statement); err == nil || !strings.Contains(err.Error(), "readonly") {
				t.Errorf("%s: %v, want a refusal", statement, err)
			}
		}
		mustBeLive(t, s, 1)
	})
}

// cannotOpen are paths where no store is or can be, and what is said of them.
var cannotOpen = []struct {
	name  string
	make  func(t *testing.T, folder string) (path string)
	says  string // by Open
	reads string // by OpenReadOnly
}{
	{"a folder that isn't there", func(_ *testing.T, folder string) string {
		return filepath.Join(folder, "missing", "reports.db")
	}, "folder is missing", "there is no store here: no such file"},
	{"a path under a regular file", func(t *testing.T, folder string) string {
		return filepath.Join(write(t, folder, "file", "text"), "reports.db")
	}, "can't be opened", "there is no store here: not a directory"},
	{"a folder", func(_ *testing.T, folder string) string { return folder }, "can't be opened", "can't be opened"},
	{"a text file", func(t *testing.T, folder string) string {
		return write(t, folder, "notes.txt", strings.Repeat("This is a text and no database.\n", 100))
	}, "is no SQLite database", "is no SQLite database"},
	{"a short text file", func(t *testing.T, folder string) string {
		return write(t, folder, "notes.txt", "hi\n")
	}, "is no SQLite database", "is no SQLite database"},
	{"a store cut off in the middle", func(t *testing.T, folder string) string {
		return broken(t, folder, func(data []byte) []byte { return data[:len(data)/2] })
	}, "is damaged; put a backup in its place", "is damaged; put a backup in its place"},
	{"a store whose table of tables is overwritten", func(t *testing.T, folder string) string {
		return broken(t, folder, func(data []byte) []byte {
			copy(data[100:4096], bytes.Repeat([]byte{0xff}, 4096))
			return data
		})
	}, "is damaged; put a backup in its place", "is damaged; put a backup in its place"},
	{"another program's database", func(t *testing.T, folder string) string {
		return foreign(t, folder, `CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('https://example.org/')`)
	}, "is not a reportbot store", "is not a reportbot store"},
	{"the database of another program that uses goose", func(t *testing.T, folder string) string {
		return foreign(t, folder, `CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
			is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
			INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1);
			CREATE TABLE bookmark (url TEXT)`)
	}, "is not a reportbot store", "is not a reportbot store"},
	{"a store of a newer version of this program", func(t *testing.T, folder string) string {
		path := stored(t, folder)
		change(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
		return path
	}, "was made by a newer reportbot", "was made by a newer reportbot"},
}

func TestWhatCannotBeOpenedIsReportedInOneLine(t *testing.T) {
	for _, test := range cannotOpen {
		t.Run(test.name, func(t *testing.T) {
			path := test.make(t, t.TempDir())
			before, _ := os.ReadFile(path) // nothing where nothing is
			_, err := OpenReadOnly(context.Background(), path)
			mustBeOneLine(t, err, path, test.reads)
			_, err = Open(context.Background(), path)
			mustBeOneLine(t, err, path, test.says)
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("a file that is no store was changed")
			}
		})
	}
}

func TestAFolderThatCannotBeWrittenIsReportedInOneLine(t *testing.T) {
	folder := t.TempDir()
	there := stored(t, folder)
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(folder, 0o755) // else it can't be removed
	if os.WriteFile(filepath.Join(folder, "probe"), nil, 0o644) == nil {
		t.Skip("this user writes to read-only folders too, as root does")
	}
	path := filepath.Join(folder, "reports.db")
	_, err := Open(context.Background(), path)
	mustBeOneLine(t, err, path, "can't be written")
	r, err := OpenReadOnly(context.Background(), there)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	mustAgree(t, r, 1, numbered(t, 1))
}

func TestAFileThatCannotBeWrittenIsReportedInOneLine(t *testing.T) {
	path := stored(t, t.TempDir())
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
		file.Close()
		t.Skip("this user writes to read-only files too, as root does")
	}
	s, err := Open(context.Background(), path)
	if err == nil {
		defer s.Close()
		_, err = s.Load(context.Background(), numbered(t, 2), Shell)
	}
	mustBeOneLine(t, err, path, "can't be written")
}

func TestAnEmptyFileBecomesAStore(t *testing.T) {
	path := write(t, t.TempDir(), "reports.db", "")
	load(t, openAt(t, path), numbered(t, 1))
}

// write makes a file and returns its path.
func write(t testing.TB, folder, name, content string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// stored makes a store with one edition in it and returns its path.
func stored(t testing.TB, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "reports.db")
	copyStore(t, path, filled())
	return path
}

// broken makes a store and breaks its file.
func broken(t testing.TB, folder string, how func([]byte) []byte) string {
	t.Helper()
	path := stored(t, folder)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, folder, filepath.Base(path), string(how(data)))
}

// foreign makes a database that is no store.
func foreign(t testing.TB, folder, statements string) string {
	t.Helper()
	path := filepath.Join(folder, "other.db")
	change(t, path, statements)
	return path
}

// change runs statements on a database file as another program would.
func change(t testing.TB, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err == nil {
		_, err = db.Exec(statements)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A store may be opened and only later turn out to be damaged.
func TestADamagedPageIsReportedInOneLine(t *testing.T) {
	path := broken(t, t.TempDir(), func(data []byte) []byte {
		for i := 4 * 4096; i < len(data); i++ {
			data[i] = 0xff
		}
		return data
	})
	s, err := OpenReadOnly(context.Background(), path)
	if err == nil {
		defer s.Close()
		_, err = s.Postings(context.Background(), 1, []Term{{Exact, mark(1)}})
	}
	mustBeOneLine(t, err, path, "is damaged; put a backup in its place")
}
