package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"reportbot/store/report"
)

// Environment variables: how many kills and loads the tests try; and, for the
// child that is killed, which store to load reports into and from which number.
const (
	killsVariable  = "KILLS"
	loadsVariable  = "LOADS"
	loaderVariable = "TEST_LOADER"
	fromVariable   = "TEST_LOADER_FROM"
)

// often returns the number in the environment variable, else usually, or a third
// of it with -short.
func often(t *testing.T, variable string, usually int) int {
	t.Helper()
	set := os.Getenv(variable)
	switch {
	case set == "" && testing.Short():
		return usually / 3
	case set == "":
		return usually
	}
	n, err := strconv.Atoi(set)
	if err != nil {
		t.Fatal(variable, err)
	}
	return n
}

// killed is the nth report that the child loads: every second one is so long
// that it is written in several transactions.
func killed(t testing.TB, n int) *report.Source {
	t.Helper()
	if n%2 == 0 {
		return numbered(t, n)
	}
	return sized(t, n, batchPassages/4+5)
}

// TestLoaderThatIsKilled is the child: it loads one report after the other
// until it is killed.
func TestLoaderThatIsKilled(t *testing.T) {
	path := os.Getenv(loaderVariable)
	if path == "" {
		t.Skip("only as a child of the test of kills")
	}
	from, err := strconv.Atoi(os.Getenv(fromVariable))
	if err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	for n := from; ; n++ {
		source := killed(t, n)
		fmt.Printf("loads %d\n", n)
		if _, err := s.Load(context.Background(), source, Shell); err != nil {
			fmt.Println("failed:", err)
			t.Fatal(err)
		}
	}
}

// Whenever a load is killed, afterwards exactly one edition is live and whole,
// search and notes agree with its report, and the file is sound.
func TestAKillAnywhereInALoadLeavesOneWholeEdition(t *testing.T) {
	times := often(t, killsVariable, 3) // `make kills` tries 220
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	load(t, s, killed(t, 1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	halves, next, which := 0, 2, 1 // which report is live
	for range times {
		last := killLoader(t, path, next)
		s := openAt(t, path)
		halves += one[int](t, s, `SELECT count(*) FROM edition WHERE state = 'loading'`)
		if rows := one[int](t, s, `SELECT count(*) FROM live`); rows != 1 {
			t.Fatalf("%d editions are live", rows)
		}
		live, err := s.Live(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// Report last was being loaded: it is live, or the one before it is.
		before := last - 1
		if last == next {
			before = which
		}
		if which = last; live.Source != killed(t, last).Location {
			which = before
		}
		if live.Source != killed(t, which).Location {
			t.Fatalf("killed while it loaded report %d after %d; live is %s", last, before, live.Source)
		}
		mustAgree(t, s, live.ID, killed(t, which))
		if found, err := s.Check(t.Context()); err != nil || found.Fault != "" {
			t.Fatalf("killed while it loaded report %d: %+v (%v)", last, found, err)
		}
		for _, e := range versions(t, s) {
			if e.Staged {
				t.Errorf("edition %d is staged", e.ID)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		next = last + 1
	}
	t.Logf("%d kills, %d of them left a part of an edition that nobody sees", times, halves)
	s = openAt(t, path)
	load(t, s, killed(t, next))
	if left := one[int](t, s, `SELECT count(*) FROM edition WHERE state = 'loading'`); left != 0 {
		t.Errorf("%d parts of editions are left after the next load", left)
	}
	orphans := one[int](t, s, `SELECT count(*) FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE passage_fts_%'`)
	if editions := len(versions(t, s)); orphans != editions {
		t.Errorf("%d indexes for %d editions", orphans, editions)
	}
}

// killLoader starts a child that loads reports from a number on, kills it at a
// random moment, and returns the number of the report it was loading.
func killLoader(t *testing.T, path string, from int) (last int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestLoaderThatIsKilled$")
	child.Env = append(os.Environ(), loaderVariable+"="+path, fromVariable+"="+strconv.Itoa(from))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range 1 + rand.IntN(2) {
		if !lines.Scan() {
			t.Fatal("the child ended")
		}
		if _, err := fmt.Sscanf(lines.Text(), "loads %d", &last); err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
	}
	time.Sleep(time.Duration(rand.Int64N(int64(150 * time.Millisecond))))
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what it said until then
		if _, err := fmt.Sscanf(lines.Text(), "loads %d", &last); err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
	}
	_, _ = io.Copy(io.Discard, out)
	_ = child.Wait() // it was killed
	return last
}
