package main

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"reportbot/bot/telegram/telegramtest"
)

// sharing returns a program with the same store and bot as p.
func (p *program) sharing(name string) *program {
	p.t.Helper()
	other := *p
	other.env = map[string]string{}
	for variable, value := range p.env {
		other.env[variable] = value
	}
	other.env["LISTEN"], other.env["LEASE_NAME"] = freePort(p.t), name
	return &other
}

// shared returns two programs that share a store and a lease in a file.
func shared(t *testing.T) (a, b *program, srv *telegramtest.Server) {
	t.Helper()
	a, srv = withTelegram(t)
	a.env["STANDBY"], a.env["LEASE"], a.env["LEASE_NAME"] = "true", "lease", "north"
	return a, a.sharing("south"), srv
}

func TestAStandbyTakesOverFromAKilledHolder(t *testing.T) {
	t.Parallel()
	north, south, srv := shared(t)
	south.racing = true
	ana := srv.User("Ana", "vi")
	holding := north.start("serve")
	says(t, srv, ana, "1.200 mét")
	waiting := south.start("serve")
	waiting.waitSaid("standing by")
	if status, text := south.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(text, "north holds the bot since") {
		t.Errorf("the standby is not ready: %d %q", status, text)
	}
	south.must("health")

	holding.end(syscall.SIGKILL, quickly)
	says(t, srv, ana, "1.200 mét")
	if status, text := south.get("/readyz"); status != http.StatusOK {
		t.Errorf("the holder is ready: %d %q", status, text)
	}
	back := north.start("serve")
	back.waitSaid("standing by")
	mustEnd(t, waiting) // releases the lease
	says(t, srv, ana, "1.200 mét")
	mustEnd(t, back)
}

// A holder that gets a polling conflict must assume that another program has taken over:
// it stops at once, and resumes when it has the lease and nobody else polls.
func TestAConflictMakesAStandbyOfTheHolder(t *testing.T) {
	t.Parallel()
	north, _, srv := shared(t)
	ana := srv.User("Ana", "vi")
	holding := north.start("serve")
	says(t, srv, ana, "1.200 mét")
	reply, err := http.Post(srv.URL+"/bot"+srv.Token+"/getUpdates", "application/json", strings.NewReader(`{"timeout": 0}`))
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	holding.waitSaid("another program polls this bot's updates; standing by")
	says(t, srv, ana, "1.200 mét")
	mustEnd(t, holding)
}

// In webhook mode each holder uses a new secret.
func TestEachHolderSetsTheWebhookWithANewSecret(t *testing.T) {
	t.Parallel()
	north, south, srv := shared(t)
	for _, p := range []*program{north, south} {
		p.env["TELEGRAM_WEBHOOK_URL"], p.env["TELEGRAM_WEBHOOK_SECRET"] = "http://"+p.env["LISTEN"]+"/hook", "secret-of-the-hook"
	}
	ana := srv.User("Ana", "vi")
	first := north.start("serve")
	says(t, srv, ana, "1.200 mét")
	second := south.start("serve")
	second.waitSaid("standing by")
	mustEnd(t, first)
	says(t, srv, ana, "1.200 mét")
	mustEnd(t, second)
	secrets := map[string]bool{"secret-of-the-hook": true}
	for _, call := range srv.Calls("setWebhook") {
		secrets[call.Params["secret_token"]] = true
	}
	if len(secrets) != 3 {
		t.Errorf("the secrets are %v, want one for each holder", secrets)
	}
}

func TestStandbyOptionsAreValidated(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		env    map[string]string
		status int
		says   []string
	}{
		{"no lease", map[string]string{}, exitUsage, []string{"STANDBY", "LEASE", "NATS_URL"}},
		{"two leases", map[string]string{"LEASE": "lease", "NATS_URL": "nats://127.0.0.1"}, exitUsage, []string{"LEASE and NATS_URL"}},
		{"a lease in no folder", map[string]string{"LEASE": "none/lease"}, exitFailed, []string{"none/lease", "no folder"}},
		{"a bad place for replicas", map[string]string{"LEASE": "lease", "REPLICA": "nats://ana:" + secretKey + "@one"}, exitFailed, []string{"REPLICA"}},
		{"no Litestream", map[string]string{"LEASE": "lease", "REPLICA": "copies", "PATH": "."}, exitFailed, []string{"install Litestream"}},
		{"another thing to wait for", map[string]string{"LEASE": "lease", "SYNC": "all"}, exitUsage, []string{"--sync"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProgram(t)
			p.env["STANDBY"], p.env["TELEGRAM_BOT_TOKEN"], p.env["LISTEN"] = "true", "123456:ABC-def_1", "127.0.0.1:0"
			for name, value := range test.env {
				p.env[name] = value
			}
			mustBeOneLine(t, p.run("serve"), test.status, test.says...)
		})
	}
}
