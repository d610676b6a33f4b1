package main

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"testing"

	"reportbot/bot/model/modeltest"
)

// withMetrics makes serve listen for metrics requests.
func (p *program) withMetrics() *program {
	p.env["METRICS_LISTEN"] = freePort(p.t)
	return p
}

// metrics returns serve's metrics.
func (p *program) metrics() string {
	p.t.Helper()
	reply, err := http.Get("http://" + p.env["METRICS_LISTEN"] + "/metrics")
	if err != nil {
		p.t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		p.t.Fatalf("/metrics: %s, %v", reply.Status, err)
	}
	return string(text)
}

func TestServeCountsEvents(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	p.withMetrics()
	p.racing = true
	model := modeltest.New(t)
	p.env["OPENAI_BASE_URL"] = model.URL
	model.Handle(func(r modeltest.Request) modeltest.Reply {
		good := modeltest.QuoteMatching("1.200 mét")(r)
		good.Content = append(good.Content, "\nCầu Bạch Yến dài 8.800 mét. [S1]\n")
		return good.WithUsage(321, 45)
	})
	r := p.start("serve")
	ana, group := srv.User("Ana", "vi"), srv.Group("Team")
	srv.WaitReply(soon, ana.Writes(askedLength))
	srv.WaitConfirmed(soon, ana.WritesIn(group, "Chào cả nhóm.").UpdateID)
	srv.WaitConfirmed(soon, srv.PushRaw(`{"message": "nonsense"}`))
	srv.WaitReply(soon, ana.Writes("/help"))
	counted := p.metrics()
	for _, line := range []string{
		`reportbot_questions_total\{result="answered"\} 1`, `reportbot_claims_total\{outcome="quoted",reason="number"\} 1`,
		`reportbot_answer_seconds_count\{part="retrieval"\} 1`, `reportbot_answer_seconds_count\{part="model"\} 1`,
		`reportbot_answer_seconds_count\{part="whole"\} 1`, `reportbot_model_tokens_total\{kind="prompt"\} 321`,
		`reportbot_updates_total\{outcome="answered"\} [12]`, `reportbot_updates_total\{outcome="ignored"\} 1`,
		`reportbot_updates_total\{outcome="buried"\} 1`, `reportbot_telegram_calls_total\{method="sendMessage",status="200"\} [12]`,
		`reportbot_live_edition 1`, `reportbot_queue_depth 0`, `reportbot_sends_in_doubt_total 0`, `go_goroutines \d+`,
	} {
		if !regexp.MustCompile(`(?m)^` + line + `$`).MatchString(counted) {
			t.Errorf("/metrics has no line %s", line)
		}
	}
	if t.Failed() {
		t.Logf("counted:\n%s", regexp.MustCompile(`(?m)^(#|go_|process_).*\n`).ReplaceAllString(counted, ""))
	}
	mustEnd(t, r)
}

func TestServeFailsIfItsMetricsAddressIsInUse(t *testing.T) {
	t.Parallel()
	p, _ := withTelegram(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	p.env["METRICS_LISTEN"] = taken.Addr().String()
	mustBeOneLine(t, p.run("serve"), exitFailed, "METRICS_LISTEN", taken.Addr().String(), "address already in use")
}
