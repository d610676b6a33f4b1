package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"reportbot/store/text"
)

// shared is where data that is no part of the repository lies, if anywhere.
const shared = "../../../shared/report"

// damagedNotes are the notes of the report that no rule recovers whole.
var damagedNotes = []int{19, 48, 59, 60, 76}

// sharedFile reads a file of the shared data, and skips the test where there is
// none.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(shared, name))
	if os.IsNotExist(err) {
		t.Skipf("the shared file %s is not here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const originalFile = "isw-2024-11-01.vi.txt"

var parseOriginal = sync.OnceValues(func() (*Report, error) {
	data, err := os.ReadFile(filepath.Join(shared, originalFile))
	if err != nil {
		return nil, err
	}
	return Parse(data)
})

// original returns the report as its authors published it, in translation, parsed once
// for all tests.
func original(t *testing.T) *Report {
	t.Helper()
	r, err := parseOriginal()
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the original report is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkNotes holds a report's notes to what is known of them.
func checkNotes(t *testing.T, r *Report) {
	t.Helper()
	if len(r.Footnotes) != 114 {
		t.Errorf("%d notes, want 114", len(r.Footnotes))
	}
	same(t, "uncited", r.Uncited, nil)
	same(t, "missing", r.Missing, nil)
	same(t, "warnings", r.Warnings, nil)
	var damaged []int
	for i, f := range r.Footnotes {
		if f.N != i+1 {
			t.Errorf("note %d has the number %d", i+1, f.N)
		}
		if len(f.Links) == 0 {
			t.Errorf("note [%d] has no good link: %q", f.N, f.Raw)
		}
		if len(f.Damaged) > 0 {
			damaged = append(damaged, f.N)
		}
	}
	same(t, "damaged notes", damaged, damagedNotes)
}

func TestOriginal(t *testing.T) {
	r := original(t)
	if r.Date != "2024-11-01" || len(r.Authors) != 3 || len(r.Sections) != 5 || !strings.Contains(r.Title, "Đông Bắc Á") {
		t.Errorf("title %q, date %s, authors %q, sections %q", r.Title, r.Date, r.Authors, r.Sections)
	}
	checkNotes(t, r)
	for _, p := range r.Passages() {
		passage := p.Text()
		if len([]rune(passage)) > MaxPassage || passage != text.Clean(passage) {
			t.Errorf("paragraph %d: no passage is like this: %q", p.Paragraph.N, passage)
		}
	}
}

func TestOriginalLinksMatchManualResolution(t *testing.T) {
	var want []struct {
		N        int
		URLs     []string
		Defanged bool
		Damaged  []string
	}
	if err := json.Unmarshal(sharedFile(t, "dev-links.json"), &want); err != nil {
		t.Fatal(err)
	}
	if len(want) != 40 {
		t.Fatalf("%d notes to compare with, want 40", len(want))
	}
	r := original(t)
	for _, w := range want {
		f, ok := r.Footnote(w.N)
		if !ok {
			t.Errorf("no note [%d]", w.N)
			continue
		}
		var links []string
		for _, link := range f.Links {
			links = append(links, link.URL)
		}
		if !slices.Equal(links, w.URLs) || f.Defanged != w.Defanged || !slices.Equal(f.Damaged, w.Damaged) {
			t.Errorf("note [%d]\n got %q, defanged %v, damaged %q\nwant %q, %v, %q", w.N, links, f.Defanged, f.Damaged, w.URLs, w.Defanged, w.Damaged)
		}
	}
}

// A gold quote is words of the report that answer a question.
func TestEveryGoldQuoteIsInOnePassageWithItsNotes(t *testing.T) {
	r := original(t)
	passages := r.Passages()
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "dev-questions.jsonl")))
	lines.Buffer(nil, 1<<20)
	quotes := 0
	for lines.Scan() {
		var item struct {
			ID        string
			Gold      []struct{ Quote string }
			Footnotes []int
		}
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		var notes []int
		for _, gold := range item.Gold {
			quotes++
			held := -1
			for i := range passages {
				if numbers, ok := holding(passages[i], gold.Quote); ok {
					notes, held = append(notes, numbers...), i
					break
				}
			}
			if held < 0 {
				t.Errorf("%s: no passage holds %q", item.ID, gold.Quote)
			}
		}
		slices.Sort(notes)
		if notes = slices.Compact(notes); !slices.Equal(notes, item.Footnotes) {
			t.Errorf("%s: the sentences have the notes %v, want %v", item.ID, notes, item.Footnotes)
		}
	}
	if quotes < 40 {
		t.Errorf("%d quotes were looked for, want 40 or more", quotes)
	}
}

// holding returns the notes of those sentences of a passage that hold a quote,
// white space and markers aside.
func holding(p Passage, quote string) (notes []int, ok bool) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(bracketMarker.ReplaceAllString(s, "")), "") }
	var all strings.Builder
	ends := make([]int, len(p.Sentences))
	for i, s := range p.Sentences {
		all.WriteString(squeeze(s.Text))
		ends[i] = all.Len()
	}
	quote = squeeze(quote)
	from := strings.Index(all.String(), quote)
	if from < 0 {
		return nil, false
	}
	start := 0
	for i, s := range p.Sentences {
		if start < from+len(quote) && ends[i] > from {
			notes = append(notes, s.Footnotes...)
		}
		start = ends[i]
	}
	return notes, true
}
