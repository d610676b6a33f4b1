package report

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"reportbot/store/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

var openEmbedded = sync.OnceValues(func() (*Source, error) { return Open(context.Background(), Embedded) })

// embedded returns the report that the program carries, parsed once for all tests.
func embedded(t *testing.T) *Report {
	t.Helper()
	source, err := openEmbedded()
	if err != nil {
		t.Fatal(err)
	}
	return source.Report
}

func TestEmbeddedReport(t *testing.T) {
	checkNotes(t, embedded(t))
	if source, _ := openEmbedded(); source.Location != Embedded || len(source.SHA256) != 64 {
		t.Errorf("location %q, sum %q", source.Location, source.SHA256)
	}
}

// shortForm is what is read of a report, without its text.
type shortForm struct {
	Title    string
	Date     string
	Authors  []string
	Sections []string

	Paragraphs, Sentences, Passages, Notes int

	Footnotes []shortNote
}

type shortNote struct {
	N        int
	Links    []string
	Defanged bool     `json:",omitempty"`
	Damaged  []string `json:",omitempty"`
}

func inShort(r *Report) shortForm {
	short := shortForm{
		Title: r.Title, Date: r.Date, Authors: r.Authors, Sections: r.Sections,
		Paragraphs: len(r.Paragraphs), Sentences: r.SentenceCount(), Passages: len(r.Passages()), Notes: len(r.Footnotes),
	}
	for _, f := range r.Footnotes {
		note := shortNote{N: f.N, Defanged: f.Defanged, Damaged: f.Damaged}
		for _, link := range f.Links {
			note.Links = append(note.Links, link.URL)
		}
		short.Footnotes = append(short.Footnotes, note)
	}
	return short
}

func TestEmbeddedReportFields(t *testing.T) {
	var got bytes.Buffer
	encoder := json.NewEncoder(&got)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(inShort(embedded(t))); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "digest.check.json"), got.String())
}

// golden compares what was read with a golden file.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if got == string(want) {
		return
	}
	wantLines := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wantLines) || line != wantLines[i] {
			t.Fatalf("%s, line %d, differs (-update writes it anew):\n got %s\nwant %s", path, i+1, line, strings.Join(wantLines[i:min(i+1, len(wantLines))], ""))
		}
	}
	t.Fatalf("%s has lines more than were read (-update writes it anew)", path)
}

// The digest tells what the original tells, from the same notes.
func TestEmbeddedReportHasTheOriginalsMarkers(t *testing.T) {
	want, got := original(t), embedded(t)
	if len(got.Paragraphs) != len(want.Paragraphs) || len(got.Sections) != len(want.Sections) {
		t.Fatalf("%d paragraphs, %d sections; the original has %d, %d",
			len(got.Paragraphs), len(got.Sections), len(want.Paragraphs), len(want.Sections))
	}
	markers := func(p Paragraph) (numbers []int) {
		for _, s := range p.Sentences {
			numbers = append(numbers, s.Footnotes...)
		}
		return numbers
	}
	for i := range want.Paragraphs {
		if g, w := markers(got.Paragraphs[i]), markers(want.Paragraphs[i]); !slices.Equal(g, w) {
			t.Errorf("paragraph %d has the markers %v, the original %v", i+1, g, w)
		}
		if g, w := got.Paragraphs[i], want.Paragraphs[i]; g.Entry != w.Entry || g.Year != w.Year {
			t.Errorf("paragraph %d is in %q, %d, the original in %q, %d", i+1, g.Entry, g.Year, w.Entry, w.Year)
		}
	}
	for i := range want.Footnotes {
		if g, w := got.Footnotes[i], want.Footnotes[i]; !slices.Equal(g.Links, w.Links) || !slices.Equal(g.Damaged, w.Damaged) {
			t.Errorf("note [%d] is read otherwise than the original's: %+v, %+v", w.N, g, w)
		}
	}
}

var quotation = regexp.MustCompile(`“[^”]*”`)

// The digest has words of its own: only names, numbers and what is quoted are
// the original's.
func TestEmbeddedReportIsNoCopy(t *testing.T) {
	const most = 11 // words in a row that both may have
	theirs := map[string]int{}
	eachRun(original(t), most+1, nil, func(run string, paragraph int) { theirs[run] = paragraph })
	if len(theirs) < 5000 {
		t.Fatalf("the original has %d runs of words", len(theirs))
	}
	eachRun(embedded(t), most+1, quotation, func(run string, paragraph int) {
		if from, ok := theirs[run]; ok {
			t.Errorf("paragraph %d has words of the original's paragraph %d: %s", paragraph, from, run)
		}
	})
}

// eachRun calls found with every run of n words of a report's text; no run goes
// over what without matches.
func eachRun(r *Report, n int, without *regexp.Regexp, found func(run string, paragraph int)) {
	for i, paragraph := range append([]string{r.Title}, paragraphs(r)...) {
		parts := []string{paragraph}
		if without != nil {
			parts = without.Split(paragraph, -1)
		}
		for _, own := range parts {
			words := []string{}
			for _, word := range text.Words(own) {
				words = append(words, word.Exact)
			}
			for from := 0; from+n <= len(words); from++ {
				found(strings.Join(words[from:from+n], " "), i)
			}
		}
	}
}
