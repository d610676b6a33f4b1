package model_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"), // kept for the next request
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}

// key is a key that must not appear in errors.
const key = "sk-test-0123456789-secret"

// sentence is the model's reply in the tests.
const sentence = "Cầu Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch Lâm. [S1]"

// messages are a request of the bot's form.
var messages = []model.Message{{Role: "system", Content: "Answer from the sources."}, {Role: "user", Content: "[S1] Cầu dài 1.240 mét.\n\nDài bao nhiêu?"}}

// patience is the timeout for events that should happen soon.
const patience = 10 * time.Second

// clientOf returns a client of srv that times out after a second of silence.
func clientOf(srv *modeltest.Server) *model.Client {
	return model.New(model.Config{URL: srv.URL, Key: srv.Key, Model: modeltest.Model, Wait: time.Second, Stall: time.Second})
}

// ask returns the model's reply to messages.
func ask(ctx context.Context, c *model.Client) (string, model.Usage, error) {
	var said strings.Builder
	used, err := c.Stream(ctx, messages, func(piece string) { said.WriteString(piece) })
	return said.String(), used, err
}

// holdsNoSecret fails the test if an error contains the key or the address.
func holdsNoSecret(t *testing.T, err error, srv *modeltest.Server) {
	t.Helper()
	host := strings.TrimSuffix(strings.TrimPrefix(srv.URL, "http://"), "/v1")
	for _, secret := range []string{key, host, "http://"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells %q: %v", secret, err)
		}
	}
}
