package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// wire is an http.RoundTripper that is a function: a server without a network,
// for tests in which time is made up.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// over returns a client whose calls go over w.
func over(w wire) *client {
	return &client{http: &http.Client{Transport: w}, meter: noMeter{}}
}

// reply is a response with a JSON body.
func reply(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// hang waits until the client gives up.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

const testToken = "1:secret-of-the-bot"

// pollFor polls for a made-up while and returns when each call began, after
// the first one, and what was logged.
func pollFor(t *testing.T, d time.Duration, server wire) (calls []time.Duration, log string) {
	t.Helper()
	begun := time.Now()
	var book logbook
	p := &poller{
		url: "http://telegram.example/bot" + testToken + "/getUpdates", log: book.logger(), handleBatch: ignore,
		client: over(func(r *http.Request) (*http.Response, error) {
			calls = append(calls, time.Since(begun))
			return server(r)
		}),
	}
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if err := p.run(ctx); err != nil {
		t.Errorf("run returned %v", err)
	}
	hasNoToken(t, testToken, book.String())
	return calls, book.String()
}

func seconds(numbers ...int) []time.Duration {
	var list []time.Duration
	for _, n := range numbers {
		list = append(list, time.Duration(n)*time.Second)
	}
	return list
}

func TestPollingBacksOffUpToFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, log := pollFor(t, 30*time.Second, func(*http.Request) (*http.Response, error) {
			return nil, errors.New("connection refused")
		})
		// 1, 2, 4, then 5 seconds between them.
		if want := seconds(0, 1, 3, 7, 12, 17, 22, 27); !slices.Equal(calls, want) {
			t.Errorf("polled at %v, want %v", calls, want)
		}
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, "connection refused") {
			t.Errorf("want one line with the cause, logged:\n%s", log)
		}
	})
}

// failsPolling polls and returns the error that ends polling, and after what time.
func failsPolling(t *testing.T, server wire) (time.Duration, error) {
	t.Helper()
	begun := time.Now()
	var book logbook
	p := &poller{url: "http://telegram.example/bot" + testToken + "/getUpdates", log: book.logger(), handleBatch: ignore, client: over(server)}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	err := p.run(ctx)
	hasNoToken(t, testToken, book.String())
	return time.Since(begun), err
}

func TestConflictEndsPollingAfterAMinute(t *testing.T) {
	conflict := func() (*http.Response, error) {
		return reply(409, `{"ok": false, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}`), nil
	}
	synctest.Test(t, func(t *testing.T) {
		took, err := failsPolling(t, func(*http.Request) (*http.Response, error) { return conflict() })
		if !errors.Is(err, ErrConflict) || took != time.Minute {
			t.Errorf("after %v polling ended with %v", took, err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // one that gets through now and then is there all the same
		n := 0
		took, err := failsPolling(t, func(*http.Request) (*http.Response, error) {
			if n++; n%2 == 0 {
				time.Sleep(5 * time.Second)
				return reply(200, `{"ok": true, "result": []}`), nil
			}
			return conflict()
		})
		if !errors.Is(err, ErrConflict) || took < time.Minute || took > 70*time.Second {
			t.Errorf("after %v polling ended with %v", took, err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // one that is being replaced is outlasted
		begun := time.Now()
		took, err := failsPolling(t, func(*http.Request) (*http.Response, error) {
			if time.Since(begun) < 40*time.Second {
				return conflict()
			}
			time.Sleep(pollSeconds * time.Second)
			return reply(200, `{"ok": true, "result": []}`), nil
		})
		if err != nil || took < time.Hour {
			t.Errorf("after %v polling ended with %v", took, err)
		}
	})
}

func TestPollingRespectsRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, _ := pollFor(t, 4*time.Minute, func(*http.Request) (*http.Response, error) {
			return reply(429, `{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 100}}`), nil
		})
		if want := seconds(0, 100, 200); !slices.Equal(calls, want) {
			t.Errorf("polled at %v, want %v", calls, want)
		}
	})
}

func TestHangingPollTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, log := pollFor(t, 3*time.Minute, hang)
		// Telegram holds a poll for 50 seconds; 15 more is too long.
		if want := seconds(0, 66, 133); !slices.Equal(calls, want) {
			t.Errorf("polled at %v, want %v", calls, want)
		}
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, "context deadline exceeded") {
			t.Errorf("want one line with the cause, logged:\n%s", log)
		}
	})
}

func TestPauseAfterUpdatesWithoutIDs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, log := pollFor(t, 20*time.Second, func(*http.Request) (*http.Response, error) {
			return reply(200, `{"ok": true, "result": [{"message": {}}, 7]}`), nil
		})
		if want := seconds(0, 1, 3, 7, 12, 17); !slices.Equal(calls, want) || !strings.Contains(log, "no update has an update_id") {
			t.Errorf("polled at %v, want %v; logged:\n%s", calls, want, log)
		}
	})
}

func TestSuccessResetsTheBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		calls, log := pollFor(t, 10*time.Second, func(*http.Request) (*http.Response, error) {
			if n++; n == 3 {
				time.Sleep(time.Second)
				return reply(200, `{"ok": true, "result": []}`), nil
			}
			return nil, errors.New("no route")
		})
		if want := seconds(0, 1, 3, 4, 5, 7); !slices.Equal(calls, want) {
			t.Errorf("polled at %v, want %v", calls, want)
		}
		if strings.Count(log, "level=WARN") != 2 || strings.Count(log, "answers again") != 1 {
			t.Errorf("want two failures and one success, logged:\n%s", log)
		}
	})
}

func TestCancelEndsTheBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		pollFor(t, 30*time.Second, func(*http.Request) (*http.Response, error) {
			return reply(429, `{"ok": false, "error_code": 429, "parameters": {"retry_after": 3600}}`), nil
		})
		if took := time.Since(begun); took != 30*time.Second {
			t.Errorf("polling ended after %v, want 30s", took)
		}
	})
}

func TestPauseIfTheServerDoesNotLongPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// Not a whole number of pauses: the last one and the end would come at once.
		calls, log := pollFor(t, 50*emptyPollPause-emptyPollPause/2, func(*http.Request) (*http.Response, error) {
			return reply(200, `{"ok": true, "result": []}`), nil
		})
		if len(calls) < 49 || len(calls) > 51 || log != "" {
			t.Errorf("polled %d times in ten seconds; logged:\n%s", len(calls), log)
		}
	})
}

// Ids may begin anew below those that are confirmed: an offset above them would
// confirm what was never seen.
func TestNoOffsetAfterAnEmptyPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var offsets []string
		replies := []string{`{"update_id": 900}`, ``, `{"update_id": 5}, {"update_id": 6}`, ``, ``}
		pollFor(t, time.Minute, func(r *http.Request) (*http.Response, error) {
			var ask struct{ Offset json.RawMessage }
			if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
				t.Error(err)
			}
			if offsets = append(offsets, string(ask.Offset)); len(offsets) > len(replies) {
				return hang(r)
			}
			return reply(200, `{"ok": true, "result": [`+replies[len(offsets)-1]+`]}`), nil
		})
		if got := strings.Join(offsets, " "); got != " 901  7  " {
			t.Errorf("asked for the offsets %q", got)
		}
	})
}
