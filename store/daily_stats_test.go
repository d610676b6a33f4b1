package store

import (
	"testing"
	"time"
)

func TestQuestionsAreCountedByDay(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Date(2026, 11, 25, 23, 0, 0, 0, time.Local)
	s.now = func() time.Time { return now }
	mustCount := func(want DailyStats) {
		t.Helper()
		if got, err := s.Today(t.Context()); err != nil || got != want {
			t.Errorf("today: %+v (%v), want %+v", got, err, want)
		}
	}
	mustCount(DailyStats{})
	for message := 1; message <= 60; message++ { // more than are remembered
		exchanged(t, s, message, Exchange{Thread: "a", Unanswered: message%2 == 0, Refused: message % 3})
	}
	mustCount(DailyStats{Questions: 60, Unanswered: 30, Refused: 60})
	now = now.Add(2 * time.Hour)
	mustCount(DailyStats{})
	exchanged(t, s, 61, Exchange{Thread: "b"})
	mustCount(DailyStats{Questions: 1})
}
