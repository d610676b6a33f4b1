package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
	"reportbot/store"
)

// patience is how long a test waits for what must happen soon.
const patience = time.Minute

// logbook is a log that tests read while it is written.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// logger returns a logger that leaves nothing out.
func (l *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// hasNoToken fails the test if the token is in what was logged or returned.
func hasNoToken(t *testing.T, token string, said ...string) {
	t.Helper()
	for _, s := range said {
		for _, secret := range []string{token, token[strings.IndexByte(token, ':')+1:]} {
			if strings.Contains(s, secret) {
				t.Errorf("the token is in %q", s)
			}
		}
	}
}

// polling is a poller at work.
type polling struct {
	log  logbook
	stop context.CancelFunc
	done chan error // what run returned
}

// startPoller polls until the test ends.
func startPoller(t *testing.T, srv *telegramtest.Server, take func(context.Context, []store.Update) error) *polling {
	t.Helper()
	p := &polling{done: make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	p.stop = stop
	poller := &poller{url: srv.URL + "/bot" + srv.Token + "/getUpdates", client: newClient(noMeter{}, nil), log: p.log.logger(), handleBatch: take}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.done <- poller.run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
		poller.client.close()
		hasNoToken(t, srv.Token, p.log.String())
	})
	return p
}

// ids returns the ids of updates.
func ids(updates []store.Update) []int64 {
	var list []int64
	for _, u := range updates {
		list = append(list, u.ID)
	}
	return list
}

// ignore takes over whatever comes.
func ignore(context.Context, []store.Update) error { return nil }

func TestUpdatesAreConfirmedOnceAccepted(t *testing.T) {
	t.Parallel()
	srv := telegramtest.New(t)
	taking, taken := make(chan []int64), make(chan struct{})
	startPoller(t, srv, func(_ context.Context, updates []store.Update) error {
		taking <- ids(updates)
		<-taken
		return nil
	})
	first := srv.User("Ana", "vi").Writes("một").UpdateID
	if got := <-taking; !slices.Equal(got, []int64{first}) {
		t.Fatalf("taken over were %v, want %d", got, first)
	}
	if got := srv.Pending(); !slices.Equal(got, []int64{first}) {
		t.Errorf("waiting for confirmation are %v, want %d: it is not taken over yet", got, first)
	}
	close(taken)
	srv.WaitConfirmed(patience, first)
}

func TestUpdatesThatAreNotAcceptedAreFetchedAgain(t *testing.T) {
	t.Parallel()
	srv := telegramtest.New(t)
	var mu sync.Mutex
	var seen [][]int64
	p := startPoller(t, srv, func(_ context.Context, updates []store.Update) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, ids(updates))
		if len(seen) == 1 {
			return errors.New("the disk is full")
		}
		return nil
	})
	id := srv.User("Ana", "vi").Writes("một").UpdateID
	srv.WaitConfirmed(patience, id)
	mu.Lock()
	defer mu.Unlock()
	if fmt.Sprint(seen) != fmt.Sprintf("[[%d] [%d]]", id, id) {
		t.Errorf("taken over were %v, want %d twice", seen, id)
	}
	if !strings.Contains(p.log.String(), "the disk is full") {
		t.Errorf("the cause isn't logged: %s", &p.log)
	}
}

func TestUndecodableUpdateKeepsItsPositionInTheBatch(t *testing.T) {
	t.Parallel()
	srv := telegramtest.New(t)
	ana := srv.User("Ana", "vi")
	want := []int64{ana.Writes("một").UpdateID, srv.PushRaw(`{"message": "nonsense"}`), srv.PushRaw(`{}`), ana.Writes("hai").UpdateID}
	srv.PushRaw(`"what has no id can't be kept"`)
	last := ana.Writes("ba").UpdateID
	want = append(want, last)
	var got []int64
	startPoller(t, srv, func(_ context.Context, updates []store.Update) error {
		got = append(got, ids(updates)...) // read once all are confirmed
		return nil
	})
	srv.WaitConfirmed(patience, last)
	if !slices.Equal(got, want) {
		t.Errorf("taken over were %v, want %v", got, want)
	}
}

func TestUpdateIDsMayRestart(t *testing.T) {
	t.Parallel()
	srv := telegramtest.New(t)
	startPoller(t, srv, ignore)
	ana := srv.User("Ana", "vi")
	srv.WaitConfirmed(patience, ana.Writes("một").UpdateID)
	srv.SetNextUpdateID(1000)
	srv.WaitConfirmed(patience, ana.Writes("hai").UpdateID)
}

func TestPollingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	srv := telegramtest.New(t)
	p := startPoller(t, srv, ignore)
	srv.Wait(patience, "a poll", func() bool { return len(srv.Calls("getUpdates")) > 0 })
	p.stop()
	if err := <-p.done; err != nil {
		t.Errorf("run returned %v", err)
	}
	if p.log.String() != "" {
		t.Errorf("that is no failure, but was logged: %s", &p.log)
	}
}

func TestRefusedTokenEndsPolling(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			srv := telegramtest.New(t)
			srv.Fail("getUpdates", -1, telegramtest.Fault{Status: status})
			err := <-startPoller(t, srv, ignore).done
			if !errors.Is(err, ErrToken) {
				t.Fatalf("run returned %v, want ErrToken", err)
			}
			hasNoToken(t, srv.Token, err.Error())
		})
	}
}

func TestPollingRetriesAndLogsOnce(t *testing.T) {
	slow(t)
	tests := []struct {
		name  string
		fault telegramtest.Fault
		said  string
	}{
		{"another poller", telegramtest.Fault{Status: http.StatusConflict}, "another program takes this bot's updates (409 Conflict)"},
		{"too many requests", telegramtest.Fault{RetryAfter: 1}, "getUpdates: 429 Too Many Requests: retry after 1"},
		{"an error of the server", telegramtest.Fault{Status: http.StatusInternalServerError}, "getUpdates: 500"},
		{"a proxy's page", telegramtest.Fault{Status: http.StatusBadGateway, Body: "<html>502</html>"}, "the Bot API server answered 502 Bad Gateway, not JSON"},
		{"a proxy's page under another status", telegramtest.Fault{Status: http.StatusNotFound, Body: "<html>404</html>"}, "404 Not Found, not JSON"},
		{"a page with status 200", telegramtest.Fault{Status: http.StatusOK, Body: "<html>Sign in</html>"}, "200 OK, not JSON"},
		{"a reset", telegramtest.Fault{Reset: true}, "can't get updates"},
		{"a reset after updates were read", telegramtest.Fault{Reset: true, Apply: true}, "can't get updates"},
	}
	// All fail at the same time: each takes three seconds of pauses.
	t.Parallel()
	servers := make([]*telegramtest.Server, len(tests))
	pollers := make([]*polling, len(tests))
	for i, test := range tests {
		servers[i] = telegramtest.New(t)
		servers[i].Fail("getUpdates", 2, test.fault)
		pollers[i] = startPoller(t, servers[i], ignore)
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			srv := servers[i]
			srv.WaitConfirmed(patience, srv.User("Ana", "vi").Writes("một").UpdateID)
			log := pollers[i].log.String()
			if strings.Count(log, "level=WARN") != 1 || !strings.Contains(log, test.said) {
				t.Errorf("logged, want once %q:\n%s", test.said, log)
			}
			if strings.Count(log, "Telegram answers again") != 1 {
				t.Errorf("that it works again isn't logged once:\n%s", log)
			}
		})
	}
}
