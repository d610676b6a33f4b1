package store

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

// sent stores an answer and that a message shows it.
func sent(t *testing.T, s *Store, thread string, message int, e Exchange) int64 {
	t.Helper()
	e.Thread = thread
	id, err := s.AddExchange(t.Context(), e)
	if err == nil {
		_, err = s.Accept(t.Context(), []Update{{ID: id, Body: []byte("{}")}})
	}
	if err == nil {
		err = s.CompleteReply(t.Context(), Reply{Update: id, Chat: 1, Messages: []int{message, message + 1}, Shown: 2, Answer: &SentAnswer{id, []byte("parts")}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func pendingCorrections(t *testing.T, s *Store) []PendingCorrection {
	t.Helper()
	pending, err := s.PendingCorrections(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return pending
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func saveCorrections(t *testing.T, s *Store, edition, after int64, corrections ...Correction) bool {
	t.Helper()
	saved, err := s.SaveCorrections(t.Context(), edition, after, 100, time.Now().Add(-time.Hour), corrections)
	must(t, err)
	return saved
}

func TestACorrectionIsPendingUntilItIsShown(t *testing.T) {
	s := openAt(t, Memory)
	first, second := load(t, s, numbered(t, 1)).ID, load(t, s, numbered(t, 2)).ID
	cited := []Cited{{3, "Cũ."}}
	id := sent(t, s, "1/7", 10, Exchange{Edition: first, Language: "vi", Cited: cited})
	c := Correction{Exchange: id, Edition: second, Changes: []Changed{{Old: cited[0], New: "Mới.", Paragraph: 4, Notes: []int{2}}}}
	if saveCorrections(t, s, first, 0, c) {
		t.Error("corrections by an edition that isn't live are saved")
	}
	if !saveCorrections(t, s, second, 0, c) {
		t.Error("corrections by the live edition are not saved")
	}
	want := []PendingCorrection{{Correction: c, Thread: "1/7", Language: "vi", Shown: ShownAnswer{[]int{10, 11}, []byte("parts")}}}
	if got := pendingCorrections(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("pending is %v, want %v", got, want)
	}
	if edition, upTo, err := s.Compared(t.Context()); edition != second || upTo != 100 || err != nil {
		t.Errorf("compared with %d up to %d (%v)", edition, upTo, err)
	}
	must(t, s.CorrectionShown(t.Context(), c))
	if got := pendingCorrections(t, s); len(got) > 0 {
		t.Errorf("after it is shown %v is pending", got)
	}
	if shown, err := s.ShownCorrections(t.Context(), 99); err != nil || !reflect.DeepEqual(shown[id], c.Changes) {
		t.Errorf("shown is %v (%v)", shown, err)
	}
	// The same again needs no edit; another text does; and so does none.
	saveCorrections(t, s, second, 0, c)
	if got := pendingCorrections(t, s); len(got) > 0 {
		t.Errorf("%v is pending, though it is shown", got)
	}
	c.Changes = []Changed{{Old: cited[0]}}
	saveCorrections(t, s, second, 0, c)
	if got := pendingCorrections(t, s); len(got) != 1 || !reflect.DeepEqual(got[0].Changes, c.Changes) {
		t.Errorf("%v is pending, want %v", got, c)
	}
	must(t, s.MakeLive(t.Context(), first))
	saveCorrections(t, s, first, 0)
	got := pendingCorrections(t, s)
	if len(got) != 1 || got[0].Edition != first || len(got[0].Changes) > 0 {
		t.Errorf("after the rollback %v is pending, want it without changes", got)
	}
	must(t, s.CorrectionShown(t.Context(), got[0].Correction))
	if got := pendingCorrections(t, s); len(got) > 0 {
		t.Errorf("%v is pending at the end", got)
	}
}

func TestTheNewestAnswerOfEachThreadIsCorrectedFirst(t *testing.T) {
	s := openAt(t, Memory)
	edition := load(t, s, numbered(t, 1)).ID
	var corrections []Correction
	for i, thread := range []string{"1", "2", "1", "-3/7", "1"} {
		id := sent(t, s, thread, 10+2*i, Exchange{Edition: edition + 1, Cited: []Cited{{1, "Cũ."}}})
		corrections = append(corrections, Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới."}}})
	}
	saveCorrections(t, s, edition, 0, corrections...)
	for before, want := range map[int64][]int64{0: {5, 4, 2}, 5: {4, 2}, 2: nil} {
		pending, err := s.PendingCorrections(t.Context(), before, 10)
		must(t, err)
		var got []int64
		for _, p := range pending {
			got = append(got, p.Exchange)
		}
		if !slices.Equal(got, want) {
			t.Errorf("before %d: got %v, want %v", before, got, want)
		}
	}
}

func TestAnEditThatACrashInterruptedIsMadeAgain(t *testing.T) {
	s := openAt(t, Memory)
	first, second := load(t, s, numbered(t, 1)).ID, load(t, s, numbered(t, 2)).ID
	id := sent(t, s, "1", 10, Exchange{Edition: first, Cited: []Cited{{1, "Cũ."}}})
	c := Correction{Exchange: id, Edition: second, Changes: []Changed{{New: "Mới."}}}
	saveCorrections(t, s, second, 0, c)
	must(t, s.CorrectionBegun(t.Context(), c))
	saveCorrections(t, s, second, 0, c)
	if got := pendingCorrections(t, s); len(got) != 1 || !reflect.DeepEqual(got[0].Changes, c.Changes) {
		t.Errorf("%v is pending, want the edit once more", got)
	}
	must(t, s.MakeLive(t.Context(), first))
	saveCorrections(t, s, first, 0)
	if got := pendingCorrections(t, s); len(got) != 1 || len(got[0].Changes) > 0 {
		t.Errorf("after a rollback %v is pending, want the answer without a line", got)
	}
}

func TestWhatChangesWhileACorrectionIsShownStaysPending(t *testing.T) {
	s := openAt(t, Memory)
	edition := load(t, s, numbered(t, 1)).ID
	id := sent(t, s, "1", 10, Exchange{Edition: edition + 1, Cited: []Cited{{1, "Cũ."}}})
	old := Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới."}}}
	saveCorrections(t, s, edition, 0, old)
	saveCorrections(t, s, edition, 0, Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới hơn."}}})
	must(t, s.CorrectionShown(t.Context(), old))
	must(t, s.CorrectionFailed(t.Context(), old, "x"))
	if got := pendingCorrections(t, s); len(got) != 1 || got[0].Changes[0].New != "Mới hơn." {
		t.Errorf("%v is pending", got)
	}
}

func TestOnlyWhoRangTheBellIsTold(t *testing.T) {
	s := openAt(t, Memory)
	edition := load(t, s, numbered(t, 1)).ID
	id := sent(t, s, "1", 10, Exchange{Edition: edition + 1, Cited: []Cited{{1, "Cũ."}}})
	c := Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới."}}}
	for i, want := range []bool{true, false, true} {
		if on, err := s.ToggleBell(t.Context(), id, 5); on != want || err != nil {
			t.Errorf("press %d: on is %v (%v)", i, on, err)
		}
	}
	saveCorrections(t, s, edition, 0, c)
	must(t, s.CorrectionShown(t.Context(), c))
	got := pendingCorrections(t, s)
	if len(got) != 1 || !got[0].Tell {
		t.Fatalf("%v is pending, want it to be told", got)
	}
	must(t, s.CorrectionDone(t.Context(), c))
	if got := pendingCorrections(t, s); len(got) > 0 {
		t.Errorf("%v is pending after it was told", got)
	}
	if _, err := s.ToggleBell(t.Context(), 99, 5); err != ErrNotFound {
		t.Errorf("a bell of an unknown answer: %v", err)
	}
}

func TestOnlyAnswersOfOtherEditionsAndNotTooOldAreCompared(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	edition := load(t, s, numbered(t, 1)).ID
	cited := []Cited{{1, "Cũ."}}
	old := sent(t, s, "1", 10, Exchange{Edition: 7, Cited: cited})
	corrected := sent(t, s, "1", 20, Exchange{Edition: 7, Cited: cited})
	c := Correction{Exchange: corrected, Edition: edition, Changes: []Changed{{New: "Mới."}}}
	saveCorrections(t, s, edition, 0, c)
	must(t, s.CorrectionShown(t.Context(), c))
	now = now.Add(time.Hour)
	sent(t, s, "1", 30, Exchange{Edition: edition, Cited: cited})
	sent(t, s, "1", 40, Exchange{Edition: 7})
	fresh := sent(t, s, "1", 50, Exchange{Edition: 7, Cited: cited})
	answers, err := s.KeptAnswers(t.Context(), edition, 0, now.Add(-time.Minute))
	must(t, err)
	var ids []int64
	for _, a := range answers {
		ids = append(ids, a.Exchange)
	}
	if !slices.Equal(ids, []int64{corrected, fresh}) {
		t.Errorf("compared are %v, want %d and %d, not %d", ids, corrected, fresh, old)
	}
	if _, err := s.SaveCorrections(t.Context(), edition, 0, fresh, now.Add(-time.Minute), nil); err != nil {
		t.Fatal(err)
	}
	if left := one[int](t, s, `SELECT count(*) FROM shown_answer WHERE exchange = ?`, old); left != 0 {
		t.Error("an answer that is too old to be corrected keeps its parts")
	}
}

func TestAnAnswersCorrectionGoesWithIt(t *testing.T) {
	s := openAt(t, Memory)
	edition := load(t, s, numbered(t, 1)).ID
	id := sent(t, s, "1", 10, Exchange{Edition: edition + 1, Cited: []Cited{{1, "Cũ."}}})
	saveCorrections(t, s, edition, 0, Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới."}}})
	_, err := s.ToggleBell(t.Context(), id, 5)
	must(t, err)
	must(t, s.ForgetChat(t.Context(), 1))
	for _, table := range []string{"shown_answer", "correction", "bell"} {
		if left := one[int](t, s, `SELECT count(*) FROM `+table); left != 0 {
			t.Errorf("%d rows of %s are left of a forgotten chat", left, table)
		}
	}
}

func TestAForgottenPersonsBellGoes(t *testing.T) {
	s := openAt(t, Memory)
	id := sent(t, s, "1", 10, Exchange{Edition: 1})
	for _, person := range []int64{5, 6} {
		_, err := s.ToggleBell(t.Context(), id, person)
		must(t, err)
	}
	must(t, s.Forget(t.Context(), Owner{Chat: "5", Person: "5"}))
	if left := one[string](t, s, `SELECT group_concat(voter) FROM bell`); left != voterHash(id, 6) {
		t.Errorf("left are the bells of %s", left)
	}
}

func TestAMovedChatsAnswersCannotBeCorrected(t *testing.T) {
	s := openAt(t, Memory)
	edition := load(t, s, numbered(t, 1)).ID
	id := sent(t, s, "-1", 10, Exchange{Edition: edition + 1, Cited: []Cited{{1, "Cũ."}}})
	must(t, s.MoveChat(t.Context(), -1, -2))
	saveCorrections(t, s, edition, 0, Correction{Exchange: id, Edition: edition, Changes: []Changed{{New: "Mới."}}})
	if got := pendingCorrections(t, s); len(got) > 0 {
		t.Errorf("%v is pending: message ids mean nothing in the chat's new place", got)
	}
}
