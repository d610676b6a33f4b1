package store

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestAPersonsLastWordOnAnAnswerCounts(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	id := exchanged(t, s, 1, Exchange{Thread: "a", Edition: 2, Question: "vì sao?", Answer: "Vì thế.", Passages: []int64{5, 3}})
	rate := func(person int64, good bool, why string) {
		t.Helper()
		if err := s.Rate(t.Context(), id, person, good, why); err != nil {
			t.Fatal(err)
		}
	}
	rate(7, true, "")
	now = now.Add(time.Second)
	rate(8, false, "wrong")
	now = now.Add(time.Second)
	rate(7, false, "thin")
	got, err := s.Ratings(t.Context(), 9)
	want := []Rating{
		{Exchange: id, Why: "thin", Edition: 2, Question: "vì sao?", Answer: "Vì thế.", Passages: []int64{5, 3}, GivenAt: now},
		{Exchange: id, Why: "wrong", Edition: 2, Question: "vì sao?", Answer: "Vì thế.", Passages: []int64{5, 3}, GivenAt: now.Add(-time.Second)},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v (%v)\nwant %+v", got, err, want)
	}
	if err := s.Rate(t.Context(), id+1, 7, true, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("an exchange that isn't there was rated: %v", err)
	}
}

func TestRatingsGoAfterNinetyDays(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	old := exchanged(t, s, 1, Exchange{Thread: "a"})
	if err := s.Rate(t.Context(), old, 7, true, ""); err != nil {
		t.Fatal(err)
	}
	now = now.Add(KeptRatings + time.Second)
	young := exchanged(t, s, 2, Exchange{Thread: "a"})
	if err := s.Rate(t.Context(), young, 7, true, ""); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Ratings(t.Context(), 9); err != nil || len(got) != 1 || got[0].Exchange != young {
		t.Errorf("got %+v (%v)", got, err)
	}
}
