package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

const (
	editionShape  = `{"id": 1, "title": "", "date": "", "source": "", "sha256": "", "loaded_at": "", "loaded_by": "", "live": true, "live_since": "", "staged": false, "sections": 1, "paragraphs": 1, "sentences": 1, "passages": 1, "footnotes": 1}`
	versionsShape = `{"versions": [` + editionShape + `]}`
	statusShape   = `{"store": "", "bytes": 1, "version": "", "live": ` + editionShape + `, "editions": 1, "staged": 0, "unanswered": 0, "waiting": 0, "integrity": {"at": "", "ok": true, "fault": ""}}`
	diffShape     = `{"before": 1, "after": 2, "same": false, "front": [{"old": "", "new": ""}], "sections": {"added": [""], "gone": [""]},
		"paragraphs": {"added": [{"n": 1, "text": "", "footnotes": [1]}], "gone": [{"n": 1, "text": "", "footnotes": [1]}],
			"changed": [{"old": {"n": 1, "text": "", "footnotes": [1]}, "new": {"n": 1, "text": "", "footnotes": [1]}}]},
		"footnotes": {"added": [{"n": 1, "raw": ""}], "gone": [{"n": 1, "raw": ""}], "changed": [{"old": {"n": 1, "raw": ""}, "new": {"n": 1, "raw": ""}}]},
		"damaged": [{"n": 1, "text": ""}]}`
	loadedShape = `{"edition": ` + editionShape + `, "comparison": ` + diffShape + `, "warnings": [""], "integrity": {"at": "", "ok": true, "fault": ""}, "corrects": {"otherwise": 1, "again": 1}}`
)

var widened = strings.Replace(bridges, "dài 1.200 mét", "dài 1.350 mét", 1)

// withTwoEditions returns a program whose store has the editions bridges and widened; widened is live.
func withTwoEditions(t *testing.T) *program {
	t.Helper()
	p := newProgram(t)
	p.storeOfBridges(defaultDB)
	p.file("bridges.txt", bridges)
	mustHaveShape(t, p.must("load", "--json", p.file("widened.txt", widened)), loadedShape)
	return p
}

func TestEditionsAreListedComparedAndRolledBack(t *testing.T) {
	t.Parallel()
	p := withTwoEditions(t)
	mustHaveShape(t, p.must("versions", "--json"), versionsShape)
	if out := p.must("versions"); !strings.HasPrefix(out, "2  live  ") || !strings.Contains(out, "\n1  kept  ") || !strings.Contains(out, "by shell") {
		t.Errorf("versions prints\n%s", out)
	}
	mustHaveShape(t, p.must("diff", "--json", "1", "2"), diffShape)
	if out := p.must("diff", "1", "2"); !strings.HasPrefix(out, "paragraphs: 0 new, 1 changed, 0 gone\n  ~ 1: Cầu Bạch Yến dài 1.350 mét") {
		t.Errorf("diff prints\n%s", out)
	}
	if out := p.must("diff", "2", "2"); out != "nothing changed\n" {
		t.Errorf("diff of an edition with itself prints\n%s", out)
	}
	if out := p.must("rollback", "1"); out != "reportbot.db: edition 1 is live: Báo cáo thử về những cây cầu\n" {
		t.Errorf("rollback prints %q", out)
	}
	mustHaveShape(t, p.must("status", "--json"), statusShape)
	if out := p.must("status"); !strings.Contains(out, "edition 1 since ") || !strings.Contains(out, "whole") {
		t.Errorf("status prints\n%s", out)
	}
	audit := p.must("export", "audit", "--format", "jsonl")
	for i, want := range []string{"rollback 1", "load " + filepath.Join(p.dir, "widened.txt")} {
		var row struct{ Who, Command string }
		if err := json.Unmarshal([]byte(strings.Split(audit, "\n")[i]), &row); err != nil || row.Command != want || row.Who != "shell" {
			t.Errorf("entry %d of the log is %+v (%v), want %q", i+1, row, err, want)
		}
	}
	for _, table := range []string{"", "unanswered", "feedback"} {
		if out := p.must(strings.Fields("export " + table)...); strings.Count(out, "\n") != 1 {
			t.Errorf("export %s prints more than a head:\n%s", table, out)
		}
	}
}

func TestErrorsNameUnknownEditions(t *testing.T) {
	t.Parallel()
	p := withTwoEditions(t)
	for _, args := range [][]string{{"rollback", "9"}, {"diff", "1", "9"}} {
		mustBeOneLine(t, p.run(args...), exitFailed, "reportbot.db", "no edition 9", "reportbot versions")
	}
	for _, args := range [][]string{{"rollback", "one"}, {"diff", "1"}, {"export", "--format", "xlsx"}, {"restore"}} {
		mustBeOneLine(t, p.run(args...), exitUsage)
	}
	p.env["DB"] = "none.db"
	for _, args := range [][]string{{"versions"}, {"rollback", "1"}, {"status"}, {"backup", "b.db"}} {
		mustBeOneLine(t, p.run(args...), exitFailed, "none.db", "there is no store here")
	}
	if _, err := os.Stat(filepath.Join(p.dir, "none.db")); err == nil {
		t.Error("a store was made")
	}
}

func TestABackupIsRestored(t *testing.T) {
	t.Parallel()
	p := withTwoEditions(t)
	p.must("backup", "b.db")
	mustBeOneLine(t, p.run("backup", "b.db"), exitFailed, "b.db", "is there already", "--force")
	p.must("backup", "--force", "b.db")
	p.must("rollback", "1")
	out := p.must("restore", "b.db")
	if !strings.Contains(out, "reportbot.db.before-restore") {
		t.Errorf("restore prints %q", out)
	}
	if out := p.must("versions"); !strings.HasPrefix(out, "2  live") {
		t.Errorf("after the restore:\n%s", out)
	}
	if out := p.must("--db", "reportbot.db.before-restore", "versions"); !strings.Contains(out, "1  live") {
		t.Errorf("what was there before:\n%s", out)
	}
	mustBeOneLine(t, p.run("restore", "bridges.txt"), exitFailed, "bridges.txt", "is no SQLite database")
}

// says asks repeatedly, for at most a second, until the answer contains the words.
func says(t *testing.T, srv *telegramtest.Server, who *telegramtest.User, words string) {
	t.Helper()
	begun := time.Now()
	for {
		answer := srv.WaitReply(soon, who.Writes(askedLength))
		if strings.Contains(answer.Text, words) {
			return
		}
		if time.Since(begun) > time.Second {
			t.Fatalf("a second after it was made live the answer is %s, want %q", answer, words)
		}
	}
}

func TestServeAnswersFromWhatTheShellMakesLive(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	p.file("widened.txt", widened)
	r := p.start("serve")
	ana := srv.User("Ana", "vi")
	says(t, srv, ana, "1.200 mét")
	p.must("load", "widened.txt")
	says(t, srv, ana, "1.350 mét")
	p.must("rollback", "1")
	says(t, srv, ana, "1.200 mét")
	p.must("backup", "b.db")
	mustBeOneLine(t, p.run("restore", "b.db"), exitFailed, "reportbot.db", "open in another program")
	says(t, srv, ana, "1.200 mét")
	mustEnd(t, r)
	p.must("restore", "b.db")
}

func TestServeReloadsOnHangupAndWhenTheFileChanges(t *testing.T) {
	t.Parallel()
	for _, watch := range []bool{false, true} {
		p, srv := withTelegram(t)
		if p.racing = watch; watch {
			p.env["WATCH"] = "true"
		}
		r := p.start("serve")
		ana := srv.User("Ana", "vi")
		says(t, srv, ana, "1.200 mét")
		change := func(content string) {
			p.file("bridges.txt", content)
			if !watch {
				if err := r.command.Process.Signal(syscall.SIGHUP); err != nil {
					t.Fatal(err)
				}
			}
		}
		change(widened)
		r.waitSaid("the report was reloaded")
		says(t, srv, ana, "1.350 mét")
		change("\x00")
		r.waitSaid("the live edition stays")
		says(t, srv, ana, "1.350 mét")
		mustEnd(t, r)
	}
}
