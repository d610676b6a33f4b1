package bot

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

func readPhrases(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := phraseFiles.ReadFile("phrases/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	phrases := map[string]string{}
	if err := json.Unmarshal(data, &phrases); err != nil {
		t.Fatal(err)
	}
	if len(phrases) == 0 {
		t.Fatalf("phrases/%s.json has no phrase", language)
	}
	return phrases
}

var field = regexp.MustCompile(`\{\{(?:count )?\.(\w+)(?: "[a-z]+" "[a-z]+")?\}\}`)

func fields(phrase string) []string {
	var names []string
	for _, m := range field.FindAllStringSubmatch(phrase, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestPhrasesHaveTheSameKeysAndFieldsInBothLanguages(t *testing.T) {
	vi, en := readPhrases(t, "vi"), readPhrases(t, "en")
	for key := range vi {
		if _, ok := en[key]; !ok {
			t.Errorf("phrases/en.json has no %q", key)
		}
	}
	for key, phrase := range en {
		other, ok := vi[key]
		if !ok {
			t.Errorf("phrases/vi.json has no %q", key)
			continue
		}
		if !slices.Equal(fields(phrase), fields(other)) {
			t.Errorf("%q has the fields %v in English, %v in Vietnamese", key, fields(phrase), fields(other))
		}
		for _, s := range []string{phrase, other} {
			if strings.TrimSpace(s) != s || s == "" {
				t.Errorf("%q is blank, or has white space at an end: %q", key, s)
			}
			if left := field.ReplaceAllString(s, ""); strings.Contains(left, "{{") || strings.Contains(left, "}}") {
				t.Errorf("%q has a malformed field: %q", key, s)
			}
		}
		if phrase == other {
			t.Errorf("%q is not translated: %q", key, phrase)
		}
	}
}

func TestUsedPhrasesExistAndExistingOnesAreUsed(t *testing.T) {
	said := usedPhrases(t)
	for notice := range notices(t) {
		said[notice] = true
	}
	there := readPhrases(t, "vi")
	for key := range said {
		if _, ok := there[key]; !ok {
			t.Errorf("%q is used, but there is no such phrase", key)
		}
	}
	for key := range there {
		if !said[key] {
			t.Errorf("the phrase %q is never used", key)
		}
	}
}

func TestNoticePhrasesAreOneLine(t *testing.T) {
	for notice := range notices(t) {
		for _, language := range []text.Language{text.Vietnamese, text.English} {
			a := &answer.Answer{Language: language, Mode: answer.Extractive, Notice: answer.Notice(notice), Claims: []answer.Claim{{Text: "x"}}}
			if line := NoticeText(a); line == "" || strings.Contains(line, "\n") {
				t.Errorf("%s in %s: %q", notice, language, line)
			}
		}
	}
}

// usedPhrases returns the keys in the package's calls of say, sendPhrase and the like,
// and in its conversions to phrase. A key there is a literal, or a variable that is set
// to literals; a parameter's value is a literal elsewhere.
func usedPhrases(t *testing.T) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	for _, file := range sources(t, "*.go") {
		for _, declaration := range file.Decls {
			ast.Inspect(declaration, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				key := phraseKey(call)
				switch key := key.(type) {
				case nil:
				case *ast.BasicLit:
					said[unquote(t, key)] = true
				case *ast.Ident:
					for _, literal := range assigned(t, declaration, key.Name) {
						said[literal] = true
					}
				case *ast.CallExpr, *ast.IndexExpr, *ast.SelectorExpr: // of type phrase already
				default:
					t.Errorf("a phrase's key that can't be read: %T", key)
				}
				return true
			})
		}
	}
	if len(said) < 10 {
		t.Fatalf("only %d phrases are used; were say and sendPhrase renamed?", len(said))
	}
	return said
}

// phraseKey returns the argument of a call that names a phrase, or nil.
func phraseKey(call *ast.CallExpr) ast.Expr {
	name := ""
	switch called := call.Fun.(type) {
	case *ast.Ident:
		name = called.Name
	case *ast.SelectorExpr:
		name = "." + called.Sel.Name
	}
	at, ok := map[string]int{
		"say":             1, // say(language, key, ...)
		"phrase":          0, // phrase(key)
		".say":            0, // in.say(key, ...); also m.addText(text), whose text is no literal
		".reply":          0, // in.reply(key, ...)
		".sendPhrase":     3, // b.sendPhrase(ctx, in, out, key, ...)
		".produce":        2, // b.produce(ctx, in, note, ...)
		".replyUnhandled": 3, // b.replyUnhandled(ctx, in, out, key)
	}[name]
	if !ok || at >= len(call.Args) {
		return nil
	}
	return call.Args[at]
}

func assigned(t *testing.T, within ast.Node, name string) []string {
	t.Helper()
	var literals []string
	ast.Inspect(within, func(n ast.Node) bool {
		assignment, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, left := range assignment.Lhs {
			if ident, ok := left.(*ast.Ident); ok && ident.Name == name {
				if literal, ok := assignment.Rhs[i].(*ast.BasicLit); ok {
					literals = append(literals, unquote(t, literal))
				}
			}
		}
		return true
	})
	return literals
}

// notices returns the values of the constants of type answer.Notice, without
// the empty one.
func notices(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, file := range sources(t, "answer/*.go") {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Notice" {
				for _, value := range spec.Values {
					found[unquote(t, value.(*ast.BasicLit))] = true
				}
			}
			return true
		})
	}
	delete(found, string(answer.NoNotice))
	for _, known := range []answer.Notice{answer.NoModel, answer.ModelCut, answer.Stopped} {
		if !found[string(known)] {
			t.Fatalf("the notices read from the source are %v, without %q", slices.Collect(maps.Keys(found)), known)
		}
	}
	return found
}

// sources parses the files of a pattern, without tests.
func sources(t *testing.T, pattern string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return strings.HasSuffix(path, "_test.go") })
	if len(paths) == 0 {
		t.Fatalf("no source file matches %s", pattern)
	}
	var files []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func unquote(t *testing.T, literal *ast.BasicLit) string {
	t.Helper()
	s, err := strconv.Unquote(literal.Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCountOfOneIsSingular(t *testing.T) {
	for n, want := range map[int]string{1: "1 paragraph, 1 footnote", 0: "0 paragraphs, 0 footnotes", 2: "2 paragraphs, 2 footnotes", 1000: "1,000 paragraphs, 1,000 footnotes"} {
		if got := say(text.English, "report_counts", "Paragraphs", n, "Footnotes", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
