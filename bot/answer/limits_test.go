package answer_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/store"
	"reportbot/store/text"
)

func TestBeyondTheLimitTheModelIsNotCalled(t *testing.T) {
	reply := modeltest.Text("NOT_IN_REPORT").WithUsage(900, 100)
	asks := func(chat, person string) answer.Request {
		return answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese, Chat: chat, Person: person}
	}
	inGroup := func(chat, person string) answer.Request {
		r := asks(chat, person)
		r.Group = true
		return r
	}
	for _, test := range []struct {
		name   string
		limits answer.Limits
		asked  []answer.Request
		over   string // by question: y or n
	}{
		{"no limit", answer.Limits{}, []answer.Request{asks("1", "ana"), asks("1", "ana"), asks("1", "ana")}, "nnn"},
		{"two questions", answer.Limits{Person: answer.Limit{Questions: 2}}, []answer.Request{asks("1", "ana"), asks("1", "ana"), asks("1", "ana"), asks("1", "ana")}, "nnyy"},
		{"of one person in several chats", answer.Limits{Person: answer.Limit{Questions: 2}}, []answer.Request{asks("1", "ana"), asks("2", "ana"), asks("3", "ana")}, "nny"},
		{"several people in one chat", answer.Limits{Person: answer.Limit{Questions: 1}}, []answer.Request{asks("1", "ana"), asks("1", "ben"), asks("1", "ana")}, "nny"},
		{"tokens", answer.Limits{Person: answer.Limit{Tokens: 1500}}, []answer.Request{asks("1", "ana"), asks("1", "ana"), asks("1", "ana"), asks("1", "ben")}, "nnyn"},
		{"somebody unknown counts as the chat", answer.Limits{Person: answer.Limit{Questions: 1}}, []answer.Request{asks("1", ""), asks("1", ""), asks("2", "")}, "nyn"},
		{"a group, by whomever", answer.Limits{Group: answer.Limit{Questions: 2}},
			[]answer.Request{inGroup("-1", "ana"), inGroup("-1", "ben"), inGroup("-1", "cam"), inGroup("-1", ""), inGroup("-2", "ana"), asks("1", "ana"), asks("1", "ana"), asks("1", "ana")}, "nnyynnnn"},
		{"a group's tokens", answer.Limits{Group: answer.Limit{Tokens: 1500}},
			[]answer.Request{inGroup("-1", "ana"), inGroup("-1", "ben"), inGroup("-1", "cam"), inGroup("-2", "cam")}, "nnyn"},
		{"a person's limit before the group's", answer.Limits{Person: answer.Limit{Questions: 1}, Group: answer.Limit{Questions: 9}},
			[]answer.Request{inGroup("-1", "ana"), inGroup("-1", "ana"), inGroup("-1", "ben")}, "nyn"},
		{"nobody at all has no limit", answer.Limits{Person: answer.Limit{Questions: 1}}, []answer.Request{asks("", ""), asks("", "")}, "nn"},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(modeltest.Always(reply))
			a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}),
				answer.WithQuota(emptyStore(t), test.limits))
			over := ""
			for _, r := range test.asked {
				got, _ := request(t, a, r)
				if got.Notice == answer.OverLimit || got.Notice == answer.GroupOverLimit {
					over += "y"
					if got.Status != answer.Passages || !strings.Contains(claims(got), lengthSentence) || got.Usage.Calls != 0 {
						t.Errorf("over the limit: status %q, claims %q, usage %+v", got.Status, claims(got), got.Usage)
					}
				} else {
					over += "n"
				}
			}
			if over != test.over {
				t.Errorf("over the limit: %s, want %s", over, test.over)
			}
			if n := len(srv.Requests()); n != strings.Count(test.over, "n") {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestShareIsTheGreaterOfQuestionsAndTokens(t *testing.T) {
	used := store.Usage{Questions: 8, PromptTokens: 400, CompletionTokens: 100}
	for _, test := range []struct {
		limit answer.Limit
		want  float64
	}{
		{answer.Limit{}, 0},
		{answer.Limit{Questions: 10}, .8},
		{answer.Limit{Tokens: 1000}, .5},
		{answer.Limit{Questions: 10, Tokens: 500}, 1},
	} {
		if got := test.limit.Share(used); got != test.want {
			t.Errorf("of %+v is used %v, want %v", test.limit, got, test.want)
		}
	}
}

func TestAQuestionWithoutAModelIsNotCounted(t *testing.T) {
	a := answer.New(reading(), reading(), nil, answer.WithQuota(emptyStore(t), answer.Limits{Person: answer.Limit{Questions: 1}}))
	for range 3 {
		if got, _ := request(t, a, answer.Request{Question: lengthQuestion, Person: "ana"}); got.Notice != answer.NoModel {
			t.Errorf("notice %q", got.Notice)
		}
	}
}

// spent is a Ledger that records the usage, and fails from then on.
type spent struct {
	all  []store.Usage
	from int
}

func (s *spent) AddUsage(_ context.Context, _, _ string, spending store.Usage) (store.UsageToday, error) {
	s.all = append(s.all, spending)
	if len(s.all) > s.from {
		return store.UsageToday{}, errDisk
	}
	return store.UsageToday{Person: spending, Chat: spending}, nil
}

func TestAllCallsForAnAnswerAreCounted(t *testing.T) {
	srv := modeltest.New(t)
	srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("Cầu có mấy làn xe?").WithUsage(100, 10)))
	srv.Handle(modeltest.Always(modeltest.Text("NOT_IN_REPORT").WithUsage(1000, 5)))
	var told []error
	ledger := &spent{from: 1}
	a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}),
		answer.WithQuota(ledger, answer.Limits{}), answer.WithErrorHandler(func(err error) { told = append(told, err) }))
	r := lanesFollow
	r.Person = "ana"
	got, _ := request(t, a, r)
	if want := (answer.Usage{PromptTokens: 1100, CompletionTokens: 15, Calls: 2}); got.Usage != want {
		t.Errorf("usage %+v, want %+v", got.Usage, want)
	}
	if want := (store.Usage{PromptTokens: 1100, CompletionTokens: 15}); len(ledger.all) != 2 || ledger.all[1] != want {
		t.Errorf("counted %+v", ledger.all)
	}
	if len(told) != 1 || !errors.Is(told[0], errDisk) {
		t.Errorf("reported errors %v", told)
	}
	ledger.from = 0
	if _, err := a.Ask(t.Context(), r, nil); !errors.Is(err, errDisk) {
		t.Errorf("a question that can't be counted: %v", err)
	}
}
