package store

import (
	"errors"
	"testing"
	"time"
)

func TestAQuestionIsKeptForADay(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_700_000_000, 0)
	s.now = func() time.Time { return now }
	kept := func(id, want string) {
		t.Helper()
		got, err := s.PendingQuestion(t.Context(), id)
		if got != want || want == "" && !errors.Is(err, ErrNotFound) || want != "" && err != nil {
			t.Errorf("kept as %s is %q, %v; want %q", id, got, err, want)
		}
	}
	settled(t, s.SavePendingQuestion(t.Context(), "a", "vì sao?", Owner{}))
	kept("a", "vì sao?")
	kept("b", "")
	now = now.Add(20 * time.Hour)
	kept("a", "vì sao?")
	settled(t, s.SavePendingQuestion(t.Context(), "a", "vì sao?", Owner{})) // asked again
	settled(t, s.SavePendingQuestion(t.Context(), "b", "ai?", Owner{}))
	now = now.Add(20 * time.Hour)
	kept("a", "vì sao?")
	now = now.Add(20 * time.Hour)
	kept("a", "")
	settled(t, s.SavePendingQuestion(t.Context(), "c", "đâu?", Owner{}))
	if n := one[int](t, s, `SELECT count(*) FROM kept_question`); n != 1 {
		t.Errorf("%d questions are kept, want 1", n)
	}
}
