package main

import (
	"strings"
	"testing"
)

// chat runs a chat from a pipe, which must end with status 0, and returns its standard
// output and standard error.
func chat(t *testing.T, p *program, stdin string, args ...string) (out, errOut string) {
	t.Helper()
	p.stdin = stdin
	r := p.run(args...)
	if r.status != exitDone {
		t.Fatalf("the chat ended with status %d\n%s\n%s", r.status, r.out, r.err)
	}
	return r.out, r.err
}

func TestAPipedChatAnswersEachLineAndEnds(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.env["LANG"], p.racing = "en_US.UTF-8", true
	out, _ := chat(t, p, "\n   \nCầu Bạch Yến dài bao nhiêu mét?\n\nCầu Cẩm Thạch sửa chữa năm nào?", "chat")
	first, second := strings.Index(out, "“Cầu Bạch Yến dài 1.200 mét"), strings.Index(out, "“Cầu Cẩm Thạch được sửa chữa")
	if first < 0 || second < first {
		t.Errorf("want both answers in their order:\n%s", out)
	}
	if strings.Contains(out, "> ") {
		t.Errorf("a prompt is printed though nobody sees it:\n%s", out)
	}
	if n := strings.Count(out, "Nguồn:"); n != 2 {
		t.Errorf("%d answers, want 2: blank lines are passed over\n%s", n, out)
	}
	if out, _ := chat(t, p, "", "chat"); out != "" {
		t.Errorf("no input is answered with %q", out)
	}
}

func TestTheChatHasTheBotsCommands(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lang string
		says [][]string // what is written, and what the chat then says, in this order
	}{
		{"", [][]string{
			{"/help", "Cứ gửi câu hỏi", "/ask", "/sources", "/note", "/report"},
			{"/start", "Báo cáo thử về những cây cầu"},
		}},
		{"C.UTF-8", [][]string{{"/help", "Cứ gửi câu hỏi"}}},
		{"en_US.UTF-8", [][]string{
			{"/sources", "no answer here yet"},
			{"/help", "Send a question", "/ask"},
			{"/note 1", "Footnote [1]", "https://example.org/bach-yen"},
			{"/note [2]", "https://example.org/luot-xe", "https://example.net/xe"},
			{"/note 4", "As printed: Báo in, không có liên kết"},
			{"/note 999", "no footnote 999"},
			{"/note", "/note 12"},
			{"/report", "Báo cáo thử về những cây cầu", "3 May 2024", "Nguyễn Văn A, Trần Thị B", "1. Hiện trạng", "2. Dự báo"},
			{"Cầu Cẩm Thạch sửa chữa năm nào?", "suốt năm 2021"},
			{"/ask " + askedLength, "1.200 mét", "[1]"},
			{"/sources", "Sources:\n[1] example.org https://example.org/bach-yen"},
			{"/weather", "/weather", "/help"},
			{strings.Repeat("cầu ", 2500), "too long", "4,096"},
		}},
	} {
		p := newProgram(t)
		p.env["REPORT"], p.env["LANG"] = p.file("bridges.txt", bridges), test.lang
		var in strings.Builder
		for _, says := range test.says {
			in.WriteString(says[0] + "\n")
		}
		out, _ := chat(t, p, in.String(), "chat")
		rest := out
		for _, says := range test.says {
			for _, want := range says[1:] {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Fatalf("with LANG=%s, after %.40q: want %q in\n%s\nthe whole chat:\n%s", test.lang, says[0], want, rest, out)
				}
				rest = after
			}
		}
	}
}

func TestTheSourcesOfAnAnswerSurviveTheEndOfTheChat(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["DB"], p.env["LANG"] = "r.db", "en"
	p.file("bridges.txt", bridges)
	p.storeOfBridges("r.db")
	chat(t, p, "Cầu Bạch Yến dài bao nhiêu mét?\n", "chat")
	if out, _ := chat(t, p, "/sources\n", "chat"); !strings.Contains(out, "https://example.org/bach-yen") {
		t.Errorf("in the next chat /sources says\n%s", out)
	}
	if out, _ := chat(t, p, "/sources\n", "chat", "--db=:memory:", "--report=bridges.txt"); !strings.Contains(out, "no answer here yet") {
		t.Errorf("in memory /sources says\n%s", out)
	}
}

func TestWithoutACommandAndATokenTheChatStarts(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["LANG"] = "en"
	out, said := chat(t, p, "/help\n")
	if !strings.Contains(out, "/note") {
		t.Errorf("/help is answered with\n%s", out)
	}
	for _, want := range []string{"TELEGRAM_BOT_TOKEN", "OPENAI_BASE_URL"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not explain how to connect %s: %q", want, said)
		}
	}
	if strings.Count(said, "\n") != 2 || !strings.Contains(said, "the report is") {
		t.Errorf("it prints more than how to connect and the report's title:\n%s", said)
	}
	p.env["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1"
	if _, said := chat(t, p, "/help\n"); strings.Contains(said, "OPENAI_BASE_URL") {
		t.Errorf("with a model it still explains how to connect one: %q", said)
	}
	if out, _ := chat(t, p, ""); out != "" {
		t.Errorf("an empty input is answered with %q", out)
	}
}

func TestAStoreInTheWorkingDirectoryIsUsed(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges(defaultDB)
	r := p.run("ask", "Cầu Bạch Yến dài bao nhiêu mét?")
	if r.status != exitDone || !strings.Contains(r.out, "1.200 mét") {
		t.Errorf("asked without --db: %+v", r)
	}
	if want := "\n\nBáo cáo: Báo cáo thử về những cây cầu (reportbot.db)\n"; !strings.HasSuffix(r.out, want) {
		t.Errorf("want %q at the end of %s", want, r.out)
	}
	p.file("again.txt", bridges)
	if r := p.run("ask", "--db", defaultDB, "--report", "again.txt", "Cầu Bạch Yến dài bao nhiêu mét?"); !strings.HasSuffix(r.out, "again.txt)\n") {
		t.Errorf("asked of a file beside a store it doesn't name the file: %s", r.out)
	}
	out, said := chat(t, p, "Cầu Bạch Yến dài bao nhiêu mét?\n", "chat")
	if !strings.Contains(out, "1.200 mét") || !strings.Contains(said, "from reportbot.db") {
		t.Errorf("in the chat: %s\n%s", out, said)
	}
	if r := p.run("ask", "--db=:memory:", "Cầu Bạch Yến dài bao nhiêu mét?"); strings.Contains(r.out, "1.200 mét") {
		t.Errorf("in memory there is another report: %+v", r)
	}
}
