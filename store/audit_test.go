package store

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestTheAuditLogIsOnlyAddedTo(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	want := []Action{
		{now, "12345", "rollback 1", 1},
		{now, Shell, "load /reports/a.txt", 2},
	}
	for i := len(want) - 1; i >= 0; i-- {
		if err := s.Record(ctx, want[i].Who, want[i].Command, want[i].Edition); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range []string{`UPDATE audit SET who = ''`, `DELETE FROM audit`, `DELETE FROM audit WHERE id = 1`} {
		if _, err := s.write.Exec(statement); err == nil || !strings.Contains(err.Error(), "only added to") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	for limit, want := range map[int][]Action{-1: want, 1: want[:1], 100: want} {
		if got, err := s.Audit(ctx, limit); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("the last %d: %+v (%v), want %+v", limit, got, err, want)
		}
	}
}

func TestUnansweredQuestionsAreKeptFor90Days(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	start := time.Unix(1_730_500_000, 0)
	now := start
	s.now = func() time.Time { return now }
	ask := func(question string) {
		t.Helper()
		if _, err := s.AddExchange(ctx, Exchange{Thread: "1", Edition: 1, Question: question, Language: "vi", Unanswered: true}); err != nil {
			t.Fatal(err)
		}
	}
	mustBe := func(want ...string) {
		t.Helper()
		kept, err := s.Unanswered(ctx)
		if err != nil || len(kept) != len(want) {
			t.Fatalf("kept are %+v (%v), want %q", kept, err, want)
		}
		for i, q := range kept {
			if q.Question != want[i] || q.Language != "vi" || q.Edition != 1 {
				t.Errorf("kept is %+v, want %q", q, want[i])
			}
		}
	}
	ask("Ai xây cầu?")
	now = start.Add(60 * 24 * time.Hour)
	ask("Giá vé bao nhiêu?")
	mustBe("Giá vé bao nhiêu?", "Ai xây cầu?")
	now = start.Add(90*24*time.Hour + time.Second)
	mustBe("Giá vé bao nhiêu?") // too old to be shown, though still there
	ask("Có phà không?")
	mustBe("Có phà không?", "Giá vé bao nhiêu?")
	if rows := one[int](t, s, `SELECT count(*) FROM unanswered`); rows != 2 {
		t.Errorf("%d rows are stored, one is too old", rows)
	}
}
