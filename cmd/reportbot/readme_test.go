package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readme returns the README of a folder, from the top: "" is the first one.
func readme(t *testing.T, folder string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// own is the folder of the README with the tables of options and commands.
const own = "cmd/reportbot"

var (
	optionRow = regexp.MustCompile("(?m)^\\| *(`--[^|]*)\\|([^|]*)\\|")
	quoted    = regexp.MustCompile("`([^`]+)`")
)

// tableOptions returns the variables of the options in a Markdown table, by
// flag. A row may name several: "| `--a`, `--b` | `A`, `B` | ...".
func tableOptions(t *testing.T, markdown string) map[string]string {
	t.Helper()
	options := map[string]string{}
	for _, row := range optionRow.FindAllStringSubmatch(markdown, -1) {
		flags, variables := quoted.FindAllStringSubmatch(row[1], -1), quoted.FindAllStringSubmatch(row[2], -1)
		if len(flags) != len(variables) {
			t.Errorf("a row with %d flags and %d variables: %s", len(flags), len(variables), row[0])
			continue
		}
		for i, flag := range flags {
			options[strings.TrimPrefix(flag[1], "--")] = variables[i][1]
		}
	}
	return options
}

func TestTheReadmesOptionsAreTheProgramsOwn(t *testing.T) {
	t.Parallel()
	told := tableOptions(t, readme(t, own))
	if len(told) == 0 {
		t.Fatal("README.md has no table of options: rows like | `--report` | `REPORT` | default | meaning |")
	}
	shown := helpOptions(t, newProgram(t).must("--help"))
	for flag, variable := range shown {
		if told[flag] != variable {
			t.Errorf("--help shows --%s with %s, README.md has %q", flag, variable, told[flag])
		}
	}
	for flag, variable := range told {
		if shown[flag] != variable {
			t.Errorf("README.md has --%s with %s, --help shows %q", flag, variable, shown[flag])
		}
	}
}

func TestOptionTablesAreRead(t *testing.T) {
	got := tableOptions(t, "# T\n\n| option | variable | default | meaning |\n| --- | --- | --- | --- |\n"+
		"| `--report` | `REPORT` | none | a file |\n| `--a-b`, `--c` | `A_B`, `C` | `x` | two |\n| `reportbot ask` | does | |\n")
	want := map[string]string{"report": "REPORT", "a-b": "A_B", "c": "C"}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	help := "Usage: x\n\nCommands:\n  ask\n\nFlags:\n  -h, --help         Show help.\n      --version      Show the version.\n\nReport:\n" +
		"  --report=WHERE   The report:\n                   a file. Default: the one ($REPORT).\n\nOther:\n  --a-b            Some - thing\n                   ($A_B).\n"
	if got, want := helpOptions(t, help), (map[string]string{"report": "REPORT", "a-b": "A_B"}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// shownRun is a block of a README that shows a command and what it prints; "…"
// marks an omission, alone on a line for whole lines.
var shownRun = regexp.MustCompile("(?s)```\n\\$ (?:echo \"([^\"]*)\" \\| )?(make run|reportbot [^\n]*)\n(.*?)```")

func TestTheReadmeShowsWhatTheProgramPrints(t *testing.T) {
	t.Parallel()
	blocks := shownRun.FindAllStringSubmatch(readme(t, own)+readme(t, "store"), -1)
	if len(blocks) < 2 {
		t.Fatalf("the READMEs show %d runs: blocks that begin with $ make run or $ reportbot", len(blocks))
	}
	for _, block := range blocks {
		question, command, want := block[1], block[2], block[3]
		t.Run(command, func(t *testing.T) {
			p := newProgram(t)
			p.stdin = question + "\n"
			args := strings.Fields(command)[1:]
			if command == "make run" {
				args = nil
			}
			pattern := "^"
			for line := range strings.Lines(want) {
				if line == "…\n" {
					pattern += `(?:.*\n)*?`
				} else {
					pattern += strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*")
				}
			}
			printed := strings.TrimRight(p.must(args...), "\n") + "\n"
			if !regexp.MustCompile(pattern + "$").MatchString(printed) {
				t.Errorf("printed is\n%s", printed)
			}
		})
	}
}

// The two READMEs have the same structure and links.
func TestBothReadmesHaveTheSamePartsAndLinks(t *testing.T) {
	vietnamese, err := os.ReadFile("../../README.vi.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []struct{ name, pattern string }{
		{"headings", `(?m)^##? `}, {"links", `\]\(([a-z/.]+/[^)]*)\)`}, {"blocks of text to copy", "(?s)```.*?```"},
	} {
		find := regexp.MustCompile(what.pattern)
		en, vi := find.FindAllString(readme(t, ""), -1), find.FindAllString(string(vietnamese), -1)
		if len(en) == 0 || !slices.Equal(en, vi) {
			t.Errorf("the %s are not the same: %q in English, %q in Vietnamese", what.name, en, vi)
		}
	}
}

// The READMEs' links to files of the repository are valid.
func TestTheReadmesLinksAreValid(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^):]+)\)`)
	for _, folder := range []string{"", own, "bot/answer", "bot/answer/claim", "bot/summary", "bot/telegram", "retrieval", "store"} {
		for _, m := range link.FindAllStringSubmatch(readme(t, folder), -1) {
			if _, err := os.Stat(filepath.Join("..", "..", folder, m[1])); err != nil {
				t.Errorf("%s/README.md: %v", folder, err)
			}
		}
	}
}
