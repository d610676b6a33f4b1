package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/store/report"
)

// states says of the editions, newest first, what they are: "7 live".
func states(t *testing.T, s *Store) []string {
	t.Helper()
	var list []string
	for _, e := range versions(t, s) {
		state := "kept"
		switch {
		case e.Live() && e.Staged:
			state = "live and staged"
		case e.Live():
			state = "live"
		case e.Staged:
			state = "staged"
		}
		list = append(list, strings.TrimPrefix(e.Title, "Bản thử ")+" "+state)
	}
	return list
}

func mustHold(t *testing.T, s *Store, want ...string) {
	t.Helper()
	for i, one := range want {
		n, state, _ := strings.Cut(one, " ")
		want[i] = mark(int(n[0]-'0')) + " " + state
	}
	if got := states(t, s); !slices.Equal(got, want) {
		t.Errorf("the store holds %q, want %q", got, want)
	}
}

func stage(t *testing.T, s *Store, source *report.Source) *Edition {
	t.Helper()
	edition, err := s.Stage(context.Background(), source, "12345")
	if err != nil {
		t.Fatal(err)
	}
	return edition
}

func TestAStagedEditionIsWholeAndNotLiveUntilItIsMadeSo(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	load(t, s, numbered(t, 1))
	staged := stage(t, s, numbered(t, 2))
	if !staged.Staged || staged.Live() || staged.LoadedBy != "12345" {
		t.Errorf("got %+v", staged)
	}
	mustAgree(t, s, staged.ID, numbered(t, 2))
	mustHold(t, s, "2 staged", "1 live")
	if _, err := s.LastReading(ctx, numbered(t, 2).Location); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is only staged counts as loaded: %v", err)
	}
	if err := s.MakeLive(ctx, staged.ID); err != nil {
		t.Fatal(err)
	}
	mustHold(t, s, "2 live", "1 kept")
	if err := s.Discard(ctx, staged.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("the live edition can be discarded: %v", err)
	}
	if err := s.Discard(ctx, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("a kept edition can be discarded: %v", err)
	}
	mustAgree(t, s, staged.ID, numbered(t, 2))
}

func TestAStagedEditionIsDiscardedWithAllThatItHas(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		load(t, s, numbered(t, 1))
		before := shapeOf(t, s)
		staged := stage(t, s, numbered(t, 2))
		if err := s.Discard(ctx, staged.ID); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{s.Discard(ctx, staged.ID), s.MakeLive(ctx, staged.ID)} {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("after it was discarded: %v", err)
			}
		}
		if after := shapeOf(t, s); after != before {
			t.Errorf("left behind:\n before %+v\n after  %+v", before, after)
		}
	})
}

func TestStagedEditionsAreDiscardedByTheirAge(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	load(t, s, numbered(t, 1))
	stage(t, s, numbered(t, 2))
	now = now.Add(time.Hour)
	stage(t, s, numbered(t, 3))
	if n, err := s.DiscardStaged(ctx, now); err != nil || n != 1 {
		t.Errorf("discarded %d (%v), want the one that is an hour old", n, err)
	}
	mustHold(t, s, "3 staged", "1 live")
}

func TestTenOldEditionsAreKeptAndTheLiveOneAlways(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	for n := 1; n <= 5; n++ {
		load(t, s, numbered(t, n))
	}
	if err := s.MakeLive(ctx, 3); err != nil { // an old one
		t.Fatal(err)
	}
	stagedID := stage(t, s, numbered(t, 6)).ID
	for n := 7; n <= 7+maxOldEditions; n++ {
		stage := stage(t, s, numbered(t, n)) // leaves 3 live
		if _, err := s.write.Exec(`UPDATE edition SET state = 'kept' WHERE id = ?`, stage.ID); err != nil {
			t.Fatal(err)
		}
	}
	mustBeLive(t, s, 3)
	mustAgree(t, s, 3, numbered(t, 3))
	editions := versions(t, s)
	// Those kept, the live one, the staged one, and one kept since the last load.
	if len(editions) != maxOldEditions+3 {
		t.Errorf("%d editions are there", len(editions))
	}
	if _, err := s.Edition(ctx, stagedID); err != nil {
		t.Errorf("the staged edition: %v", err)
	}
	if err := s.MakeLive(ctx, 5); !errors.Is(err, ErrNotFound) {
		t.Errorf("an edition that is gone is made live: %v", err)
	}
	load(t, s, numbered(t, 31))
	if tables := one[int](t, s, `SELECT count(*) FROM sqlite_master WHERE name GLOB 'passage_fts_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%'`); tables != maxOldEditions+2 {
		t.Errorf("%d indexes for %d editions", tables, maxOldEditions+2)
	}
	if strays := one[int](t, s, `SELECT count(*) FROM passage WHERE edition NOT IN (SELECT id FROM edition)`); strays > 0 {
		t.Errorf("%d passages of editions that are gone", strays)
	}
}

// A report that was uploaded stays live over restarts even when the edition
// that was last loaded from REPORT is long gone.
func TestWhatWasLastLoadedIsRememberedLongerThanItsEdition(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	first := numbered(t, 1)
	first.ETag, first.LastModified = `"v1"`, "Fri, 01 Nov 2024 00:00:00 GMT"
	load(t, s, first)
	for n := 2; n <= maxOldEditions+3; n++ {
		load(t, s, numbered(t, n))
	}
	if _, err := s.Edition(ctx, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("the first edition is still there: %v", err)
	}
	want := first.Reading()
	if got, err := s.LastReading(ctx, first.Location); err != nil || got != want {
		t.Errorf("last loaded: %+v (%v), want %+v", got, err, want)
	}
	if _, err := s.LastReading(ctx, "/reports/never.txt"); !errors.Is(err, ErrNotFound) {
		t.Errorf("last loaded from where nothing was: %v", err)
	}
}

func TestMakingTheLiveEditionLiveChangesNothing(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	load(t, s, numbered(t, 1))
	load(t, s, numbered(t, 2))
	since := now
	now = now.Add(time.Hour)
	for _, step := range []struct {
		id    int64
		since time.Time
	}{{2, since}, {1, now}} {
		if err := s.MakeLive(ctx, step.id); err != nil {
			t.Fatal(err)
		}
		if live, err := s.Live(ctx); err != nil || live.ID != step.id || !live.LiveSince.Equal(step.since) {
			t.Errorf("live is %+v (%v), want edition %d since %v", live, err, step.id, step.since)
		}
	}
}

func TestOneLoadAtATime(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		load(t, s, numbered(t, 1))
		unlock, err := s.lockLoading()
		if err != nil {
			t.Fatal(err)
		}
		stores := []*Store{s}
		if s.path != Memory {
			stores = append(stores, openAt(t, s.path)) // as another program
		}
		for _, other := range stores {
			_, err := other.Load(context.Background(), numbered(t, 2), "12345")
			if !errors.Is(err, ErrLoading) {
				t.Errorf("a second load at once: %v", err)
			}
			mustBeOneLine(t, err, s.path, "another report is being loaded")
			if _, err := other.Stage(context.Background(), numbered(t, 2), "12345"); !errors.Is(err, ErrLoading) {
				t.Errorf("an upload at once: %v", err)
			}
		}
		mustHold(t, s, "1 live")
		unlock()
		for i, other := range stores {
			load(t, other, numbered(t, 2+i))
		}
	})
}

// A long report is written in several transactions: nobody sees it before the
// last one, others may write between them, and what a kill leaves of it goes
// with the next load.
func TestALongReportIsUnseenUntilItIsWhole(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		load(t, s, numbered(t, 1))
		before := shapeOf(t, s)
		var b strings.Builder
		b.WriteString("Ngày 3 tháng 5 năm 2024\nBản thử dài\nNguyễn Văn A và Trần Thị B\nPhần một\n")
		for range 3*batchPassages + 7 {
			b.WriteString("Cây cầu này bắc qua một con sông nhỏ ở phía nam thành phố. [1]\n")
		}
		b.WriteString("[1] https://example.org/\n")
		long := source(t, "/reports/long.txt", b.String())

		// The last transaction fails, and nothing is tidied up after it: as a kill does.
		if _, err := s.write.Exec(`CREATE TRIGGER forced BEFORE INSERT ON footnote BEGIN SELECT RAISE(ABORT, 'forced'); END`); err != nil {
			t.Fatal(err)
		}
		l := &loading{store: s, source: long, by: Shell, live: true}
		if err := l.run(ctx); err == nil {
			t.Fatal("it was written whole")
		}
		if _, err := s.write.Exec(`DROP TRIGGER forced`); err != nil {
			t.Fatal(err)
		}
		if written := one[int](t, s, `SELECT count(*) FROM passage WHERE edition = ?`, l.edition); written != 3*batchPassages {
			t.Fatalf("%d passages were written before the last transaction", written)
		}
		mustHold(t, s, "1 live")
		if _, err := s.Edition(ctx, l.edition); !errors.Is(err, ErrNotFound) {
			t.Errorf("half an edition is there: %v", err)
		}
		if err := s.MakeLive(ctx, l.edition); !errors.Is(err, ErrNotFound) {
			t.Errorf("half an edition is made live: %v", err)
		}
		mustBeLive(t, s, 1)

		edition := load(t, s, long)
		mustAgree(t, s, edition.ID, long)
		if err := s.MakeLive(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := s.drop(ctx, `id = ?`, edition.ID); err != nil {
			t.Fatal(err)
		}
		if after := shapeOf(t, s); after != before {
			t.Errorf("left of the half edition:\n before %+v\n after  %+v", before, after)
		}
	})
}

func TestEveryLoadIsFollowedByACheck(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	if _, err := s.LastCheck(ctx); !errors.Is(err, ErrNotFound) {
		t.Errorf("a new store was checked: %v", err)
	}
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	load(t, s, numbered(t, 1))
	if last, err := s.LastCheck(ctx); err != nil || last != (Integrity{At: now}) {
		t.Errorf("after a load: %+v (%v)", last, err)
	}
}

func TestChecksSeeWhatIsDamaged(t *testing.T) {
	for _, test := range []struct{ name, damage, fault string }{
		{"nothing", `SELECT 1`, ""},
		{"a passage is missing", `DELETE FROM passage WHERE id = 3`, "edition 1 is not whole"},
		{"a note is missing", `DELETE FROM footnote WHERE edition = 2 AND n = 1`, "edition 2 is not whole"},
		{"the index has another passage", `INSERT INTO passage_fts_1 (rowid, terms) VALUES (999, 'xa')`, "edition 1 is not whole"},
		{"the index lost a block", `DELETE FROM passage_fts_2_data WHERE id = (SELECT max(id) FROM passage_fts_2_data)`, "passage_fts_2"},
		{"a passage of no edition", `PRAGMA foreign_keys = 0; UPDATE passage SET edition = 77 WHERE id = 1`, "belong to nothing"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, s *Store) {
				load(t, s, numbered(t, 1))
				load(t, s, numbered(t, 2))
				if _, err := s.write.Exec(test.damage); err != nil {
					t.Fatal(err)
				}
				found, err := s.Check(context.Background())
				if err != nil || !strings.Contains(found.Fault, test.fault) || (test.fault == "") != (found.Fault == "") {
					t.Errorf("found %+v (%v), want %q", found, err, test.fault)
				}
				if strings.Contains(found.Fault, "\n") {
					t.Errorf("not one line: %q", found.Fault)
				}
				if last, err := s.LastCheck(context.Background()); err != nil || last != found {
					t.Errorf("kept is %+v (%v), found was %+v", last, err, found)
				}
			})
		})
	}
}
