package store

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// goTool runs the go command in this folder, without tags from outside.
func goTool(t *testing.T, args ...string) (output string, err error) {
	t.Helper()
	command := exec.Command("go", args...)
	command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	said, err := command.CombinedOutput()
	return string(said), err
}

// Without the tag SQLite comes without FTS5, and every search would fail. The
// one file is built by itself: it imports nothing, so no SQLite is compiled.
func TestABuildWithoutTheTagFailsAndNamesIt(t *testing.T) {
	for _, test := range []struct {
		tags string
		want bool // the file that fails is in the package
	}{{"", true}, {"sqlite_fts5", false}, {"fts5", true}} {
		files, err := goTool(t, "list", "-tags", test.tags, "-f", `{{join .GoFiles "\n"}}`, ".")
		if err != nil {
			t.Fatal(files)
		}
		if got := slices.Contains(strings.Fields(files), "needs_fts5.go"); got != test.want {
			t.Errorf("tags %q: needs_fts5.go is in the package: %v, want %v", test.tags, got, test.want)
		}
	}
	said, err := goTool(t, "build", "-o", os.DevNull, "needs_fts5.go")
	if err == nil || !strings.Contains(said, "undefined: build_with_the_tag_sqlite_fts5") {
		t.Errorf("got %v:\n%s\nwant a failure that names the tag", err, said)
	}
}
