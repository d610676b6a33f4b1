package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"reportbot/store/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixtures is a folder for files that tests share.
var fixtures string

// TestMain fails if a test, or a Close, leaves a goroutine behind.
func TestMain(m *testing.M) {
	var err error
	if fixtures, err = os.MkdirTemp("", "store"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		os.RemoveAll(fixtures)
		os.Exit(status)
	}))
}

// withoutLog is the suffix of a copy of a store that needs no log: in memory there is none.
const withoutLog = ".copy"

// empty and filled return the path of a store without editions and of one with
// numbered(1), to be copied: to migrate and load anew for each test takes long.
var (
	empty  = sync.OnceValue(func() string { return newStore("empty.db", nil) })
	filled = sync.OnceValue(func() string { return newStore("filled.db", sized(nil, 1, 3)) })
)

func newStore(name string, source *report.Source) string {
	ctx, path := context.Background(), filepath.Join(fixtures, name)
	s, err := Open(ctx, path)
	if err == nil && source != nil {
		_, err = s.Load(ctx, source, Shell)
	}
	if err == nil {
		err = s.Backup(ctx, path+withoutLog, false)
	}
	if err = cmp.Or(err, s.Close()); err != nil {
		panic(err)
	}
	return path
}

// kinds are the two stores that everything must be the same in.
var kinds = []struct {
	name string
	path func(t *testing.T) string
}{
	{"in memory", func(*testing.T) string { return Memory }},
	{"on disk", func(t *testing.T) string { return filepath.Join(t.TempDir(), "reports.db") }},
}

// inBoth runs a test on a store in memory and on one on disk.
func inBoth(t *testing.T, test func(t *testing.T, s *Store)) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) { test(t, openAt(t, kind.path(t))) })
	}
}

// openAt opens a store that is closed with the test. A new one is a copy of empty.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	var s *Store
	var err error
	if path == Memory {
		s, err = openMemory(empty() + withoutLog)
	} else {
		if !exists(path) {
			copyStore(t, path, empty())
		}
		s, err = Open(context.Background(), path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("Close:", err)
		}
	})
	return s
}

// openMemory opens a store in memory with the content of a file.
func openMemory(from string) (*Store, error) {
	ctx, where := context.Background(), dsn(Memory)
	file, err := sql.Open("sqlite3", dsn(from))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	memory, err := sql.Open("sqlite3", where)
	if err != nil {
		return nil, err
	}
	defer memory.Close() // once it is open twice
	if err := copyDatabase(ctx, file, memory); err != nil {
		return nil, err
	}
	return open(ctx, Memory, where, true)
}

// copyStore copies a store that nobody uses.
func copyStore(t testing.TB, path, from string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(path, data, ownerOnly)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// mark is a word that only edition n has: mauA, mauB, ...
func mark(n int) string {
	word := "mau"
	for ; n > 0; n /= 26 {
		word += string(rune('a' + n%26))
	}
	return word + "x"
}

// numbered returns a report of a dozen passages and three notes. Each passage,
// note and heading has mark(n) in it, so that one of another edition shows.
func numbered(t testing.TB, n int) *report.Source { return sized(t, n, 3) }

// sized is numbered with as many sections, of four passages each.
func sized(t testing.TB, n, sections int) *report.Source {
	word := mark(n)
	var b strings.Builder
	fmt.Fprintf(&b, "Ngày %d tháng 5 năm 2024\nBản thử %s\nNguyễn Văn A và Trần Thị B\n", 1+n%28, word)
	for section := 1; section <= sections; section++ {
		fmt.Fprintf(&b, "Phần %s số %d\n", word, section)
		for paragraph := 1; paragraph <= 4; paragraph++ {
			fmt.Fprintf(&b, "Cây cầu %s thứ %d của phần %d dài %d mét và bắc qua sông nhỏ. [%d] "+
				"Người dân gọi nó là cầu “Mới” %s.\n", word, paragraph, section, 100*section+paragraph, 1+section%3, word)
		}
	}
	for note := 1; note <= 3; note++ {
		fmt.Fprintf(&b, "[%d] https://example.org/%s/%d\n", note, word, note)
	}
	return source(t, "/reports/"+word+".txt", b.String())
}

// parsed has the reports that tests have parsed, by their text.
var parsed sync.Map

// source returns a text as if it had been read from location.
func source(t testing.TB, location, written string) *report.Source {
	r, known := parsed.Load(written)
	if !known {
		var err error
		if r, err = report.Parse([]byte(written)); err != nil {
			t.Fatal(err)
		}
		parsed.Store(written, r)
	}
	sum := sha256.Sum256([]byte(written))
	own := *r.(*report.Report) // tests change it
	return &report.Source{Location: location, SHA256: hex.EncodeToString(sum[:]), Report: &own}
}

// load loads a report, which must work.
func load(t testing.TB, s *Store, source *report.Source) *Edition {
	t.Helper()
	edition, err := s.Load(context.Background(), source, Shell)
	if err != nil {
		t.Fatal(err)
	}
	return edition
}

// versions returns the editions, newest first.
func versions(t testing.TB, s *Store) []*Edition {
	t.Helper()
	editions, err := s.Versions(context.Background())
	if err != nil {
		t.Fatal("Versions:", err)
	}
	return editions
}

// mustBeLive fails unless the live edition is the one with the id.
func mustBeLive(t testing.TB, s *Store, id int64) {
	t.Helper()
	live, err := s.Live(context.Background())
	if err != nil {
		t.Fatal("Live:", err)
	}
	if live.ID != id {
		t.Fatalf("edition %d is live, not %d", live.ID, id)
	}
}

// one returns the single value that a query gives.
func one[T any](t testing.TB, s *Store, query string, args ...any) T {
	t.Helper()
	var value T
	if err := s.read.QueryRow(query, args...).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

// mustBeOneLine fails unless err is one line that names the path and holds
// each of the words.
func mustBeOneLine(t testing.TB, err error, path string, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	said := err.Error()
	if !strings.HasPrefix(said, path+": ") || strings.ContainsAny(said, "\n\r") {
		t.Errorf("want one line that begins with %q, got %q", path+": ", said)
	}
	for _, word := range words {
		if !strings.Contains(said, word) {
			t.Errorf("want %q in %q", word, said)
		}
	}
}
