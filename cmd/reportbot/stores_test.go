package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// liveTitle returns the title of the edition that a store answers from.
func liveTitle(t *testing.T, p *program, args ...string) string {
	t.Helper()
	p.stdin = "/report\n"
	defer func() { p.stdin = "" }()
	out := p.must(append(args, "chat")...)
	title, _, _ := strings.Cut(out, "\n")
	return title
}

func TestLoadMakesAReportLive(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("bridges.txt", bridges)
	p.file("other.txt", titled("Bản khác"))
	p.file("plain.txt", "Chỉ có một câu ở đây.\n")
	for _, test := range []struct{ file, want string }{
		{"bridges.txt", "reportbot.db: edition 1 is live: Báo cáo thử về những cây cầu (4 paragraphs, 4 notes)\n" +
			"  exam: 5 of 5 sentences found, of 5 with a number, a date or a name; 1 question can be offered\n"},
		{"other.txt", "reportbot.db: edition 2 is live: Bản khác (1 paragraph, 1 note)\n"},
		{"other.txt", "reportbot.db: edition 3 is live: Bản khác (1 paragraph, 1 note)\n"},
		{"--force plain.txt", "reportbot.db: edition 4 is live: (untitled) (1 paragraph, 0 notes)\n"},
	} {
		if out := p.must(append([]string{"load"}, strings.Fields(test.file)...)...); out != test.want {
			t.Errorf("load %s prints %q\nwant %q", test.file, out, test.want)
		}
	}
	mustBeOneLine(t, p.run("load", "plain.txt"), exitFailed, "plain.txt", "neither a title nor notes", "--force")
	if r := p.run("load", "missing.txt"); r.status != exitFailed {
		t.Errorf("load of a missing report: %+v", r)
	}
	p.must("load", "bridges.txt")
	p.file("broken.txt", "\x00")
	if r := p.run("load", "broken.txt"); r.status != exitFailed {
		t.Errorf("load of a broken report: %+v", r)
	}
	if got := liveTitle(t, p, "--db", "reportbot.db"); got != "Báo cáo thử về những cây cầu" {
		t.Errorf("after a load that failed %q is live", got)
	}
}

// In a folder of reports and other files the newest report is loaded, and its name is
// printed.
func TestTheFileOfAFolder(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	folder := filepath.Join(p.dir, "reports")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	p.file("reports/bridges.txt", bridges)
	for _, name := range []string{"README.md", "bot.log", "~$bridges.docx", "bridges.txt~", ".bridges.txt.swp", "#bridges.txt#", "Thumbs.db", "desktop.ini", "LICENSE", "notes.bak"} {
		p.file("reports/"+name, titled("Không phải báo cáo"))
	}
	if out := p.must("check", "reports"); !strings.HasPrefix(out, filepath.Join(folder, "bridges.txt")+"\n") || strings.Contains(out, "passed over") {
		t.Errorf("check prints\n%s", out)
	}
	want := "reportbot.db: edition 1 is live: Báo cáo thử về những cây cầu (4 paragraphs, 4 notes), from " + filepath.Join(folder, "bridges.txt") + "\n"
	if out := p.must("load", "reports"); !strings.HasPrefix(out, want) {
		t.Errorf("load prints %q\nwant %q", out, want)
	}
}

func TestTheStoreAnswersFromItsLiveEditionAndTheReportBeatsIt(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges("r.db")
	p.file("other.txt", titled("Bản khác"))
	best := func(args ...string) string {
		found := decode[searchLine](t, p.must(append([]string{"search", "--json", "cầu Cẩm Thạch, câu duy nhất"}, args...)...))[0].Passages
		if len(found) == 0 {
			return ""
		}
		return found[0].Text
	}
	const fromStore, fromReport = "Cầu Cẩm Thạch được sửa chữa suốt năm 2021.", "Đây là câu duy nhất của bản thử này."
	if got := best("--db", "r.db"); got != fromStore {
		t.Errorf("--db without --report finds %q", got)
	}
	if got := best("--db", "r.db", "--report", "other.txt"); got != fromReport {
		t.Errorf("--db with --report finds %q", got)
	}
	p.env["DB"], p.env["REPORT"] = "r.db", "other.txt"
	if got := best(); got != fromReport {
		t.Errorf("DB with REPORT finds %q", got)
	}
	delete(p.env, "REPORT")
	if got := best(); got != fromStore {
		t.Errorf("DB without REPORT finds %q", got)
	}
}

func TestAStoreWithoutAReportFailsWithAdvice(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges("r.db")
	p.file("bridges.txt", bridges)
	// The store of a first start that was killed after the migrations.
	emptied := p.sqlite("r.db", `DELETE FROM live; DELETE FROM edition;`)
	for _, command := range []string{"ask", "search"} {
		mustBeOneLine(t, p.run("--db", emptied, command, "why?"), exitFailed, emptied, "no report has been loaded", "reportbot load")
	}
	if got := liveTitle(t, p, "--db", emptied, "--report", "bridges.txt"); got != "Báo cáo thử về những cây cầu" {
		t.Errorf("chat --report on it answers from %q", got)
	}
}

// contents is every file of a folder with its hash.
func contents(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatal("no files in", folder, err)
	}
	var b strings.Builder
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %x\n", entry.Name(), sha256.Sum256(data))
	}
	return b.String()
}

func TestAskAndSearchNeverChangeAStore(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges("r.db")
	p.file("other.txt", titled("Bản khác"))
	p.file("q.txt", "một\nhai\n")
	p.file("eval.jsonl", `{"q": "Cầu dài bao nhiêu?", "gold": [{"quote": "dài 1.200 mét"}]}`+"\n")
	before := contents(t, p.dir)
	for _, args := range [][]string{
		{"ask", "--questions", "q.txt"}, {"search", "--json", "--questions", "q.txt"}, {"eval", "eval.jsonl"},
		{"--report", "other.txt", "ask", "câu"}, {"check", "other.txt"},
	} {
		p.must(append([]string{"--db", "r.db"}, args...)...)
		if after := contents(t, p.dir); after != before {
			t.Errorf("%q changed\n%sto\n%s", args, before, after)
			before = after
		}
	}
}

func TestREPORTIsReloadedWhenItsContentChanges(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("a.txt", titled("Bản một"))
	p.file("upload.txt", titled("Bản tải lên"))
	args := []string{"--db", "r.db", "--report", "a.txt"}
	if got := liveTitle(t, p, args...); got != "Bản một" {
		t.Fatalf("%q is live", got)
	}
	// What an admin loads survives a start with the same report.
	p.must("--db", "r.db", "load", "upload.txt")
	if got := liveTitle(t, p, args...); got != "Bản tải lên" {
		t.Errorf("after an upload and a start %q is live", got)
	}
	p.file("a.txt", titled("Bản hai"))
	if got := liveTitle(t, p, args...); got != "Bản hai" {
		t.Errorf("after the report changed %q is live", got)
	}
	if got := liveTitle(t, p, "--db", "r.db"); got != "Bản hai" {
		t.Errorf("without a report %q is live", got)
	}
}

func TestAnUnreadableReportLeavesTheLiveEdition(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges("r.db")
	p.file("bridges.txt", "\x00")
	p.stdin = "/report\n"
	r := p.run("--db", "r.db", "--report", "bridges.txt", "chat")
	if r.status != exitDone || !strings.HasPrefix(r.out, "Báo cáo thử về những cây cầu\n") {
		t.Errorf("the chat: %+v", r)
	}
	if !strings.Contains(r.err, "edition 1 stays live") || !strings.Contains(r.err, "bridges.txt") || strings.Count(r.err, "\n") != 2 {
		t.Errorf("standard error: %q", r.err)
	}
	if r := p.run("--db", "new.db", "--report", "bridges.txt", "chat"); r.status != exitFailed {
		t.Errorf("without a live edition: %+v", r)
	}
}
