package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"reportbot/store/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain fails if a test, or a Close, leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

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

// openAt opens a store that is closed with the test.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
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
	t.Helper()
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

// source returns a text as if it had been read from location.
func source(t testing.TB, location, written string) *report.Source {
	t.Helper()
	r, err := report.Parse([]byte(written))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(written))
	return &report.Source{Location: location, SHA256: hex.EncodeToString(sum[:]), Report: r}
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
