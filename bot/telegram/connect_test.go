package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

func TestConnecting(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault telegramtest.Fault
		want  error // nil: it connects in the end
		warns int
	}{
		{name: "works"},
		{name: "a refused token ends it", fault: telegramtest.Fault{Status: http.StatusUnauthorized}, want: ErrToken},
		{name: "a token of the wrong form ends it", fault: telegramtest.Fault{Status: http.StatusNotFound}, want: ErrToken},
		{name: "a proxy's page is outlasted", fault: telegramtest.Fault{Body: "<html>502</html>"}, warns: 1},
		{name: "a reset is outlasted", fault: telegramtest.Fault{Reset: true}, warns: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.warns > 0 {
				slow(t)
			}
			srv := telegramtest.New(t)
			if test.fault != (telegramtest.Fault{}) {
				srv.Fail("getMe", 2, test.fault)
			}
			var log logbook
			transport, err := New(Config{Token: srv.Token, URL: srv.URL + "/", Log: log.logger()}, nil)
			if err != nil {
				t.Fatal(err)
			}
			name, err := transport.Connect(t.Context())
			if !errors.Is(err, test.want) || err == nil && name != "report_test_bot" {
				t.Errorf("Connect returned %q, %v, want %v", name, err, test.want)
			}
			if err != nil {
				hasNoToken(t, srv.Token, err.Error())
			}
			hasNoToken(t, srv.Token, log.String())
			if got := strings.Count(log.String(), "level=WARN"); got != test.warns {
				t.Errorf("%d warnings, want %d:\n%s", got, test.warns, &log)
			}
		})
	}
}

func TestConnectEndsWithItsContext(t *testing.T) {
	var log logbook
	const token = "1:secret-of-the-bot"
	transport, err := New(Config{Token: token, URL: "http://127.0.0.1:1", Log: log.logger()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := transport.Connect(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Connect returned %v", err)
	}
	if !strings.Contains(log.String(), "can't reach Telegram") {
		t.Errorf("nobody is told: %s", &log)
	}
	hasNoToken(t, token, log.String())
}

func TestInvalidConfigIsRejected(t *testing.T) {
	for _, test := range []struct{ name, token, url, says string }{
		{"no token", "", "", "TELEGRAM_BOT_TOKEN is empty"},
		{"a token with an escape", "1:x%zz", "", "is not a valid token"},
		{"a token with a line break", "1:x\n", "", "is not a valid token"},
		{"an address without a scheme", "1:x", "localhost:8081", "is not an http(s) URL"},
		{"an address of another kind", "1:x", "ftp://example.com", "is not an http(s) URL"},
		{"no address at all", "1:x", "::", "is not an http(s) URL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log logbook
			if _, err := New(Config{Token: test.token, URL: test.url, Log: log.logger()}, nil); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("New returned %v, want %q in it", err, test.says)
			}
		})
	}
}
