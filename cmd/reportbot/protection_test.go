package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// served is a running serve on a store with one edition, and a person who has asked it.
func served(t *testing.T) (p *program, r *running, answers func()) {
	t.Helper()
	p, srv := withTelegram(t)
	r = p.start("serve")
	ana := srv.User("Ana", "vi")
	answers = func() {
		t.Helper()
		says(t, srv, ana, "1.200 mét")
	}
	answers()
	return p, r, answers
}

func (p *program) link(to, name string) {
	p.t.Helper()
	if err := os.Symlink(to, filepath.Join(p.dir, name)); err != nil {
		p.t.Fatal(err)
	}
}

// Serve survives any command that is run on its store.
func TestNoCommandHarmsTheStoreOfARunningServe(t *testing.T) {
	t.Parallel()
	p, r, answers := served(t)
	p.link("reportbot.db", "link.db")
	if err := os.Link(filepath.Join(p.dir, "reportbot.db"), filepath.Join(p.dir, "hard.db")); err != nil {
		t.Fatal(err)
	}
	p.must("backup", "good.db")
	for _, args := range [][]string{
		{"backup", "--force", "reportbot.db"}, {"backup", "--force", p.dir + "/reportbot.db"},
		{"backup", "--force", "link.db"}, {"backup", "--force", "hard.db"}, {"--db", "link.db", "backup", "--force", "reportbot.db"},
		{"backup", "--force", "reportbot.db-wal"}, {"backup", "--force", "reportbot.db-serve"}, {"backup", "--force", "."}, {"backup", "reportbot.db-journal"},
		{"restore", "reportbot.db"}, {"restore", "link.db"},
		{"restore", "good.db"}, {"--db", "link.db", "restore", "good.db"},
		{"load", "link.db"}, {"load", "reportbot.db-wal"},
	} {
		mustBeOneLine(t, p.run(args...), exitFailed)
		answers()
	}
	if t.Failed() {
		return
	}
	mustEnd(t, r)
	p.must("status")
}

// The shell opens, and perhaps truncates, the file for redirected output before the
// program runs. The program writes nothing to it.
func TestNothingIsPrintedIntoTheStore(t *testing.T) {
	t.Parallel()
	p, r, answers := served(t)
	before := p.size("reportbot.db")
	for _, args := range [][]string{{"export", "audit"}, {"versions"}, {"status", "--json"}, {"ask", "Cầu?"}} {
		out, err := os.OpenFile(filepath.Join(p.dir, "reportbot.db"), os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		command := p.command(t.Context(), args...)
		var said bytes.Buffer
		command.Stdout, command.Stderr = out, &said
		_ = command.Run() // its status is looked at
		out.Close()
		mustBeOneLine(t, result{command.ProcessState.ExitCode(), "", said.String()}, exitFailed, "reportbot.db", "standard output")
	}
	if after := p.size("reportbot.db"); after != before {
		t.Errorf("the store has %d bytes, before %d", after, before)
	}
	answers()
	mustEnd(t, r)
}

func (p *program) size(name string) int64 {
	p.t.Helper()
	info, err := os.Stat(filepath.Join(p.dir, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return info.Size()
}

func TestASecondServeOnAStoreFails(t *testing.T) {
	t.Parallel()
	p, r, answers := served(t)
	p.link("reportbot.db", "link.db")
	second := &program{t: t, dir: p.dir, env: map[string]string{"LISTEN": freePort(t)}, secrets: p.secrets}
	for name, value := range p.env {
		if name != "LISTEN" {
			second.env[name] = value
		}
	}
	for _, args := range [][]string{{"serve"}, {"--db", "link.db", "serve"}, {"--db", filepath.Join(p.dir, "reportbot.db"), "serve"}} {
		mustBeOneLine(t, second.run(args...), exitFailed, "in use by another serve")
	}
	answers()
	r.end(syscall.SIGKILL, quickly)
	next := second.start("serve") // a kill leaves no lock behind
	next.waitSaid("connected")
	mustEnd(t, next)
}

// The store may be in the folder of reports: it is never read as a report, and writes
// to it trigger no reload.
func TestAStoreInTheFolderOfReportsIsNoReport(t *testing.T) {
	t.Parallel()
	p, srv := withTelegram(t)
	p.env["REPORT"], p.env["WATCH"] = p.dir, "true"
	r := p.start("serve")
	ana := srv.User("Ana", "vi")
	for range 3 { // each writes to the store, which is then the newest file
		says(t, srv, ana, "1.200 mét")
		time.Sleep(200 * time.Millisecond)
	}
	p.file("bridges.txt", widened)
	r.waitSaid("the report was reloaded")
	says(t, srv, ana, "1.350 mét")
	if ended := mustEnd(t, r); bytes.Contains([]byte(ended.err), []byte("has not changed")) {
		t.Errorf("what was written to the store was taken for a report:\n%s", ended.err)
	}
}
