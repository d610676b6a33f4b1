package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

// inStore counts occurrences of words in a store's files.
func (p *program) inStore(name, words string) int {
	p.t.Helper()
	count := 0
	for _, file := range []string{name, name + "-wal"} {
		data, err := os.ReadFile(filepath.Join(p.dir, file))
		if err != nil && !os.IsNotExist(err) {
			p.t.Fatal(err)
		}
		count += strings.Count(string(data), words)
	}
	return count
}

// A person deletes their data while one of their questions is being answered, and the
// program is killed: the answer is sent after the next start, and the store contains no
// word of theirs.
func TestForgottenDataStaysDeletedAfterAKill(t *testing.T) {
	t.Parallel()
	const words = "riengtukin"
	p, srv := withTelegram(t)
	model := modeltest.New(t)
	model.Handle(modeltest.QuoteMatching("1.200 mét"))
	p.env["OPENAI_BASE_URL"], p.env["DB"] = model.URL, "r.db"
	r := p.start("serve")
	ana, group := srv.User("Ana", "vi"), srv.Supergroup("Team")
	srv.WaitReply(soon, ana.Writes(askedLength+" "+words))
	srv.WaitMessage(soon, func(telegramtest.Message) bool {
		return p.inStore("r.db", words) > 0
	})
	asked := srv.WaitReply(soon, ana.Writes("/forget"))
	model.Handle(modeltest.Always(modeltest.Stalled()))
	first := ana.WritesIn(group, "@report_test_bot Cầu Bạch Yến dài mấy mét "+words)
	model.WaitRequest(soon)
	srv.WaitConfirmed(soon, first.UpdateID)
	ana.Presses(asked, "f:all")
	srv.WaitMessage(soon, func(m telegramtest.Message) bool {
		return m.ID == asked.ID && strings.Contains(m.Text, "Đã xóa tất cả.")
	})
	r.end(syscall.SIGKILL, quickly)

	model.Handle(modeltest.QuoteMatching("1.200 mét"))
	r = p.start("serve")
	srv.WaitMessage(soon, func(m telegramtest.Message) bool {
		return m.ChatID == group.ID && m.ReplyTo == first.ID && strings.Contains(m.Text, "Nguồn:") // not a part of it
	})
	srv.WaitReply(soon, ana.WritesIn(group, "/note@report_test_bot 1")) // behind it, once its question is settled
	// Writing makes SQLite write over the log, where updates stood that waited.
	asked = srv.WaitReply(soon, ana.Writes("/forget"))
	ana.Presses(asked, "f:all")
	srv.WaitMessage(soon, func(m telegramtest.Message) bool {
		return m.ID == asked.ID && strings.Contains(m.Text, "Đã xóa tất cả.")
	})
	if n := p.inStore("r.db", words); n > 0 {
		t.Errorf("her words are %d times in the store", n)
	}
	mustEnd(t, r)
}

func TestServeDeletesDataOlderThanKeepDays(t *testing.T) {
	t.Parallel()
	const words = "chuyencu"
	p, srv := withTelegram(t)
	p.env["DB"] = "r.db"
	r := p.start("serve")
	ana := srv.User("Ana", "vi")
	srv.WaitReply(soon, ana.Writes("Cầu Bạch Yến dài mấy mét "+words))
	mustEnd(t, r)
	p.env["DB"] = p.sqlite("r.db", `UPDATE exchange SET asked_at = asked_at - 31 * 86400; UPDATE unanswered SET asked_at = asked_at - 31 * 86400`)
	for _, test := range []struct {
		days string
		kept bool
	}{{"", true}, {"32", true}, {"30", false}} {
		p.env["KEEP_DAYS"] = test.days
		r := p.start("serve")
		if !test.kept {
			r.waitFor("deleted expired data")
		}
		said := srv.WaitReply(soon, ana.Writes("/privacy"))
		if test.days != "" && !strings.Contains(said.Text, "nhiều nhất "+test.days+" ngày") {
			t.Errorf("/privacy says %s", said.Text)
		}
		mustEnd(t, r)
		if kept := p.inStore(p.env["DB"], words) > 0; kept != test.kept {
			t.Errorf("KEEP_DAYS=%s: it is kept: %v", test.days, kept)
		}
	}
	mustBeOneLine(t, p.run("serve", "--keep-days=-1"), exitUsage, "keep-days")
}
