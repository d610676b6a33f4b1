package bot

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/retrieval"
)

// listening is an Asker that records its requests.
type listening struct {
	*answer.Answerer
	requests []answer.Request
}

func (l *listening) Ask(ctx context.Context, r answer.Request, passed func(answer.Claim)) (*answer.Answer, error) {
	l.requests = append(l.requests, r)
	return l.Answerer.Ask(ctx, r, passed)
}

func TestWhichExchangesAQuestionFollows(t *testing.T) {
	const (
		length = lengthQuestion
		lanes  = "Cầu Sông Mây có mấy làn xe?"
		third  = "Lan can màu gì?"
		// shorter is no question, but a wish to have the last answer anew.
		shorter = "ngắn gọn hơn"
	)
	type step struct {
		in   Incoming
		id   int      // of the answer
		want []string // the questions that it may follow
	}
	reply := func(in Incoming, to int) Incoming {
		in.RepliesTo, in.Addressed = to, true
		return in
	}
	from := func(in Incoming, thread string) Incoming {
		in.Thread = thread
		return in
	}
	received := func(in Incoming, at time.Time) Incoming {
		in.Received = at
		return in
	}
	for _, test := range []struct {
		name  string
		steps []step
	}{
		{"in private, the last three", []step{
			{private(length), 10, nil},
			{private(lanes), 11, []string{length}},
			{private(third), 12, []string{length, lanes}},
			{private(length), 13, []string{length, lanes, third}},
			{private(lanes), 14, []string{lanes, third, length}},
		}},
		{"in private, a reply follows what it replies to alone", []step{
			{private(length), 10, nil},
			{private(lanes), 11, []string{length}},
			{reply(private(third), 10), 12, []string{length}},
			{reply(private(lanes), 12), 13, []string{length, third}},
		}},
		{"in private, none long after the last", []step{
			{private(length), 10, nil},
			{received(private(lanes), time.Now().Add(followWithin+time.Minute)), 11, nil},
		}},
		{"an answer made anew follows what was before it", []step{
			{private(length), 10, nil},
			{private(lanes), 11, []string{length}},
			{private(third), 12, []string{length, lanes}},
			{private("Tổng kinh phí là bao nhiêu?"), 13, []string{length, lanes, third}},
			{private("Kiểm toán tìm thấy khoản chi sai nào?"), 14, []string{lanes, third, "Tổng kinh phí là bao nhiêu?"}},
			{private("Tỉnh góp bao nhiêu?"), 15, []string{third, "Tổng kinh phí là bao nhiêu?", "Kiểm toán tìm thấy khoản chi sai nào?"}},
			{reply(private(shorter), 11), 16, []string{length}},
		}},
		{"an answer made anew several times counts once", []step{
			{private(length), 10, nil},
			{private(lanes), 11, []string{length}},
			{private(shorter), 12, []string{length}},
			{private(shorter), 13, []string{length}},
			{private(shorter), 14, []string{length}},
			{private(third), 15, []string{length, lanes}},
		}},
		{"in a group, only a reply follows", []step{
			{inGroup("/ask " + length), 10, nil},
			{inGroup("/ask " + lanes), 11, nil},
			{reply(inGroup(third), 10), 12, []string{length}},
			{reply(inGroup(lanes), 12), 13, []string{length, third}},
			{reply(inGroup(third), 99), 14, nil},
		}},
		{"another topic is another conversation", []step{
			{from(private(length), "1/5"), 10, nil},
			{from(private(lanes), "1/6"), 11, nil},
			{reply(from(private(third), "1/6"), 10), 12, nil},
		}},
		{"nothing follows what was before /reset", []step{
			{private(length), 10, nil},
			{private("/reset"), 11, nil},
			{private(lanes), 12, nil},
			{reply(private(third), 10), 13, nil},
			{private(third), 14, []string{lanes, third}},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openStore(t, bridge)
			b := newBot(s)
			asker := &listening{Answerer: answer.New(s, retrieval.New(s), nil)}
			b.asker = asker
			for _, step := range test.steps {
				asked := len(asker.requests)
				answerTo(t, b, step.in, step.id)
				if len(asker.requests) == asked {
					continue // it was a command
				}
				var got []string
				for _, e := range asker.requests[asked].History {
					got = append(got, e.Question)
					if e.Answer == "" {
						t.Errorf("%q has no answer", e.Question)
					}
				}
				if !slices.Equal(got, step.want) {
					t.Errorf("%q may follow %q, want %q", step.in.Text, got, step.want)
				}
			}
		})
	}
}

func TestAnswersFromAnotherReportAreNoContext(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	asker := &listening{Answerer: answer.New(s, retrieval.New(s), nil)}
	b.asker = asker
	answerTo(t, b, private(lengthQuestion), 10)
	load(t, s, untitled)
	answerTo(t, b, private(lengthQuestion), 11)
	answerTo(t, b, Incoming{Chat: "1", Thread: "1", Private: true, Text: lengthQuestion, RepliesTo: 10}, 12)
	for _, r := range asker.requests {
		if len(r.History) > 0 {
			t.Errorf("it may follow %+v", r.History)
		}
	}
}

func TestRequestsHaveTheAskerAndTheQuotation(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	asker := &listening{Answerer: answer.New(s, retrieval.New(s), nil)}
	b.asker = asker
	group := toTheBot(lengthQuestion)
	group.Quoted, group.Sender = "Cầu dài 2 cây số.", Sender{ID: 7}
	answerTo(t, b, group, 10)
	group.RepliesTo, group.Quoted, group.Sender = 10, "dài 1.240 mét", Sender{ID: 1087968824, Anonymous: true}
	answerTo(t, b, group, 11)
	var got []string
	for _, r := range asker.requests {
		got = append(got, fmt.Sprintf("%s %s %q", r.Chat, r.Person, r.Quoted))
	}
	want := []string{`-1 7 "Cầu dài 2 cây số."`, `-1  ""`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
