package summary_test

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/summary"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// The reports that are summed up: a small one, the embedded one, and the one
// that it restates, which is no part of the repository.
const (
	bridge   = "../testdata/bridge.vi.txt"
	digest   = report.Embedded
	original = "../../../shared/report/isw-2024-11-01.vi.txt"
)

// library is a store in memory with a report in it. What a model makes is kept for the
// library alone; all else is shared by those who open the same report.
type library struct {
	*store.Store
	finder *retrieval.Searcher
	made   *sync.Map // by store.SummaryKey
}

var (
	opening sync.Mutex
	opened  = map[string]library{}
)

// open returns a report's library, whose editions and counts nobody may change; the test
// is skipped where the report isn't.
func open(t testing.TB, location string) library {
	t.Helper()
	opening.Lock()
	defer opening.Unlock()
	l, known := opened[location]
	if !known {
		l = load(t, location)
		opened[location] = l
	}
	l.made = &sync.Map{}
	return l
}

// load returns a library of the test's own.
func load(t testing.TB, location string) library {
	t.Helper()
	if location == original {
		if _, err := os.Stat(location); os.IsNotExist(err) {
			t.Skip("the original report is not here")
		}
	}
	source, err := report.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), source, ""); err != nil {
		t.Fatal(err)
	}
	return library{s, retrieval.New(s), &sync.Map{}}
}

func (l library) Summary(ctx context.Context, key store.SummaryKey) ([]byte, error) {
	if key.Mode != string(answer.ByModel) {
		return l.Store.Summary(ctx, key)
	}
	if content, found := l.made.Load(key); found {
		return content.([]byte), nil
	}
	return nil, store.ErrNotFound
}

func (l library) SaveSummary(ctx context.Context, key store.SummaryKey, content []byte) error {
	if key.Mode != string(answer.ByModel) {
		return l.Store.SaveSummary(ctx, key, content)
	}
	l.made.Store(key, content)
	return nil
}

// maker returns what sums the report up: by the model at srv, or without one.
func (l library) maker(srv *modeltest.Server) *summary.Maker {
	var writer answer.Model
	if srv != nil {
		writer = model.New(model.Config{URL: srv.URL, Model: modeltest.Model})
	}
	return summary.New(l, l.finder, answer.New(l.Store, l.finder, writer))
}

// summarize makes a Vietnamese summary.
func summarize(t testing.TB, m *summary.Maker, request summary.Request) *summary.Summary {
	t.Helper()
	request.Language = text.Vietnamese
	s, err := m.Summarize(t.Context(), request, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	checkSummary(t, s)
	return s
}

// checkSummary holds a summary to what is so of any: its claims are those of
// its sections, and what they rest on says where it stands.
func checkSummary(t testing.TB, s *summary.Summary) {
	t.Helper()
	var all []answer.Claim
	for _, section := range s.Sections {
		if len(section.Claims) == 0 {
			t.Errorf("section %q has no statements", section.Title)
		}
		all = append(all, section.Claims...)
	}
	if len(all) != len(s.Claims) {
		t.Errorf("%d statements, and %d in sections", len(s.Claims), len(all))
	}
	for _, claim := range all {
		if len(claim.Sources) == 0 || len(claim.Sources) != len(claim.Paragraphs) {
			t.Errorf("%q rests on %d sentences in %d paragraphs", claim.Text, len(claim.Sources), len(claim.Paragraphs))
		}
	}
	noted := map[int]bool{}
	for _, f := range s.Footnotes {
		noted[f.N] = true
	}
	for _, claim := range all {
		for _, n := range claim.Footnotes {
			if !noted[n] {
				t.Errorf("%q has the footnote %d, which the summary doesn't list", claim.Text, n)
			}
		}
	}
}

// mentions reports whether one of the texts has a term of each list, in any
// case.
func mentions(texts []string, lists ...[]string) bool {
	for _, s := range texts {
		s = strings.ToLower(s)
		all := true
		for _, list := range lists {
			one := false
			for _, term := range list {
				one = one || strings.Contains(s, strings.ToLower(term))
			}
			all = all && one
		}
		if all {
			return true
		}
	}
	return false
}

func textsOf(claims []answer.Claim) []string {
	var texts []string
	for _, claim := range claims {
		texts = append(texts, claim.Text)
	}
	return texts
}

// body returns the report's passages.
func (l library) body(t testing.TB) []store.Passage {
	t.Helper()
	edition, err := l.Live(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	body, err := l.Body(context.Background(), edition.ID)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
