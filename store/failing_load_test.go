package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// shape is what a failed load must leave as it was.
type shape struct{ live, editions, passages, footnotes, tables int }

func shapeOf(t *testing.T, s *Store) shape {
	t.Helper()
	return shape{
		live:      one[int](t, s, `SELECT edition FROM live`),
		editions:  one[int](t, s, `SELECT count(*) FROM edition`),
		passages:  one[int](t, s, `SELECT count(*) FROM passage`),
		footnotes: one[int](t, s, `SELECT count(*) FROM footnote`),
		tables:    one[int](t, s, `SELECT count(*) FROM sqlite_master WHERE type <> 'trigger'`),
	}
}

// afterFailure holds the store to what it was, and loads the report at last.
func afterFailure(t *testing.T, s *Store, before shape) {
	t.Helper()
	if after := shapeOf(t, s); after != before {
		t.Errorf("the failed load changed the store:\n before %+v\n after  %+v", before, after)
	}
	mustBeLive(t, s, 1)
	mustAgree(t, s, 1, numbered(t, 1))
	failed := numbered(t, 2)
	if _, err := s.LastReading(context.Background(), failed.Location); !errors.Is(err, ErrNotFound) {
		t.Errorf("the report that failed to load counts as loaded: %v", err)
	}
	if found := holding(t, s, 1, Term{Exact, mark(2)}); len(found) > 0 {
		t.Errorf("%d passages of the report that failed are found", len(found))
	}
	edition := load(t, s, failed)
	mustBeLive(t, s, edition.ID)
	mustAgree(t, s, edition.ID, failed)
}

func TestALoadThatFailsAnywhereLeavesTheLiveEditionWhole(t *testing.T) {
	for _, test := range []struct{ name, trigger string }{
		{"at the edition's row", `BEFORE INSERT ON edition`},
		{"at the first passage", `BEFORE INSERT ON passage`},
		{"at the last passage", `AFTER INSERT ON passage WHEN NEW.paragraph = 12`},
		{"at the first note", `BEFORE INSERT ON footnote`},
		{"at the last note", `AFTER INSERT ON footnote WHEN NEW.n = 3`},
		{"at the row that makes it live", `BEFORE UPDATE ON live`},
		{"after the row that makes it live", `AFTER UPDATE ON live`},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, s *Store) {
				load(t, s, numbered(t, 1))
				before := shapeOf(t, s)
				if _, err := s.write.Exec(`CREATE TRIGGER forced ` + test.trigger + ` BEGIN SELECT RAISE(ABORT, 'forced'); END`); err != nil {
					t.Fatal(err)
				}
				_, err := s.Load(context.Background(), numbered(t, 2), Shell)
				mustBeOneLine(t, err, s.path, "forced")
				if _, err := s.write.Exec(`DROP TRIGGER forced`); err != nil {
					t.Fatal(err)
				}
				afterFailure(t, s, before)
			})
		})
	}
}

func TestALoadThatIsCancelledLeavesTheLiveEditionWhole(t *testing.T) {
	// The clock is read before the edition's row is written and before the one
	// that makes it live.
	for _, test := range []struct {
		name    string
		reading int // of the clock at which it is cancelled; 0: before the load
	}{
		{"before it begins", 0},
		{"before its first row", 1},
		{"before its last row", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, s *Store) {
				load(t, s, numbered(t, 1))
				before := shapeOf(t, s)
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if test.reading == 0 {
					cancel()
				}
				readings := 0
				s.now = func() time.Time {
					if readings++; readings == test.reading {
						cancel()
					}
					return time.Now()
				}
				if _, err := s.Load(ctx, numbered(t, 2), Shell); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want that it was cancelled", err)
				}
				if readings != test.reading {
					t.Fatalf("the clock was read %d times", readings)
				}
				s.now = time.Now
				afterFailure(t, s, before)
			})
		})
	}
}

func TestALoadIntoAClosedStoreFails(t *testing.T) {
	s, err := Open(context.Background(), Memory)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(context.Background(), numbered(t, 1), Shell); err == nil || !strings.HasPrefix(err.Error(), Memory+": ") {
		t.Errorf("got %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error("a second Close:", err)
	}
}
