package answer_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

func manyOn(t *testing.T, srv *modeltest.Server) *answer.Answerer {
	t.Helper()
	return answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}), answer.WithSharedAnswers())
}

// request asks and returns the answer with the claims as they were passed on.
func request(t *testing.T, a *answer.Answerer, r answer.Request) (*answer.Answer, []string) {
	t.Helper()
	var passed []string
	got, err := a.Ask(t.Context(), r, func(c answer.Claim) { passed = append(passed, c.Text) })
	if err != nil {
		t.Fatal(err)
	}
	return got, passed
}

func TestEqualQuestionsShareOneCall(t *testing.T) {
	asked := answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese, Chat: "1"}
	for _, test := range []struct {
		name   string
		second answer.Request
		calls  int
	}{
		{"in another chat", answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese, Chat: "2"}, 1},
		{"written a little otherwise", answer.Request{Question: "  cầu Sông Mây dài bao nhiêu\nmét ", Fallback: text.Vietnamese}, 1},
		{"of a chat where something else was said", answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese, History: lanesFollow.History}, 1},
		{"in another length", answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese, Length: answer.Brief}, 2},
		{"another question", answer.Request{Question: "Cầu Sông Mây có mấy làn xe?", Fallback: text.Vietnamese}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(saying(t, lengthSentence+" {1.240 mét}\nCầu dài 999 mét. {1.240 mét}"))
			a := manyOn(t, srv)
			first, _ := request(t, a, asked)
			got, passed := request(t, a, test.second)
			if n := len(srv.Requests()); n != test.calls || got.Usage.Calls != test.calls-1 {
				t.Errorf("%d requests, want %d; usage of the second %+v", n, test.calls, got.Usage)
			}
			if first.Usage.Calls != 1 || claims(got) != claims(first) || footnotes(got) != "[1]" || rejected(got) != "number" {
				t.Errorf("first %+v, second %+v", first, got)
			}
			if strings.Join(passed, "|") != lengthSentence {
				t.Errorf("passed on: %q", passed)
			}
			if got.Question != test.second.Question || got.Status != answer.Answered {
				t.Errorf("question %q, status %q", got.Question, got.Status)
			}
		})
	}
}

func TestOnlyCompleteAnswersWithoutContextAreCached(t *testing.T) {
	failing := func(change func(modeltest.Reply) modeltest.Reply) func(t *testing.T) func(modeltest.Request) modeltest.Reply {
		return func(t *testing.T) func(modeltest.Request) modeltest.Reply {
			return lines(t, lengthSentence+" {1.240 mét}\n"+lanesSentence+" {bốn làn xe}\n", change)
		}
	}
	said := func(reply string) func(t *testing.T) func(modeltest.Request) modeltest.Reply {
		return func(t *testing.T) func(modeltest.Request) modeltest.Reply { return saying(t, reply) }
	}
	plain := answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}
	for _, test := range []struct {
		name    string
		request answer.Request
		reply   func(t *testing.T) func(modeltest.Request) modeltest.Reply
		kept    bool
	}{
		{"an answer", plain, said(lengthSentence + " {1.240 mét}"), true},
		{"that the report doesn't say", plain, said("NOT_IN_REPORT"), true},
		{"one in English", answer.Request{Question: "What does the file say about how long cầu Sông Mây is?"}, said("NOT_IN_REPORT"), true},
		{"a follow-up", lanesFollow, said(lanesSentence + " {bốn làn xe}"), false},
		{"one that was cut off", plain, failing(func(r modeltest.Reply) modeltest.Reply { return r.CutAfter(1) }), false},
		{"one that the model refused", plain, failing(instead(modeltest.Fail(http.StatusForbidden))), false},
		{"one that is quoted", plain, said("Cầu dài 999 mét. {1.240 mét}"), true},
		{"one that nothing bears out", plain, said("Cầu dài 999 mét. [S99]"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("")))
			srv.Handle(test.reply(t))
			a := manyOn(t, srv)
			first, _ := request(t, a, test.request)
			before := len(srv.Requests())
			second, _ := request(t, a, test.request)
			if kept := len(srv.Requests()) == before; kept != test.kept || second.Status != first.Status || second.Notice != first.Notice {
				t.Errorf("kept: %v, want %v; first %q %q, second %q %q", kept, test.kept, first.Status, first.Notice, second.Status, second.Notice)
			}
		})
	}
}

func TestTheCacheIsPerEdition(t *testing.T) {
	source, err := report.Open(t.Context(), bridge)
	if err != nil {
		t.Fatal(err)
	}
	s := emptyStore(t)
	srv := modeltest.New(t)
	srv.Handle(saying(t, lengthSentence+" {1.240 mét}"))
	a := answer.New(s, retrieval.New(s), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}), answer.WithSharedAnswers())
	for want := 1; want <= 2; want++ {
		if _, err := s.Load(t.Context(), source, ""); err != nil {
			t.Fatal(err)
		}
		ask(t, a, lengthQuestion)
		if n := len(srv.Requests()); n != want {
			t.Errorf("%d requests after %d editions", n, want)
		}
	}
}

func TestSimultaneousCallersShareACall(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, test := range []struct {
		name      string
		first     bool // the one who asked first stops
		second    bool
		cancelled bool
	}{
		{"both stay", false, false, false},
		{"the first stops", true, false, false},
		{"the second stops", false, true, false},
		{"both stop", true, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			release := make(chan struct{})
			srv := modeltest.New(t)
			srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n"+lanesSentence+" {bốn làn xe}\n", func(r modeltest.Reply) modeltest.Reply {
				return r.HoldUntil(1, release)
			}))
			a := manyOn(t, srv)
			var stops []context.CancelFunc
			var passed []chan answer.Claim
			var done []chan result
			for range 2 {
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				p, d := begin(ctx, a)
				stops, passed, done = append(stops, stop), append(passed, p), append(done, d)
				if claim := await(t, p, "the first claim"); claim.Text != lengthSentence {
					t.Fatalf("the first claim is %q", claim.Text)
				}
			}
			for i, stopped := range []bool{test.first, test.second} {
				if !stopped {
					continue
				}
				stops[i]()
				got := await(t, done[i], "the stopped answer")
				if got.err != nil || got.answer.Notice != answer.Stopped || claims(got.answer) != lengthSentence+" [1]" {
					t.Errorf("who stops gets %+v, %v", got.answer, got.err)
				}
			}
			request := srv.WaitRequest(patience)
			if test.cancelled && !request.WaitCancelled(patience) {
				t.Error("the model was left writing for nobody")
			}
			close(release)
			calls := 0
			for i, stopped := range []bool{test.first, test.second} {
				if stopped {
					continue
				}
				got := await(t, done[i], "the answer")
				if got.err != nil || got.answer.Notice != answer.NoNotice || len(got.answer.Claims) != 2 {
					t.Errorf("who stays gets %+v, %v", got.answer, got.err)
				}
				if claim := await(t, passed[i], "the second claim"); claim.Text != lanesSentence {
					t.Errorf("then %q was passed on", claim.Text)
				}
				calls += got.answer.Usage.Calls
			}
			if n := len(srv.Requests()); n != 1 || calls > 1 {
				t.Errorf("%d requests, %d of them told", n, calls)
			}
		})
	}
}

func TestTheCallEndsWithItsLastCaller(t *testing.T) {
	srv := modeltest.New(t, modeltest.Stalled())
	srv.Handle(saying(t, lengthSentence+" {1.240 mét}"))
	a := manyOn(t, srv)
	ctx, stop := context.WithCancel(t.Context())
	_, done := begin(ctx, a)
	srv.WaitRequest(patience)
	stop()
	if got := await(t, done, "the answer"); got.answer.Notice != answer.Stopped {
		t.Errorf("notice %q", got.answer.Notice)
	}
	if got := ask(t, a, lengthQuestion); got.Status != answer.Answered || got.Usage.Calls != 1 {
		t.Errorf("status %q, usage %+v", got.Status, got.Usage)
	}
}

func TestAPanicIsAnError(t *testing.T) {
	a := answer.New(reading(), reading(), scripted(func(context.Context, func(string)) (model.Usage, error) { panic("oh") }), answer.WithSharedAnswers())
	got, err := a.Ask(t.Context(), answer.Request{Question: lengthQuestion}, nil)
	if got != nil || err == nil || !strings.Contains(err.Error(), "oh") || errors.Is(err, context.Canceled) {
		t.Errorf("got %+v, %v", got, err)
	}
}
