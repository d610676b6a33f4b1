package answer_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

const key = "sk-test-0123456789-secret"

// failures are the ways in which a model fails before a claim has passed. The reply's
// first line alone would pass.
var failures = []struct {
	name   string
	fail   func(modeltest.Reply) modeltest.Reply
	notice answer.Notice
	cause  string // a part of it
	calls  int    // 3 for transient errors
}{
	{"an unknown key", instead(modeltest.Fail(http.StatusUnauthorized)), answer.ModelRefused, "answered 401: Incorrect API key provided.", 1},
	{"an unknown model", instead(modeltest.Fail(http.StatusNotFound)), answer.ModelRefused, "answered 404", 1},
	{"too many requests", instead(modeltest.RateLimited(30 * time.Second)), answer.ModelRefused, "answered 429", 1},
	{"an account without money", instead(modeltest.QuotaExceeded()), answer.ModelRefused, "exceeded your current quota", 1},
	{"a bad request, in whatever form", instead(modeltest.Fail(http.StatusBadRequest)), answer.ModelRefused, "answered 400", 3},
	{"an error of the server", instead(modeltest.Fail(http.StatusInternalServerError)), answer.ModelRefused, "answered 500", 3},
	{"a proxy's HTML page", instead(modeltest.BadGateway()), answer.ModelRefused, "answered 502", 3},
	{"an error without a body", instead(modeltest.Fail(http.StatusServiceUnavailable).WithBody("text/plain", "")), answer.ModelRefused, "answered 503", 3},
	{"an error object in the stream", func(r modeltest.Reply) modeltest.Reply { return r.StreamError(0, "out of memory") },
		answer.ModelRefused, "out of memory", 3},
	{"an error in the stream that looks like a chunk", func(r modeltest.Reply) modeltest.Reply { return r.FlatStreamError(0, "out of memory") },
		answer.ModelRefused, "out of memory", 3},
	{"an error within a chunk", func(r modeltest.Reply) modeltest.Reply {
		return r.WithGarbage(0, `data: {"id":"x","choices":[],"error":{"message":"out of memory","code":502}}`+"\n\n")
	}, answer.ModelRefused, "out of memory", 3},

	{"a reset before the head", instead(modeltest.Dropped()), answer.ModelUnreachable, "can't be reached", 3},
	{"nothing at all", instead(modeltest.Stalled()), answer.ModelTimeout, "did not answer in time", 1},
	{"a head and then nothing", func(r modeltest.Reply) modeltest.Reply { return r.StallAfter(0) }, answer.ModelTimeout, "did not answer in time", 1},

	{"an end that looks like one", func(r modeltest.Reply) modeltest.Reply { return r.CutAfter(0) }, answer.ModelCut, "cut off", 3},
	{"a connection that closes in mid-event", func(r modeltest.Reply) modeltest.Reply { return r.BreakAfter(0) }, answer.ModelCut, "cut off", 3},
	{"a reset after the head", func(r modeltest.Reply) modeltest.Reply { return r.ResetAfter(0) }, answer.ModelCut, "cut off", 3},
	{"what is no JSON in the stream", func(r modeltest.Reply) modeltest.Reply { return r.WithGarbage(0, "data: {]\n\n") }, answer.ModelCut, "cut off", 3},
	{"an HTML page with status 200", instead(modeltest.Fail(http.StatusOK).WithBody("text/html", "<html>Sign in</html>")), answer.ModelRefused, "answered 200: Sign in", 1},
}

// instead replaces the reply by a failure.
func instead(r modeltest.Reply) func(modeltest.Reply) modeltest.Reply {
	return func(modeltest.Reply) modeltest.Reply { return r }
}

// holdsNoSecret fails the test if an error contains the server's key or address.
func holdsNoSecret(t *testing.T, err error, address string) {
	t.Helper()
	u, parseErr := url.Parse(address)
	if parseErr != nil {
		t.Fatal(parseErr)
	}
	for _, said := range []string{err.Error(), fmt.Sprintf("%+v", err)} {
		for _, secret := range []string{key, u.Host, u.Port(), "http://"} {
			if strings.Contains(said, secret) {
				t.Errorf("the cause contains %q: %s", secret, said)
			}
		}
	}
}

// checkExtractive checks the answer after a failure of the model.
func checkExtractive(t *testing.T, got *answer.Answer, notice answer.Notice, cause, address string) {
	t.Helper()
	if got.Status != answer.Passages || got.Mode != answer.Extractive || got.Notice != notice {
		t.Errorf("status %q, mode %q, notice %q, want passages, extractive, %q", got.Status, got.Mode, got.Notice, notice)
	}
	if !strings.Contains(claims(got), lengthSentence+" [1]") || got.Footnotes[0].N != 1 {
		t.Errorf("the nearest sentence is not among %q", claims(got))
	}
	if got.Cause == nil {
		t.Fatal("the operator isn't told the cause")
	}
	if !strings.Contains(got.Cause.Error(), cause) {
		t.Errorf("the cause is %q, want %q in it", got.Cause, cause)
	}
	holdsNoSecret(t, got.Cause, address)
}

func TestAfterAModelFailureTheReportIsQuoted(t *testing.T) {
	for _, test := range failures {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t)
			srv.Key = key
			srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n", test.fail))
			got := ask(t, hastyOn(t, srv), lengthQuestion)
			checkExtractive(t, got, test.notice, test.cause, srv.URL)
			if len(got.Rejected) > 0 || got.Usage.Calls != test.calls {
				t.Errorf("rejected %+v, usage %+v", got.Rejected, got.Usage)
			}
		})
	}
}

func TestWithAnUnreachableModelTheReportIsQuoted(t *testing.T) {
	gone := modeltest.New(t)
	gone.Close()
	for _, test := range []struct{ name, model string }{
		{"when it is asked", modeltest.Model},
		{"when it is asked for its name", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := answererAt(t, model.Config{URL: gone.URL, Key: key, Model: test.model})
			checkExtractive(t, ask(t, a, lengthQuestion), answer.ModelUnreachable, "can't be reached", gone.URL)
		})
	}
}

func TestErrorsDoNotContainKeyAndAddress(t *testing.T) {
	srv := modeltest.New(t)
	srv.Key = key
	srv.Handle(modeltest.Always(modeltest.Fail(http.StatusForbidden).WithBody("application/json",
		fmt.Sprintf(`{"error":{"message":"key %s may not use %s/chat/completions","type":"x"}}`, key, srv.URL))))
	got := ask(t, answererOn(t, srv), lengthQuestion)
	checkExtractive(t, got, answer.ModelRefused, "answered 403: key [key] may not use [address]/chat/completions", srv.URL)
}

func TestAnIncompleteReplyKeepsItsClaims(t *testing.T) {
	endings := []struct {
		name   string
		change func(modeltest.Reply) modeltest.Reply
		cause  string
	}{
		{"finish_reason length", func(r modeltest.Reply) modeltest.Reply { return r.WithFinish("length") }, `finish_reason "length"`},
		{"finish_reason content_filter", func(r modeltest.Reply) modeltest.Reply { return r.WithFinish("content_filter") }, `finish_reason "content_filter"`},
		{"no finish_reason and no [DONE]", func(r modeltest.Reply) modeltest.Reply { return r.WithFinish("").WithoutDone() }, "cut off"},
		{"cut", func(r modeltest.Reply) modeltest.Reply { return r.CutAfter(2) }, "cut off"},
		{"broken off", func(r modeltest.Reply) modeltest.Reply { return r.BreakAfter(2) }, "cut off"},
		{"reset", func(r modeltest.Reply) modeltest.Reply { return r.ResetAfter(2) }, "cut off"},
		{"stalled", func(r modeltest.Reply) modeltest.Reply { return r.StallAfter(2) }, "did not answer in time"},
		{"an error in the stream", func(r modeltest.Reply) modeltest.Reply { return r.StreamError(2, "out of memory") }, "out of memory"},
	}
	for _, ending := range endings {
		t.Run(ending.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t)
			srv.Key = key
			srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n"+lanesSentence+" {bốn làn xe}", ending.change))
			got := ask(t, hastyOn(t, srv), lengthQuestion)
			if got.Status != answer.Answered || got.Mode != answer.ByModel || got.Notice != answer.ModelCut {
				t.Errorf("status %q, mode %q, notice %q", got.Status, got.Mode, got.Notice)
			}
			// The second claim is in full, but the program can't know that.
			if want := lengthSentence + " [1]"; claims(got) != want {
				t.Errorf("claims\n got %s\nwant %s", claims(got), want)
			}
			if got.Cause == nil || !strings.Contains(got.Cause.Error(), ending.cause) {
				t.Fatalf("the cause is %v, want %q in it", got.Cause, ending.cause)
			}
			holdsNoSecret(t, got.Cause, srv.URL)
		})

		t.Run(ending.name+", with one unfinished claim", func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t)
			srv.Key = key
			srv.Handle(lines(t, lengthSentence+" {1.240 mét}", ending.change))
			got := ask(t, hastyOn(t, srv), lengthQuestion)
			notice := answer.ModelCut
			switch ending.name {
			case "stalled":
				notice = answer.ModelTimeout
			case "an error in the stream":
				notice = answer.ModelRefused
			}
			checkExtractive(t, got, notice, ending.cause, srv.URL)
		})
	}
}

func TestNotInReportIsIgnoredInAFailedReply(t *testing.T) {
	t.Parallel()
	srv := modeltest.New(t)
	srv.Handle(lines(t, "NOT_IN_REPORT\n", func(r modeltest.Reply) modeltest.Reply { return r.CutAfter(1) }))
	got := ask(t, answererOn(t, srv), lengthQuestion)
	if got.Status != answer.Passages || got.Notice != answer.ModelCut || !errors.Is(got.Cause, model.ErrCut) {
		t.Errorf("status %q, notice %q, cause %v", got.Status, got.Notice, got.Cause)
	}
}
