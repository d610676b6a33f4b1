package answer_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sashabaranov/go-openai"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func TestAFailedCallIsRepeated(t *testing.T) {
	for _, test := range []struct {
		name  string
		first modeltest.Reply
	}{
		{"an error of the server", modeltest.Fail(http.StatusInternalServerError)},
		{"a proxy's HTML page", modeltest.BadGateway()},
		{"too many requests", modeltest.RateLimited(0)},
		{"a reset", modeltest.Dropped()},
		{"a stream that is cut off", modeltest.Text("abc").CutAfter(1)},
		{"a claim that nothing bears out, and a cut", modeltest.Chunks("Cầu dài 999 mét. [S99]\n", "x").CutAfter(1)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t, test.first)
			srv.Handle(saying(t, lengthSentence+" {1.240 mét}"))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			if want := lengthSentence + " [1]"; claims(got) != want || got.Notice != answer.NoNotice || got.Usage.Calls != 2 {
				t.Errorf("claims %q, notice %q, usage %+v, cause %v", claims(got), got.Notice, got.Usage, got.Cause)
			}
			if len(got.Rejected) > 0 {
				t.Errorf("rejected in the reply that counts: %+v", got.Rejected)
			}
		})
	}
}

// A server that answers one request at a time is retried for a few seconds.
func TestABusyServerIsRetriedLonger(t *testing.T) {
	for _, test := range []struct {
		err   model.Error
		calls int
	}{
		{model.Error{Status: http.StatusTooManyRequests}, 5},
		{model.Error{Status: http.StatusServiceUnavailable}, 3},
		{model.Error{Status: http.StatusTooManyRequests, RetryAfter: time.Minute}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			got := ask(t, answer.New(reading(), reading(), scripted(func(context.Context, func(string)) (model.Usage, error) {
				return model.Usage{Calls: 1}, &test.err
			})), lengthQuestion)
			if took := time.Since(begun); got.Usage.Calls != test.calls || took > 12*time.Second {
				t.Errorf("%+v: %d calls in %v", test.err, got.Usage.Calls, took)
			}
		})
	}
}

func TestNoRetryAfterAClaimWasShown(t *testing.T) {
	srv := modeltest.New(t)
	srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n"+lanesSentence+" {bốn làn xe}", func(r modeltest.Reply) modeltest.Reply { return r.CutAfter(1) }))
	shown := 0
	got, err := answererOn(t, srv).Ask(t.Context(), answer.Request{Question: lengthQuestion}, func(answer.Claim) { shown++ })
	if err != nil {
		t.Fatal(err)
	}
	if len(srv.Requests()) != 1 || shown != 1 || len(got.Claims) != 1 || got.Notice != answer.ModelCut {
		t.Errorf("%d requests, %d claims shown, %d in the answer, notice %q", len(srv.Requests()), shown, len(got.Claims), got.Notice)
	}
}

func TestRetryAfterIsRespected(t *testing.T) {
	t.Parallel()
	srv := modeltest.New(t, modeltest.RateLimited(time.Second))
	srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
	got := ask(t, answererOn(t, srv), lengthQuestion)
	requests := srv.Requests()
	if len(requests) != 2 || got.Status != answer.NotInReport {
		t.Fatalf("%d requests, status %q, cause %v", len(requests), got.Status, got.Cause)
	}
	if waited := requests[1].Time.Sub(requests[0].Time); waited < time.Second {
		t.Errorf("asked again after %v", waited)
	}
}

func TestAStopEndsTheWaitForARetry(t *testing.T) {
	srv := modeltest.New(t, modeltest.RateLimited(4*time.Second))
	ctx, stop := context.WithCancel(t.Context())
	_, done := begin(ctx, answererOn(t, srv))
	<-srv.WaitRequest(patience).Ended()
	begun := time.Now()
	time.AfterFunc(50*time.Millisecond, stop)
	got := await(t, done, "the answer")
	if got.err != nil || got.answer.Notice != answer.Stopped {
		t.Errorf("%v, %+v", got.err, got.answer)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("the stop took %v", took)
	}
}

// scripted implements Model with a function.
type scripted func(ctx context.Context, piece func(string)) (model.Usage, error)

func (m scripted) Stream(ctx context.Context, _ []openai.ChatCompletionMessage, piece func(string)) (model.Usage, error) {
	return m(ctx, piece)
}

func TestAnAnswerEndsWithinItsDeadline(t *testing.T) {
	a := answer.New(reading(), reading(), scripted(func(ctx context.Context, piece func(string)) (model.Usage, error) {
		for {
			piece("never a whole line, ")
			select {
			case <-time.After(7 * time.Second): // later than any timeout
			case <-ctx.Done():
				return model.Usage{}, ctx.Err()
			}
		}
	}))
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		got := ask(t, a, "What does the file say about how long cầu Sông Mây is?") // which is rewritten first
		if took := time.Since(begun); took > 4*time.Minute+10*time.Second || took < 3*time.Minute || got.Notice != answer.ModelTimeout || len(got.Claims) == 0 {
			t.Errorf("it took %v, notice %q, %d claims", took, got.Notice, len(got.Claims))
		}
	})
}

func TestAFailingModelIsPausedAndThenTried(t *testing.T) {
	works, calls := false, 0
	stand := scripted(func(context.Context, func(string)) (model.Usage, error) {
		calls++
		if !works {
			return model.Usage{Calls: 1}, errors.New("no model here")
		}
		return model.Usage{Calls: 1}, nil
	})
	for _, test := range []struct {
		name    string
		options []answer.Option
		rests   bool
	}{
		{"for many people", []answer.Option{answer.WithSharedAnswers()}, true},
		{"for one command", nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := answer.New(reading(), reading(), stand, test.options...)
			works, calls = false, 0
			synctest.Test(t, func(t *testing.T) {
				for range 5 {
					if got := ask(t, a, lengthQuestion); got.Notice != answer.ModelUnreachable {
						t.Fatalf("notice %q", got.Notice)
					}
				}
				before := calls
				got := ask(t, a, lengthQuestion)
				if rested := got.Notice == answer.ModelPaused && calls == before && got.Usage.Calls == 0; rested != test.rests {
					t.Errorf("it was left alone: %v, want %v (notice %q, %d calls)", rested, test.rests, got.Notice, calls-before)
				}
				if test.rests && (got.Status != answer.Passages || !errors.Is(got.Cause, answer.ErrPaused)) {
					t.Errorf("status %q, cause %v", got.Status, got.Cause)
				}
				works = true
				time.Sleep(16 * time.Second)
				if got := ask(t, a, lengthQuestion); got.Notice != answer.NothingSupported {
					t.Errorf("after the rest: notice %q, cause %v", got.Notice, got.Cause)
				}
			})
		})
	}
}
