package main

import (
	"maps"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// failing are runs that fail with one line that names the problem.
var failing = []struct {
	name   string
	args   []string
	env    map[string]string
	status int
	says   []string
}{
	{"a question that isn't there", []string{"ask"}, nil, exitUsage, []string{"QUESTION"}},
	{"a blank question", []string{"ask", " \t\n "}, nil, exitUsage, []string{"QUESTION"}},
	{"blank words", []string{"ask", " ", "", "  "}, nil, exitUsage, []string{"QUESTION"}},
	{"a blank search", []string{"search", ""}, nil, exitUsage, []string{"QUESTION"}},
	{"a question and a file of questions", []string{"ask", "--questions", "q.txt", "why?"}, nil, exitUsage, []string{"--questions", "not both"}},
	{"an unknown command", []string{"answer", "why?"}, nil, exitUsage, []string{"answer", "--help"}},
	{"an unknown flag", []string{"ask", "--colour", "why?"}, nil, exitUsage, []string{"--colour", "--help"}},
	{"a flag of another command", []string{"ask", "-k", "3", "why?"}, nil, exitUsage, []string{"-k"}},
	{"a flag without its value", []string{"ask", "--report"}, nil, exitUsage, []string{"--report"}},
	{"a question that begins like a flag", []string{"ask", "--why"}, nil, exitUsage, []string{"--why"}},
	{"no passages", []string{"search", "-k", "0", "why?"}, nil, exitUsage, []string{"-k", "at least 1"}},
	{"a number of passages in words", []string{"search", "-k", "five", "why?"}, nil, exitUsage, []string{"five"}},
	{"check of two reports", []string{"check", "a.txt", "b.txt"}, nil, exitUsage, []string{"b.txt"}},
	{"load of nothing", []string{"load"}, nil, exitUsage, []string{"<path>"}},

	{"a missing report", []string{"--report", "missing.txt", "ask", "why?"}, nil, exitFailed, []string{"missing.txt", "no such file"}},
	{"a missing report in the environment", []string{"ask", "why?"}, map[string]string{"REPORT": "missing.txt"}, exitFailed, []string{"missing.txt"}},
	{"an empty report", []string{"check", "empty.txt"}, nil, exitFailed, []string{"empty.txt", "empty"}},
	{"a binary report", []string{"check", "binary.txt"}, nil, exitFailed, []string{"binary.txt", "not plain text"}},
	{"a report of 50 MB", []string{"check", "large.txt"}, nil, exitFailed, []string{"large.txt", "32 MB"}},
	{"load of a binary report", []string{"load", "binary.txt"}, nil, exitFailed, []string{"binary.txt"}},
	{"load of a missing report", []string{"load", "missing.txt"}, nil, exitFailed, []string{"missing.txt"}},
	{"an empty folder", []string{"check", "empty"}, nil, exitFailed, []string{"empty", "no file"}},
	{"a path under a file", []string{"check", "empty.txt/report.txt"}, nil, exitFailed, []string{"empty.txt/report.txt", "not a directory"}},
	{"chat on a missing report", []string{"chat", "--report", "missing.txt"}, nil, exitFailed, []string{"missing.txt"}},
	{"eval on a missing file", []string{"eval", "missing.jsonl"}, nil, exitFailed, []string{"missing.jsonl", "no such file"}},

	{"a missing file of questions", []string{"ask", "--questions", "missing.txt"}, nil, exitFailed, []string{"missing.txt", "no such file"}},
	{"a folder of questions", []string{"search", "--questions", "empty"}, nil, exitFailed, []string{"empty", "is a directory"}},
	{"a line that is no JSON", []string{"ask", "--questions", "bad.jsonl"}, nil, exitFailed, []string{"bad.jsonl", "line 4"}},
	{"a line without q", []string{"search", "--questions", "noq.jsonl"}, nil, exitFailed, []string{"noq.jsonl", "line 2", "q"}},

	{"a text file as store", []string{"--db", "notes.db", "ask", "why?"}, nil, exitFailed, []string{"notes.db", "is no SQLite database"}},
	{"a corrupt store", []string{"ask", "why?"}, map[string]string{"DB": "corrupt.db"}, exitFailed, []string{"corrupt.db", "is no SQLite database"}},
	{"load into a corrupt store", []string{"--db", "corrupt.db", "load", "good.txt"}, nil, exitFailed, []string{"corrupt.db", "is no SQLite database"}},
	{"chat on a corrupt store", []string{"--db", "corrupt.db", "chat"}, nil, exitFailed, []string{"corrupt.db"}},
	{"a store that isn't there", []string{"--db", "missing.db", "search", "why?"}, nil, exitFailed, []string{"missing.db", "there is no store here"}},
	{"an empty file as store", []string{"--db", "empty.txt", "ask", "why?"}, nil, exitFailed, []string{"empty.txt", "is not a reportbot store"}},

	{"a key alone", []string{"ask", "why?"}, map[string]string{"OPENAI_API_KEY": secretKey}, exitFailed, []string{"OPENAI_API_KEY", "set OPENAI_MODEL"}},
	{"a model's name alone", []string{"ask", "why?"}, map[string]string{"OPENAI_MODEL": "gpt-nobody"}, exitFailed, []string{"OPENAI_MODEL", "gpt-nobody"}},
	{"a model's address that is none", []string{"chat"}, map[string]string{"OPENAI_BASE_URL": "localhost:11434/v1"}, exitFailed,
		[]string{"OPENAI_BASE_URL", "localhost:11434/v1"}},
	{"serve without a token", []string{"serve"}, nil, exitFailed, []string{"TELEGRAM_BOT_TOKEN"}},
	{"serve with a wrong address of Telegram", []string{"serve", "--telegram-url", "localhost"}, map[string]string{"TELEGRAM_BOT_TOKEN": secretToken},
		exitFailed, []string{"TELEGRAM_API_URL", "localhost"}},
	{"a send rate below nothing", []string{"serve", "--send-rate=-1"}, map[string]string{"TELEGRAM_BOT_TOKEN": secretToken}, exitFailed, []string{"SEND_RATE", "-1"}},
	{"a queue for nobody", []string{"serve", "--queue=0"}, map[string]string{"TELEGRAM_BOT_TOKEN": secretToken}, exitFailed, []string{"QUEUE", "0"}},
	{"a webhook without a secret", []string{"serve", "--webhook-url=https://example.org/hook"}, map[string]string{"TELEGRAM_BOT_TOKEN": secretToken}, exitFailed, []string{"TELEGRAM_WEBHOOK_SECRET"}},
	{"health of nothing", []string{"health", "--listen", "127.0.0.1:1"}, nil, exitFailed, []string{"127.0.0.1:1", "no serve answers"}},
	{"health of no address", []string{"health"}, map[string]string{"LISTEN": "8080"}, exitFailed, []string{"LISTEN", "8080"}},
}

func TestErrorsAreOneLine(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("good.txt", bridges)
	p.file("empty.txt", "")
	p.file("binary.txt", strings.Repeat("\x7fELF\x00\x01\xff\xfe\xfd", 100))
	p.file("large.txt", strings.Repeat("Một dòng chữ dài của một bản quá lớn.\n", 50<<20/46+1))
	p.file("notes.db", "These are notes and no database.\n")
	p.file("corrupt.db", "SQLite format 3\x00"+strings.Repeat("\xa5", 20_000))
	p.file("q.txt", "một\nhai\n")
	p.file("bad.jsonl", "{\"q\": \"một\"}\n\n{\"q\": \"hai\"}\nq: ba\n{\"q\": \"bốn\"}\n")
	p.file("noq.jsonl", "{\"q\": \"một\"}\n{\"question\": \"hai\"}\n")
	if err := os.Mkdir(filepath.Join(p.dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range failing {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := *p
			p.t, p.env = t, test.env
			mustBeOneLine(t, p.run(test.args...), test.status, test.says...)
		})
	}
}

// A run that fails on an unreadable report or a missing store creates no store.
func TestAFailedRunLeavesNoFiles(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	for _, args := range [][]string{
		{"load", "missing.txt"}, {"--db", "x.db", "ask", "why?"}, {"--db", "x.db", "search", "why?"}, {"--db", "x.db", "--report", "missing.txt", "ask", "why?"},
		{"ask"}, {"serve"}, {"health", "--listen", "127.0.0.1:1"},
	} {
		p.run(args...)
		if entries, err := os.ReadDir(p.dir); err != nil || len(entries) > 0 {
			t.Errorf("%q left %v (%v)", args, entries, err)
		}
	}
}

func TestHelpNamesAllCommandsAndOptions(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	help := p.must("--help")
	for _, command := range []string{"serve", "chat", "ask", "search", "check", "eval", "load", "health"} {
		if !regexp.MustCompile(`(?m)^  ` + command + `\s+\S`).MatchString(help) {
			t.Errorf("--help does not name the command %s:\n%s", command, help)
		}
		if own := p.must(command, "--help"); !strings.Contains(own, "reportbot "+command) || !strings.Contains(own, "$REPORT") {
			t.Errorf("%s --help says\n%s", command, own)
		}
	}
	for flag, variable := range map[string]string{
		"report": "REPORT", "db": "DB", "telegram-token": "TELEGRAM_BOT_TOKEN", "telegram-url": "TELEGRAM_API_URL",
		"model-url": "OPENAI_BASE_URL", "model-key": "OPENAI_API_KEY", "model": "OPENAI_MODEL", "embeddings-model": "EMBEDDINGS_MODEL", "listen": "LISTEN",
	} {
		if got := helpOptions(t, help)[flag]; got != variable {
			t.Errorf("--help gives --%s the variable %q, want %s", flag, got, variable)
		}
	}
	for _, standard := range []string{"the embedded report", "reportbot.db", ":8080"} {
		if !strings.Contains(strings.Join(strings.Fields(help), " "), standard) {
			t.Errorf("--help does not name the default %s", standard)
		}
	}
	if got := p.must("--version"); got != testVersion+"\n" {
		t.Errorf("--version prints %q", got)
	}
}

func TestHelpShowsACommandsOwnFlagsFirstThenTheOthersInGroups(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	at := -1
	help := p.must("help", "search")
	for _, part := range []string{"Usage: reportbot search", "Example:\n", "reportbot search -k 3", "Flags:\n", "  -k", "Report:\n", "--report", "Telegram:\n", "--admins",
		"Model:\n", "--model-wait", "Limits:\n", "--daily-questions", "Serving:\n", "--listen"} {
		next := strings.Index(help, part)
		if next <= at {
			t.Errorf("%q is at %d, after %d:\n%s", part, next, at, help)
		}
		at = next
	}
	if got := p.must("help"); got != p.must("--help") {
		t.Errorf("help prints\n%s", got)
	}
	mustBeOneLine(t, p.run("help", "frobnicate"), exitUsage, "frobnicate")
}

var (
	helpFlag     = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z-]+)`)
	helpVariable = regexp.MustCompile(`\(\$([A-Z_]+)\)`)
)

// helpOptions returns the variables of the flags that --help shows, by flag.
// Flags without a variable are left out.
func helpOptions(t *testing.T, help string) map[string]string {
	t.Helper()
	_, flags, found := strings.Cut(help, "Flags:\n")
	if !found {
		t.Fatalf("--help has no Flags:\n%s", help)
	}
	options := map[string]string{}
	starts := helpFlag.FindAllStringSubmatchIndex(flags, -1)
	for i, at := range starts {
		end := len(flags)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		if named := helpVariable.FindStringSubmatch(flags[at[0]:end]); named != nil {
			options[flags[at[2]:at[3]]] = named[1]
		}
	}
	if len(options) == 0 {
		t.Fatalf("no options in --help:\n%s", help)
	}
	return options
}

func TestTheCommandsAreThoseOfTheReadme(t *testing.T) {
	t.Parallel()
	help := newProgram(t).must("--help")
	_, list, _ := strings.Cut(help, "Commands:\n")
	list, _, _ = strings.Cut(list, "Flags:\n")
	shown := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+)\s`).FindAllStringSubmatch(list, -1) {
		shown[m[1]] = true
	}
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| .*?`reportbot ([a-z]+)").FindAllStringSubmatch(readme(t, own), -1) {
		told[m[1]] = true
	}
	if !maps.Equal(shown, told) {
		t.Errorf("--help shows the commands %v, README.md has %v", slices.Sorted(maps.Keys(shown)), slices.Sorted(maps.Keys(told)))
	}
}

// freePort returns an address that nothing listens at.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
