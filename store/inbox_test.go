package store

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// updates makes updates with these ids, each with a body of its own.
func updates(ids ...int64) []Update {
	var list []Update
	for _, id := range ids {
		list = append(list, Update{ID: id, Body: fmt.Appendf(nil, `{"update_id":%d}`, id)})
	}
	return list
}

func ids(list []Update) []int64 {
	var ids []int64
	for _, update := range list {
		ids = append(ids, update.ID)
	}
	return ids
}

// mustAccept fails unless the updates are accepted with the updates with the ids want as fresh.
func mustAccept(t *testing.T, s *Store, list []Update, want ...int64) {
	t.Helper()
	fresh, err := s.Accept(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(fresh, updates(want...)) {
		t.Errorf("fresh: %v, want %v", ids(fresh), want)
	}
}

// mustWait fails unless just the updates with these ids wait, in this order.
func mustWait(t *testing.T, s *Store, want ...int64) {
	t.Helper()
	waiting, err := s.Pending(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range waiting {
		waiting[i].Received = time.Time{}
	}
	if !reflect.DeepEqual(waiting, updates(want...)) {
		t.Errorf("waiting: %v, want %v", ids(waiting), want)
	}
}

func settled(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnUpdateIsAcceptedOnce(t *testing.T) {
	s := openAt(t, Memory)
	mustWait(t, s)
	mustAccept(t, s, nil)
	mustAccept(t, s, updates(7, 8), 7, 8)
	mustAccept(t, s, updates(7, 8, 9), 9)
	mustAccept(t, s, updates(10, 10, 11), 10, 11)
	settled(t, s.MarkDone(context.Background(), 8))
	settled(t, s.MarkFailed(context.Background(), updates(9)[0], "broken"))
	mustAccept(t, s, updates(7, 8, 9, 10, 11))
	mustWait(t, s, 7, 10, 11)
}

func TestADeliveryIsAcceptedWholeOrNotAtAll(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		batch := append(updates(1, 2), Update{ID: 3}, Update{ID: 4, Body: []byte("{}")}) // one without a body is refused
		if fresh, err := s.Accept(context.Background(), batch); err == nil || fresh != nil {
			t.Errorf("got %v (%v), want an error", fresh, err)
		}
		mustWait(t, s)
		ctx, cancel := context.WithCancel(context.Background())
		s.now = func() time.Time { cancel(); return time.Now() } // while the first is written
		if _, err := s.Accept(ctx, updates(1, 2)); err == nil {
			t.Error("no error though it was cancelled")
		}
		s.now = time.Now
		mustWait(t, s)
		mustAccept(t, s, updates(1, 2), 1, 2)
	})
}

func TestWhatIsAcceptedOutlivesTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	mustAccept(t, s, updates(30, 10, 20), 30, 10, 20)
	settled(t, s.MarkDone(context.Background(), 10))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	mustWait(t, s, 20, 30)
	mustAccept(t, s, updates(10, 20, 30))
}

func TestADoneUpdateLosesItsBodyAndADeadOneKeepsIt(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	mustAccept(t, s, updates(1, 2, 3), 1, 2, 3)
	settled(t, s.MarkDone(ctx, 1))
	settled(t, s.MarkFailed(ctx, updates(2)[0], "can't be decoded"))
	settled(t, s.MarkDone(ctx, 1)) // again
	settled(t, s.MarkDone(ctx, 99))
	for id, want := range map[int64]string{1: "done||", 2: `dead|can't be decoded|{"update_id":2}`, 3: `waiting||{"update_id":3}`} {
		if got := one[string](t, s, `SELECT state || '|' || why || '|' || CAST(body AS TEXT) FROM inbox WHERE update_id = ?`, id); got != want {
			t.Errorf("update %d is %s, want %s", id, got, want)
		}
	}
	if rows := one[int](t, s, `SELECT count(*) FROM inbox`); rows != 3 {
		t.Errorf("%d updates are stored, want 3", rows)
	}
}

func TestAnUpdateIsForgottenTwoDaysAfterItCameUnlessItWaits(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	begun := time.Unix(1_730_500_000, 0)
	now := begun
	s.now = func() time.Time { return now }
	mustAccept(t, s, updates(1, 2, 3), 1, 2, 3)
	settled(t, s.MarkDone(ctx, 1))
	settled(t, s.MarkFailed(ctx, updates(2)[0], "broken"))

	now = begun.Add(48 * time.Hour)
	mustAccept(t, s, updates(1, 2, 3, 4), 4)
	now = begun.Add(48*time.Hour + time.Second)
	mustAccept(t, s, nil)
	if left := one[string](t, s, `SELECT group_concat(update_id, ' ') FROM inbox`); left != "3 4" {
		t.Errorf("remembered after two days: %s, want 3 (waiting) and 4 (new)", left)
	}
	mustWait(t, s, 3, 4)
	mustAccept(t, s, updates(1), 1) // ids begin again after an idle week
}

func TestALargeUpdateKeepsItsBytes(t *testing.T) {
	s := openAt(t, Memory)
	body := []byte(strings.Repeat("\x00\xff🙂\"'", 100_000))
	if _, err := s.Accept(context.Background(), []Update{{ID: 1, Body: body}}); err != nil {
		t.Fatal(err)
	}
	waiting, err := s.Pending(context.Background())
	if err != nil || len(waiting) != 1 || string(waiting[0].Body) != string(body) {
		t.Errorf("the body of %d bytes came back otherwise (%v)", len(body), err)
	}
}
