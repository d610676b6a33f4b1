package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// mustRemember fails unless an answer's edition and notes are remembered.
func mustRemember(t *testing.T, s *Store, chat string, message int, edition int64, notes ...int) {
	t.Helper()
	gotEdition, got, err := s.SavedAnswer(context.Background(), chat, message)
	if err != nil || gotEdition != edition || !slices.Equal(got, notes) {
		t.Errorf("answer %d of %s: edition %d, notes %v (%v); want %d, %v", message, chat, gotEdition, got, err, edition, notes)
	}
}

func mustNotRemember(t *testing.T, s *Store, chat string, message int) {
	t.Helper()
	if _, _, err := s.SavedAnswer(context.Background(), chat, message); !errors.Is(err, ErrNotFound) {
		t.Errorf("answer %d of %s: %v, want ErrNotFound", message, chat, err)
	}
}

func save(t *testing.T, s *Store, chat string, message int, edition int64, notes ...int) {
	t.Helper()
	if err := s.SaveAnswer(context.Background(), chat, message, edition, notes); err != nil {
		t.Fatal(err)
	}
}

func TestAnAnswersNotesAreRememberedByChatAndMessage(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		mustNotRemember(t, s, "a", 0)
		save(t, s, "a", 10, 1, 3, 1, 2)
		save(t, s, "a", 11, 2)
		save(t, s, "a/5", 12, 1, 9) // a topic of the same chat
		mustRemember(t, s, "a", 10, 1, 3, 1, 2)
		mustRemember(t, s, "a", 11, 2)
		mustRemember(t, s, "a", 0, 2)
		mustRemember(t, s, "a/5", 0, 1, 9)
		mustNotRemember(t, s, "a", 12)
		mustNotRemember(t, s, "b", 0)

		save(t, s, "a", 10, 3, 4) // the message was edited into another answer
		mustRemember(t, s, "a", 10, 3, 4)
	})
}

func TestFiftyAnswersOfAChatAreRemembered(t *testing.T) {
	s := openAt(t, Memory)
	save(t, s, "b", 1, 1, 1)
	for message := 1; message <= 60; message++ {
		save(t, s, "a", message, 1, message)
	}
	if rows := one[int](t, s, `SELECT count(*) FROM answer WHERE chat = 'a'`); rows != 50 {
		t.Errorf("%d answers are stored", rows)
	}
	mustNotRemember(t, s, "a", 10)
	mustRemember(t, s, "a", 11, 1, 11)
	mustRemember(t, s, "a", 0, 1, 60)
	mustRemember(t, s, "b", 1, 1, 1)
}

// The terminal numbers its answers from 1 each time it is started.
func TestTheLastAnswerIsTheNewestNotTheOneWithTheGreatestNumber(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	for message := 1; message <= 60; message++ {
		save(t, s, "console", message, 1, 7)
	}
	now = now.Add(time.Minute)
	save(t, s, "console", 1, 1, 8)
	mustRemember(t, s, "console", 0, 1, 8)
	mustRemember(t, s, "console", 1, 1, 8)
}
