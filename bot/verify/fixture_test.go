package verify

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

// The reports that messages are checked against: a small one, and the one that the
// tables are about, which is no part of the repository.
const (
	bridge   = "../testdata/bridge.vi.txt"
	original = "../../../shared/report/isw-2024-11-01.vi.txt"
)

// over returns a Verifier over a report; the test is skipped where the report isn't.
func over(t testing.TB, location string, model answer.Model, options ...answer.Option) *Verifier {
	t.Helper()
	if _, err := os.Stat(location); location == original && os.IsNotExist(err) {
		t.Skip("the original report is not here")
	}
	source, err := report.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Load(t.Context(), source, ""); err != nil {
		t.Fatal(err)
	}
	finder := retrieval.New(s)
	return New(s, finder, answer.New(s, finder, model, options...))
}

func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []T
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, one)
	}
	return all
}
