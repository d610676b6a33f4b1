package model_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func TestErrorsInAnyFormHaveStatusAndText(t *testing.T) {
	for _, odd := range modeltest.OddErrors {
		for _, status := range []int{http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusForbidden} {
			t.Run(fmt.Sprint(odd.Name, " with ", status), func(t *testing.T) {
				srv := modeltest.New(t, modeltest.Fail(status).WithBody(odd.ContentType, odd.Body))
				_, _, err := ask(t.Context(), clientOf(srv))
				var failed *model.Error
				if !errors.As(err, &failed) || failed.Status != status || !strings.Contains(failed.Message, odd.Want) || !strings.Contains(failed.Message, fmt.Sprint("answered ", status)) {
					t.Fatalf("got %v", err)
				}
				if strings.Contains(failed.Message, "<") || strings.Contains(failed.Message, "\n") {
					t.Errorf("got %q", failed.Message)
				}
				if temporary := status != http.StatusForbidden; failed.Temporary() != temporary || model.MayPass(err) != temporary {
					t.Errorf("it may pass: %v", failed.Temporary())
				}
			})
		}
	}
}

// Some servers report errors with status 200.
func TestErrorsWithASuccessStatus(t *testing.T) {
	for _, test := range []struct {
		name, contentType, body, want string
		status                        int
		passing                       bool
	}{
		{"an object", "application/json", `{"error":{"message":"out of memory"}}`, "answered 200: out of memory", 200, false},
		{"an object with a status", "application/json", `{"error":{"message":"out of memory","code":503}}`, "answered 503: out of memory", 503, true},
		{"an object that is busy", "application/json", `{"error":{"code":"busy"}}`, "answered 200: code busy", 200, true},
		{"an HTML page", "text/html", "<html><title>Sign in</title></html>", "answered 200: Sign in", 200, false},
		{"plain text", "text/plain", "Nobody is here.", "answered 200: Nobody is here.", 200, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Fail(http.StatusOK).WithBody(test.contentType, test.body))
			_, _, err := ask(t.Context(), clientOf(srv))
			var failed *model.Error
			if !errors.As(err, &failed) || failed.Status != test.status || !strings.Contains(failed.Message, test.want) || model.MayPass(err) != test.passing {
				t.Errorf("got %v, it may pass: %v", err, model.MayPass(err))
			}
		})
	}
}

func TestRetryAfterIsRead(t *testing.T) {
	const text = "text/plain"
	limited := modeltest.Fail(http.StatusTooManyRequests)
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
		want  time.Duration
		again bool
	}{
		{"nothing", limited, 0, true},
		{"seconds", limited.WithHeader("Retry-After", "3"), 3 * time.Second, true},
		{"a part of a second", limited.WithHeader("Retry-After", " 0.5 "), 500 * time.Millisecond, true},
		{"seconds with their unit", limited.WithHeader("Retry-After", "3s"), 3 * time.Second, true},
		{"a date that has passed", limited.WithHeader("Retry-After", "Fri, 01 Nov 2024 00:00:00 GMT"), 0, true},
		{"nonsense", limited.WithHeader("Retry-After", "soon"), 0, true},
		{"milliseconds", limited.WithHeader("Retry-After-Ms", "250"), 250 * time.Millisecond, true},
		{"in words", limited.WithBody(text, "Rate limit reached. Please try again in 1m2.5s."), 62500 * time.Millisecond, false},
		{"in milliseconds in words", limited.WithBody(text, "Please try again in 350ms."), 350 * time.Millisecond, true},
		{"in long words", limited.WithBody(text, "Please retry after 7 seconds."), 7 * time.Second, true},
		{"in a field", limited.WithBody("application/json", `[{"error":{"message":"quota","details":[{"retryDelay":"11s"}]}}]`), 11 * time.Second, true},
		{"until the model is there", modeltest.Fail(503).WithBody("application/json", `{"error":"Model is currently loading","estimated_time":40.5}`), 40500 * time.Millisecond, true},
		{"too long", limited.WithHeader("Retry-After", "3600"), time.Hour, false},
		{"money", modeltest.QuotaExceeded(), 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := ask(t.Context(), clientOf(modeltest.New(t, test.reply)))
			var failed *model.Error
			if !errors.As(err, &failed) || failed.RetryAfter != test.want || model.MayPass(err) != test.again {
				t.Errorf("got %v after %v, may pass %v", err, failed.RetryAfter, model.MayPass(err))
			}
		})
	}
	in := time.Now().Add(9 * time.Second).UTC().Format(http.TimeFormat)
	_, _, err := ask(t.Context(), clientOf(modeltest.New(t, limited.WithHeader("Retry-After", in))))
	var failed *model.Error
	if !errors.As(err, &failed) || failed.RetryAfter < 5*time.Second || failed.RetryAfter > 9*time.Second {
		t.Errorf("a date: got %v", failed.RetryAfter)
	}
}

func TestAnEndlessErrorBodyTimesOut(t *testing.T) {
	t.Parallel()
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "the queue is full")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	defer busy.Close()
	_, _, err := ask(t.Context(), model.New(model.Config{URL: busy.URL, Model: "a", Wait: time.Minute}))
	if err == nil || !strings.Contains(err.Error(), "answered 503: the queue is full") {
		t.Errorf("got %v", err)
	}
}

func TestErrorsHaveHintsForTheOperator(t *testing.T) {
	for status, want := range map[int]string{401: "OPENAI_API_KEY", 403: "OPENAI_API_KEY", 402: "money", 404: "OPENAI_MODEL"} {
		srv := modeltest.New(t, modeltest.Fail(status))
		if _, _, err := ask(t.Context(), clientOf(srv)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestErrorsContainNoSecrets(t *testing.T) {
	for _, status := range []int{200, 400, 401, 403, 500} {
		srv := modeltest.New(t)
		srv.Key = key
		srv.Handle(modeltest.Always(modeltest.Fail(status).WithBody("application/json",
			fmt.Sprintf(`{"error":{"message":"key %s may not use %s/chat/completions"}}`, key, srv.URL))))
		_, _, err := ask(t.Context(), clientOf(srv))
		if err == nil || !strings.Contains(err.Error(), "key [key] may not use [address]/chat/completions") {
			t.Fatalf("%d: %v", status, err)
		}
		holdsNoSecret(t, err, srv)
	}
	gone := modeltest.New(t)
	gone.Key = key
	c := clientOf(gone)
	gone.Close()
	_, _, err := ask(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "can't be reached: connection refused") {
		t.Fatalf("got %v", err)
	}
	holdsNoSecret(t, err, gone)
	reset := modeltest.New(t, modeltest.Dropped())
	if _, _, err := ask(t.Context(), clientOf(reset)); err == nil || !strings.Contains(err.Error(), "can't be reached") {
		t.Errorf("got %v", err)
	} else {
		holdsNoSecret(t, err, reset)
	}
}
