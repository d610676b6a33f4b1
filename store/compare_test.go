package store

import (
	"context"
	"errors"
	"testing"

	"reportbot/store/report"
)

func TestAStoredEditionIsTheReportThatWasLoaded(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	embedded, err := report.Open(ctx, report.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []*report.Source{numbered(t, 1), embedded, source(t, "/reports/plain.txt", "Chỉ có một câu ở đây.\n")} {
		edition := load(t, s, from)
		stored, err := s.Report(ctx, edition.ID)
		if err != nil {
			t.Fatal(err)
		}
		if c := report.Compare(from.Report, stored); !c.Same() {
			t.Errorf("%s: stored is another report: %+v", from.Location, c)
		}
		if stored.SentenceCount() != from.Report.SentenceCount() || len(stored.Passages()) != len(from.Report.Passages()) {
			t.Errorf("%s: stored are %d sentences in %d passages", from.Location, stored.SentenceCount(), len(stored.Passages()))
		}
	}
}

func TestEditionsAreCompared(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	first, second := load(t, s, numbered(t, 1)), stage(t, s, numbered(t, 2))
	c, err := s.Compare(ctx, first.ID, second.ID)
	if err != nil || len(c.Changed) != 12 || len(c.FootnotesChanged) != 3 || len(c.SectionsAdded) != 3 {
		t.Errorf("got %+v (%v)", c, err)
	}
	if c, err := s.Compare(ctx, first.ID, first.ID); err != nil || !c.Same() {
		t.Errorf("an edition against itself: %+v (%v)", c, err)
	}
	for _, ids := range [][2]int64{{1, 99}, {99, 1}} {
		if _, err := s.Compare(ctx, ids[0], ids[1]); !errors.Is(err, ErrNotFound) {
			t.Errorf("editions %v: %v", ids, err)
		}
	}
}
