package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"
)

// mustShow fails unless a message of a thread shows an answer to question.
func mustShow(t *testing.T, s *Store, thread string, message int, question string) Exchange {
	t.Helper()
	e, err := s.ExchangeAt(context.Background(), thread, message)
	if err != nil || e.Question != question {
		t.Errorf("message %d of %s answers %q (%v), want %q", message, thread, e.Question, err, question)
	}
	return e
}

func mustShowNothing(t *testing.T, s *Store, thread string, message int) {
	t.Helper()
	if e, err := s.ExchangeAt(context.Background(), thread, message); !errors.Is(err, ErrNotFound) {
		t.Errorf("message %d of %s answers %q (%v), want ErrNotFound", message, thread, e.Question, err)
	}
}

// exchanged stores an exchange that a message shows.
func exchanged(t *testing.T, s *Store, message int, e Exchange) int64 {
	t.Helper()
	id, err := s.AddExchange(context.Background(), e)
	if err == nil {
		err = s.ShowExchange(context.Background(), id, message)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAnExchangeIsFoundByItsIDAndByItsMessage(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	whole := Exchange{
		Thread: "a", Edition: 3, Question: "vì sao?", Language: "vi", Answer: "Vì thế. [2]", Notes: []int{2, 7},
		Cited: []Cited{{4, "Vì thế."}}, Passages: []int64{12, 9},
	}
	id, err := s.AddExchange(t.Context(), whole)
	if err != nil {
		t.Fatal(err)
	}
	mustShowNothing(t, s, "a", 0) // nobody has seen it yet
	if err := s.ShowExchange(t.Context(), id, 10); err != nil {
		t.Fatal(err)
	}
	whole.ID, whole.Message, whole.AskedAt = id, 10, now
	byID, err := s.Exchange(t.Context(), id)
	if err != nil || !reflect.DeepEqual(byID, whole) {
		t.Errorf("got %+v (%v)\nwant %+v", byID, err, whole)
	}
	exchanged(t, s, 11, Exchange{Thread: "a", Question: "hai"})
	exchanged(t, s, 12, Exchange{Thread: "a/5", Question: "ba"}) // a topic of the same chat
	if got := mustShow(t, s, "a", 10, "vì sao?"); !reflect.DeepEqual(got, whole) {
		t.Errorf("got %+v\nwant %+v", got, whole)
	}
	mustShow(t, s, "a", 0, "hai")
	mustShow(t, s, "a/5", 0, "ba")
	mustShowNothing(t, s, "a", 12)
	mustShowNothing(t, s, "b", 0)

	exchanged(t, s, 10, Exchange{Thread: "a", Question: "khác"}) // the message was edited into another answer
	mustShow(t, s, "a", 10, "khác")
	if _, err := s.Exchange(t.Context(), id); err != nil {
		t.Errorf("the answer that stood there before is gone: %v", err)
	}
}

func TestFiftyExchangesOfAThreadAreRemembered(t *testing.T) {
	s := openAt(t, Memory)
	exchanged(t, s, 1, Exchange{Thread: "b", Question: "b"})
	for message := 1; message <= 60; message++ {
		exchanged(t, s, message, Exchange{Thread: "a", Question: "a"})
	}
	if rows := one[int](t, s, `SELECT count(*) FROM exchange WHERE thread = 'a'`); rows != 50 {
		t.Errorf("%d exchanges are stored", rows)
	}
	mustShowNothing(t, s, "a", 10)
	mustShow(t, s, "a", 11, "a")
	mustShow(t, s, "b", 1, "b")
}

// The terminal numbers its answers from 1 each time it is started.
func TestTheLastExchangeIsTheNewestNotTheOneWithTheGreatestMessage(t *testing.T) {
	s := openAt(t, Memory)
	for message := 1; message <= 60; message++ {
		exchanged(t, s, message, Exchange{Thread: "console", Question: "cũ"})
	}
	exchanged(t, s, 1, Exchange{Thread: "console", Question: "mới"})
	mustShow(t, s, "console", 0, "mới")
	mustShow(t, s, "console", 1, "mới")
}

func questions(exchanges []Exchange) []string {
	var list []string
	for _, e := range exchanges {
		list = append(list, e.Question)
	}
	return list
}

func TestRecentExchangesAreThoseThatAQuestionMayFollow(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	at := func(minute int) time.Time {
		return time.Unix(1_730_500_000, 0).Add(time.Duration(minute) * time.Minute)
	}
	for minute, e := range []Exchange{
		{Thread: "a", Edition: 1, Question: "của bản cũ"},
		{Thread: "a", Edition: 2, Question: "một"},
		{Thread: "b", Edition: 2, Question: "nơi khác"},
		{Thread: "a", Edition: 2, Question: "hai"},
		{Thread: "a", Edition: 2, Question: "ba"},
		{Thread: "a", Edition: 2, Question: "hai"},
	} {
		now = at(minute)
		exchanged(t, s, minute+1, e)
	}
	if _, err := s.AddExchange(t.Context(), Exchange{Thread: "a", Edition: 2, Question: "chưa ai thấy"}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		since int
		below int64
		limit int
		want  []string
	}{
		{"all of its edition, each question once", 0, 0, 9, []string{"một", "ba", "hai"}},
		{"the last ones", 0, 0, 2, []string{"ba", "hai"}},
		{"the last before another", 0, 6, 2, []string{"hai", "ba"}},
		{"of the last minutes", 5, 0, 9, []string{"hai"}},
		{"of none", 6, 0, 9, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := s.RecentExchanges(t.Context(), "a", 2, at(test.since), test.below, test.limit)
			if err != nil || !slices.Equal(questions(got), test.want) {
				t.Errorf("got %q (%v), want %q", questions(got), err, test.want)
			}
		})
	}
	if err := s.ForgetExchanges(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.RecentExchanges(t.Context(), "a", 2, at(0), 0, 9); err != nil || len(got) > 0 {
		t.Errorf("forgotten ones come back: %q (%v)", questions(got), err)
	}
	mustShow(t, s, "a", 0, "hai")
}

func TestAChainOfExchangesLeadsBackToItsFirst(t *testing.T) {
	s := openAt(t, Memory)
	first := exchanged(t, s, 1, Exchange{Thread: "a", Edition: 2, Question: "một"})
	exchanged(t, s, 2, Exchange{Thread: "a", Edition: 2, Question: "của ai khác"})
	second := exchanged(t, s, 3, Exchange{Thread: "a", Edition: 2, Question: "hai", Parent: first})
	third := exchanged(t, s, 4, Exchange{Thread: "a", Edition: 2, Question: "ba", Parent: second})
	for _, test := range []struct {
		name        string
		id, edition int64
		limit       int
		want        []string
	}{
		{"from the last", third, 2, 9, []string{"một", "hai", "ba"}},
		{"from the middle", second, 2, 9, []string{"một", "hai"}},
		{"not further than asked", third, 2, 2, []string{"hai", "ba"}},
		{"of another edition", third, 1, 9, nil},
		{"of none", 99, 2, 9, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := s.ExchangeChain(t.Context(), test.id, test.edition, test.limit)
			if err != nil || !slices.Equal(questions(got), test.want) {
				t.Errorf("got %q (%v), want %q", questions(got), err, test.want)
			}
		})
	}
}

func TestAnUnsentAnswerIsNotAmongTheAnswered(t *testing.T) {
	s := openAt(t, Memory)
	exchanged(t, s, 7, Exchange{Thread: "a", Edition: 2, Question: "đã gửi"})
	if _, err := s.AddExchange(t.Context(), Exchange{Thread: "a", Edition: 2, Question: "chưa gửi"}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Answered(t.Context(), "a", 2, time.Time{}, 9)
	if err != nil || !slices.Equal(questions(got), []string{"đã gửi"}) {
		t.Errorf("answered are %q (%v)", questions(got), err)
	}
}

// After a chat was moved, the ids of earlier messages are unknown.
func TestAnswersInUnknownMessagesAreAllFollowed(t *testing.T) {
	s := openAt(t, Memory)
	mustAccept(t, s, updates(1, 2), 1, 2)
	for update, question := range []string{1: "một", 2: "hai"} {
		if question == "" {
			continue
		}
		id, err := s.AddExchange(t.Context(), Exchange{Thread: "a", Edition: 2, Question: question})
		if err != nil {
			t.Fatal(err)
		}
		settled(t, s.CompleteReply(t.Context(), Reply{Update: int64(update), Messages: []int{0, 9}, Shown: 2, Answer: &SentAnswer{Exchange: id, Parts: []byte("phần")}}))
		settled(t, s.ShowExchange(t.Context(), id, 0))
	}
	got, err := s.RecentExchanges(t.Context(), "a", 2, time.Time{}, 0, 9)
	if err != nil || !slices.Equal(questions(got), []string{"một", "hai"}) {
		t.Errorf("recent are %q (%v)", questions(got), err)
	}
	if n := one[int](t, s, `SELECT count(*) FROM shown_answer`); n > 0 {
		t.Errorf("%d answers that can't be edited keep their parts", n)
	}
}
