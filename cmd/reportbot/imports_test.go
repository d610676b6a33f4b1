package main

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"reportbot/store/text/lazyregexp"
)

// module is the prefix of our own import paths.
const module = "reportbot/"

// listed is a package as `go list` knows it.
type listed struct {
	ImportPath   string
	Imports      []string
	Deps         []string // of the package without its tests
	TestImports  []string
	XTestImports []string
}

// name is the package's path in the module.
func (p listed) name() string { return strings.TrimPrefix(p.ImportPath, module) }

// tests returns the imports of its tests.
func (p listed) tests() []string { return slices.Concat(p.TestImports, p.XTestImports) }

func packages(t *testing.T) []listed {
	t.Helper()
	all, err := listPackages()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages", len(all))
	}
	return all
}

var listPackages = sync.OnceValues(func() (all []listed, err error) {
	list := exec.Command("go", "list", "-tags", "sqlite_fts5", "-json=ImportPath,Imports,Deps,TestImports,XTestImports", "./...")
	list.Dir = filepath.Join("..", "..")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
})

// under reports whether a package is the folder's or below it.
func under(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return path == folder || strings.HasPrefix(path, folder+"/")
	})
}

// mayImport lists which of our folders a folder's packages may import, besides packages
// below itself: cmd > bot > retrieval > store; prompts imports none.
var mayImport = map[string][]string{
	"cmd":       {"bot", "retrieval", "store", "prompts"},
	"bot":       {"retrieval", "store", "prompts"},
	"retrieval": {"store"},
	"store":     {},
	"prompts":   {},
}

// neverImport lists imports that are allowed for a folder but not for these packages and
// those below them.
var neverImport = map[string][]string{
	"bot/answer":   {"bot/telegram", "bot/console"},
	"bot/model":    {"bot/telegram", "bot/console", "bot/answer", "bot/summary"},
	"bot/summary":  {"bot/telegram", "bot/console"},
	"bot/verify":   {"bot/telegram", "bot/console", "bot/summary"},
	"bot/telegram": {"bot/console"},
	"bot/console":  {"bot/telegram"},
	"store/text":   {"store/report"},
}

// aboveIt lists packages that may import the packages below them, but not vice versa.
var aboveIt = []struct{ upper, lower string }{
	{"bot/telegram", "bot"}, {"bot/console", "bot"}, {"bot", "bot/summary"}, {"bot", "bot/verify"}, {"bot/verify", "bot/answer"}, {"bot/summary", "bot/answer"}, {"bot", "bot/answer"}, {"bot/answer", "bot/model"}, {"store", "store/report"}, {"store", "store/text"},
	{"store/reload", "store"}, {"store/export", "store"},
}

func TestPackagesImportOnlyLowerFolders(t *testing.T) {
	for _, p := range packages(t) {
		name := p.name()
		top, _, _ := strings.Cut(name, "/")
		allowed, known := mayImport[top]
		if !known {
			t.Errorf("%s is in none of the folders cmd, bot, retrieval, store, prompts", name)
		}
		for _, path := range p.Imports {
			ours, ok := strings.CutPrefix(path, module)
			if !ok {
				continue
			}
			if !under(ours, append(allowed, top)...) {
				t.Errorf("%s imports %s, which is above it", name, ours)
			}
			for folder, forbidden := range neverImport {
				if under(name, folder) && under(ours, forbidden...) {
					t.Errorf("%s imports %s", name, ours)
				}
			}
			for _, pair := range aboveIt {
				if name == pair.lower && ours == pair.upper {
					t.Errorf("%s imports %s, which is above it", name, ours)
				}
			}
		}
	}
}

// listedPackage is where the package comment's list names a package.
var listedPackage = regexp.MustCompile(`(?m)^\s*- ([a-z/]+)`)

// testPrograms are packages that only tests import or run.
var testPrograms = []string{"bot/telegram/telegramtest", "bot/telegram/echobot", "bot/model/modeltest", "store/lease/leasetest"}

// The package comment lists the program's packages; each imports only those above it.
func TestPackagesAreListedAboveThoseThatImportThem(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	list, _, _ := strings.Cut(file.Doc.Text(), "# The life of a question")
	line := map[string]int{}
	for i, m := range listedPackage.FindAllStringSubmatch(list, -1) {
		line[m[1]] = i + 1
	}
	for _, p := range packages(t) {
		if slices.Contains(testPrograms, p.name()) {
			continue
		}
		if line[p.name()] == 0 {
			t.Errorf("the package comment doesn't list %s", p.name())
		}
		for _, path := range p.Imports {
			if ours, ok := strings.CutPrefix(path, module); ok && line[ours] >= line[p.name()] {
				t.Errorf("%s imports %s, which is not listed above it", p.name(), ours)
			}
		}
	}
}

// standard reports whether an import path is the standard library's.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != strings.TrimSuffix(module, "/")
}

func TestLibrariesAreImportedOnlyWhereAllowed(t *testing.T) {
	const (
		openAI   = "github.com/sashabaranov/go-openai"
		telegram = "github.com/go-telegram/bot"
	)
	seen := map[string]int{}
	for _, p := range packages(t) {
		name := p.name()
		for _, path := range slices.Concat(p.Imports, p.tests()) {
			switch {
			case under(path, telegram):
				seen[telegram]++
				if !under(name, "bot/telegram") {
					t.Errorf("%s imports %s, as only bot/telegram may", name, path)
				}
			case under(path, openAI):
				seen[openAI]++
				if !under(name, "bot/model", "bot/answer", "prompts") {
					t.Errorf("%s imports %s, as only bot/model, bot/answer and prompts may", name, path)
				}
			}
		}
		if name == "bot/telegram/telegramtest" && slices.ContainsFunc(p.Imports, func(path string) bool { return under(path, telegram) }) {
			t.Errorf("%s imports the Telegram library; only its tests may", name)
		}
		for _, path := range p.Imports {
			if name == "prompts" && !standard(path) && path != openAI {
				t.Errorf("prompts imports %s; only the standard library and the OpenAI types are allowed", path)
			}
		}
		for _, path := range p.Deps {
			if under(name, "store/report", "store/text") && (path == "database/sql" || strings.Contains(path, "sqlite") || strings.Contains(path, "goose")) {
				t.Errorf("%s needs the database package %s", name, path)
			}
		}
	}
	if seen[telegram] == 0 || seen[openAI] == 0 {
		t.Errorf("the libraries are not found where they belong: %v", seen)
	}
}

// The fake servers of Telegram and the model are not part of the program.
func TestTestServersAreImportedOnlyByTests(t *testing.T) {
	servers := []string{module + "bot/telegram/telegramtest", module + "bot/model/modeltest", module + "store/lease/leasetest"}
	used := map[string]bool{}
	for _, p := range packages(t) {
		for _, path := range p.Imports {
			if under(path, servers...) {
				t.Errorf("%s imports %s outside its tests", p.name(), path)
			}
			if path == "testing" && !slices.Contains(servers, p.ImportPath) {
				t.Errorf("%s imports the package testing outside its tests", p.name())
			}
		}
		for _, path := range p.tests() {
			used[path] = true
		}
	}
	for _, server := range servers {
		if !used[server] {
			t.Errorf("no test uses %s", server)
		}
	}
}

func TestThereAreFiveFolders(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			got = append(got, entry.Name())
		}
	}
	if want := []string{"bot", "cmd", "prompts", "retrieval", "store"}; !slices.Equal(got, want) {
		t.Errorf("the folders are %v, want %v", got, want)
	}
}

// Patterns are compiled when they are first used; a wrong one panics here.
func TestEveryPatternCompiles(t *testing.T) {
	if n := lazyregexp.CompileAll(); n < 100 {
		t.Errorf("%d patterns; the program has more", n)
	}
}
