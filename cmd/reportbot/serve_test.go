package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

const (
	soon = 30 * time.Second // the timeout for expected events, even on a slow machine
	// quickly is how long the idle program may take to end.
	quickly = 5 * time.Second
)

// withTelegram is a program on the report of bridges with a Bot API server.
func withTelegram(t *testing.T) (*program, *telegramtest.Server) {
	t.Helper()
	skipShort(t)
	p, srv := newProgram(t), telegramtest.New(t)
	p.secrets = append(p.secrets, srv.Token)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.env["TELEGRAM_BOT_TOKEN"], p.env["TELEGRAM_API_URL"] = srv.Token, srv.URL
	p.env["LISTEN"] = freePort(t)
	return p, srv
}

// mustEnd sends SIGTERM and fails unless the program ends with status 0.
func mustEnd(t *testing.T, r *running) result {
	t.Helper()
	ended := r.end(syscall.SIGTERM, quickly)
	if ended.status != exitDone || strings.Contains(ended.err, "reportbot: ") || ended.out != "" {
		t.Errorf("ended as %+v", ended)
	}
	return ended
}

func TestServeAnswersInPrivateAndInGroups(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	r := p.start("serve")
	ana, group := srv.User("Ana", "vi"), srv.Supergroup("Diễn đàn", 7)

	private := srv.WaitReply(soon, ana.Writes(askedLength))
	if !strings.Contains(private.Text, "1.200 mét") || !strings.Contains(strings.Join(private.Links(), " "), "https://example.org/bach-yen") {
		t.Errorf("in private the answer is %s, its links %v", private, private.Links())
	}
	ana.WritesIn(group, "Cầu Cẩm Thạch thì sao?", telegramtest.InTopic(7)) // meant for others
	asked := ana.WritesIn(group, "@report_test_bot "+askedLength, telegramtest.InTopic(7))
	public := srv.WaitMessage(soon, func(m telegramtest.Message) bool {
		return m.ChatID == group.ID && strings.Contains(m.Text, "1.200 mét")
	})
	if public.ReplyTo != asked.ID || public.ThreadID != 7 {
		t.Errorf("in the group the answer is %s", public)
	}
	if said := srv.Messages(group.ID); len(said) != 1 {
		t.Errorf("in the group it said %v", said)
	}
	mustEnd(t, r)
}

func TestHealthReportsWhetherServeRuns(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	mustBeOneLine(t, p.run("health"), exitFailed, p.env["LISTEN"], "no serve answers there")
	r := p.start("serve")
	srv.WaitCall(soon, "getMe", nil)
	if out := p.must("health"); out != "ok\n" {
		t.Errorf("health prints %q", out)
	}
	_, port, _ := net.SplitHostPort(p.env["LISTEN"])
	p.must("health", "--listen=:"+port) // as serve's default names it
	if reply, err := http.Get("http://" + p.env["LISTEN"] + "/healthz"); err != nil || reply.StatusCode != http.StatusOK {
		t.Errorf("/healthz: %v %v", reply, err)
	} else {
		reply.Body.Close()
	}
	mustEnd(t, r)
	mustBeOneLine(t, p.run("health"), exitFailed, "no serve answers there")
}

// get returns the status and body of a GET request to serve.
func (p *program) get(path string) (int, string) {
	p.t.Helper()
	reply, err := http.Get("http://" + p.env["LISTEN"] + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return reply.StatusCode, string(body)
}

func TestReadyzReportsWhetherQuestionsCanBeAnswered(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	srv.Fail("", -1, telegramtest.Fault{Reset: true})
	r := p.start("serve")
	r.waitSaid("can't reach Telegram")
	if status, text := p.get("/readyz"); status != http.StatusServiceUnavailable || text != "Telegram: not reached yet\n" {
		t.Errorf("while Telegram can't be reached: %d %q", status, text)
	}
	if status, _ := p.get("/healthz"); status != http.StatusOK {
		t.Errorf("it is alive all the same: %d", status)
	}
	srv.Recover()
	srv.WaitReply(soon, srv.User("Ana", "vi").Writes("/help"))
	if status, text := p.get("/readyz"); status != http.StatusOK || text != "ok\n" {
		t.Errorf("while Telegram answers: %d %q", status, text)
	}
	mustEnd(t, r)
}

func TestServeAcceptsUpdatesAtTheWebhooksPath(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	const secret = "secret-of-the-hook-for-no-output"
	p.secrets = append(p.secrets, secret)
	p.env["TELEGRAM_WEBHOOK_URL"], p.env["TELEGRAM_WEBHOOK_SECRET"] = "http://"+p.env["LISTEN"]+"/deep/hook", secret
	r := p.start("serve")
	srv.WaitReply(soon, srv.User("Ana", "vi").Writes(askedLength))
	for path, want := range map[string]int{"/deep/hook": http.StatusMethodNotAllowed, "/deep": http.StatusNotFound, "/healthz": http.StatusOK, "/readyz": http.StatusOK} {
		if status, text := p.get(path); status != want {
			t.Errorf("%s: %d %q, want %d", path, status, text, want)
		}
	}
	mustEnd(t, r)
	// Without the option it polls, even though Telegram still has the webhook.
	delete(p.env, "TELEGRAM_WEBHOOK_URL")
	r = p.start("serve")
	srv.WaitReply(soon, srv.User("Ben", "vi").Writes(askedLength))
	mustEnd(t, r)
}

func TestServeRefusesAWrongToken(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	p.env["TELEGRAM_BOT_TOKEN"] = secretToken
	r := p.run("serve")
	if r.status != exitFailed || strings.Count(r.err, "reportbot: ") != 1 || !strings.Contains(r.err, "TELEGRAM_BOT_TOKEN") {
		t.Errorf("got %+v, want one line that names the token's variable", r)
	}
	if calls := len(srv.Refusals()); calls != 1 {
		t.Errorf("it asked %d times with a token that is refused", calls)
	}
}

func TestServeLogsAnUnreachableTelegramOnceAndRetries(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	srv.Fail("getMe", -1, telegramtest.Fault{Reset: true})
	r := p.start("serve")
	srv.Wait(soon, "several tries", func() bool { return len(srv.Calls("getMe")) >= 3 })
	p.must("health") // it is up, only alone
	srv.Recover()
	question := srv.User("Ana", "vi").Writes(askedLength)
	srv.WaitReply(soon, question)
	ended := mustEnd(t, r)
	if n := strings.Count(ended.err, "can't reach Telegram"); n != 1 {
		t.Errorf("it said %d times that it can't reach Telegram:\n%s", n, ended.err)
	}
}

func TestServeEndsWhileTelegramCannotBeReached(t *testing.T) {
	t.Parallel()
	p, _ := withTelegram(t)
	p.env["TELEGRAM_API_URL"] = "http://" + freePort(t)
	r := p.start("serve")
	r.waitSaid("can't reach Telegram")
	ended := mustEnd(t, r)
	if n := strings.Count(ended.err, "can't reach Telegram"); n != 1 {
		t.Errorf("it said %d times that it can't reach Telegram:\n%s", n, ended.err)
	}
}

func TestServeNeedsItsPort(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for listen, says := range map[string]string{listener.Addr().String(): "address already in use", "nowhere": "missing port"} {
		p.env["LISTEN"] = listen
		mustBeOneLine(t, p.run("serve"), exitFailed, "LISTEN", listen, says)
	}
	if calls := srv.Calls(); len(calls) > 0 {
		t.Errorf("it called Telegram before: %v", calls)
	}
}

func TestServeStoresInTheWorkingDirectory(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	r := p.start() // a token alone means serve
	srv.WaitReply(soon, srv.User("Ana", "vi").Writes("/report"))
	mustEnd(t, r)
	if got := liveTitle(t, p, "--db", "reportbot.db"); got != "Báo cáo thử về những cây cầu" {
		t.Errorf("in reportbot.db %q is live", got)
	}
}

// The program is killed while answering a question that Telegram has already marked as
// delivered. That question and the one queued behind it are answered after the restart.
func TestQuestionsInterruptedByAKillAreAnsweredAfterRestart(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	model := modeltest.New(t, modeltest.Stalled())
	p.env["OPENAI_BASE_URL"], p.env["DB"] = model.URL, "r.db"
	r := p.start("serve")
	ana := srv.User("Ana", "vi")
	first := ana.Writes(askedLength)
	model.WaitRequest(soon)
	second := ana.Writes("Cầu Cẩm Thạch sửa chữa năm nào?")
	srv.WaitConfirmed(soon, first.UpdateID)
	srv.WaitConfirmed(soon, second.UpdateID)
	if said := srv.Messages(0); len(said) != 0 {
		t.Fatalf("it said something before it was killed: %v", said)
	}
	if killed := r.end(syscall.SIGKILL, quickly); killed.status != -1 {
		t.Fatalf("it was not killed: %+v", killed)
	}

	// Its store is whole for others meanwhile.
	delete(p.env, "REPORT")
	mustHaveShape(t, p.must("--db", "r.db", "search", "--json", "cầu"), searchShape)
	p.env["REPORT"] = "bridges.txt"

	model.Handle(func(r modeltest.Request) modeltest.Reply {
		if strings.Contains(r.LastUser(), "Q: Cầu Cẩm Thạch") {
			return modeltest.QuoteMatching("Cẩm Thạch")(r)
		}
		return modeltest.QuoteMatching("1.200 mét")(r)
	})
	r = p.start("serve")
	for question, holds := range map[*telegramtest.Message]string{&first: "1.200 mét", &second: "Cẩm Thạch"} {
		if answer := srv.WaitReply(soon, *question); !strings.Contains(answer.Text, holds) {
			t.Errorf("after the next start the answer is %s", answer)
		}
	}
	srv.WaitReply(soon, ana.Writes("/help")) // all earlier messages are sent
	if said := srv.Messages(0); len(said) != 3 || said[0].ReplyTo != first.ID || said[1].ReplyTo != second.ID {
		t.Errorf("after the next start it said %v", said)
	}
	mustEnd(t, r)
}

// An edition goes live from the shell while serve runs, with many answers to correct.
// However often serve is killed meanwhile, every answer is corrected exactly once, and
// nobody gets a new message.
func TestCorrectionsResumeAfterKills(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	p.env["SEND_RATE"] = "15" // so that it takes a while
	p.file("widened.txt", widened)
	r := p.start("serve")
	var answers []telegramtest.Message
	for i := range 12 {
		who := srv.User(fmt.Sprintf("P%d", i), "vi")
		answers = append(answers, srv.WaitReply(soon, who.Writes(askedLength)))
	}
	if out := p.must("load", "widened.txt"); !strings.Contains(out, "corrects 12 answers already sent\n") {
		t.Errorf("load prints %q", out)
	}
	corrected := func() (count int) {
		for _, m := range srv.Messages(0) {
			if strings.HasPrefix(m.Text, "⚠ Bản 2 nói khác: “Cầu Bạch Yến dài 1.350 mét") {
				count++
			}
		}
		return count
	}
	for _, enough := range []int{2, 7} {
		srv.Wait(soon, "some corrections", func() bool { return corrected() >= enough })
		if killed := r.end(syscall.SIGKILL, quickly); killed.status != -1 {
			t.Fatalf("it was not killed: %+v", killed)
		}
		if n := corrected(); n == len(answers) {
			t.Logf("all were corrected before the kill after %d", enough)
		}
		r = p.start("serve")
	}
	srv.Wait(soon, "all corrections", func() bool { return corrected() == len(answers) })
	if out := p.must("rollback", "1"); !strings.Contains(out, "agrees again with 12 answers corrected before\n") {
		t.Errorf("rollback prints %q", out)
	}
	srv.Wait(soon, "the answers as they were", func() bool { return corrected() == 0 })
	mustEnd(t, r)
	said := srv.Messages(0)
	if len(said) != len(answers) {
		t.Errorf("there are %d messages, %d were sent", len(said), len(answers))
	}
	for i, m := range said {
		if m.Text != answers[i].Text {
			t.Errorf("message %d was %s, and is %s", i, answers[i], m)
		}
	}
}

// On SIGTERM while a model stalls, serve waits for a while, leaves the question in its
// store, and answers it after the next start.
func TestQuestionsInterruptedBySIGTERMAreAnsweredAfterRestart(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	model := modeltest.New(t, modeltest.Stalled())
	p.env["OPENAI_BASE_URL"] = model.URL
	r := p.start("serve")
	question := srv.User("Ana", "vi").Writes(askedLength)
	model.WaitRequest(soon)
	if ended := r.end(syscall.SIGTERM, soon); ended.status != exitDone {
		t.Errorf("ended as %+v", ended)
	}
	if said := srv.Messages(0); len(said) != 0 {
		t.Fatalf("it said %v though the answer was not ready", said)
	}
	model.Handle(modeltest.Echo(1))
	r = p.start("serve")
	srv.WaitReply(soon, question)
	mustEnd(t, r)
}

// A second signal skips the graceful shutdown.
func TestASecondSignalEndsServeAtOnce(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	model := modeltest.New(t, modeltest.Stalled())
	p.env["OPENAI_BASE_URL"] = model.URL
	r := p.start("serve")
	srv.User("Ana", "vi").Writes(askedLength)
	model.WaitRequest(soon)
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // it waits for the model meanwhile
	begun := time.Now()
	ended := r.end(syscall.SIGINT, quickly)
	if took := time.Since(begun); took > 3*time.Second || ended.status == exitDone {
		t.Errorf("after a second signal it took %v and ended as %+v", took, ended)
	}
}
