package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be its own child process.
func TestMain(m *testing.M) {
	if job := os.Getenv(jobVariable); job != "" {
		if err := work(context.Background(), job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// embedded is the material without the development data.
func embedded(t *testing.T) *material {
	t.Helper()
	m, err := read(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestACorpusHasAsManyPassagesAsAskedForAndIsAlwaysTheSame(t *testing.T) {
	m := embedded(t)
	for _, n := range []int{10, 300} {
		c := newCorpus(m, n)
		if got := len(c.report.Passages()); got != n || len(c.report.Paragraphs) != n {
			t.Errorf("%d passages of %d paragraphs, want %d", got, len(c.report.Paragraphs), n)
		}
		if !reflect.DeepEqual(c, newCorpus(m, n)) {
			t.Errorf("%d passages: a second corpus differs", n)
		}
		places := map[int]bool{}
		for _, q := range c.asked {
			places[q.passage] = true
		}
		if len(places) == 0 || len(places) > n/2 {
			t.Errorf("%d of %d passages are planted", len(places), n)
		}
	}
}

func TestEveryEngineFindsWhatIsPlanted(t *testing.T) {
	ctx := context.Background()
	c := newCorpus(embedded(t), 300)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := e.build(ctx, dir, c.report); err != nil {
				t.Fatal(err)
			}
			s, err := e.open(ctx, dir)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			// The questions are words of the planted passages, in their order.
			times, found, err := ask(ctx, s, c)
			if err != nil || len(times) != len(c.asked) || found*2 < len(c.asked) {
				t.Errorf("%d of %d planted passages found (%v)", found, len(c.asked), err)
			}
			if numbers, err := s.Search(ctx, "?!", 10); err != nil || len(numbers) > 0 {
				t.Errorf("without a word: %v (%v)", numbers, err)
			}
			if numbers, err := s.Search(ctx, c.asked[0].question, 3); err != nil || len(numbers) != 3 {
				t.Errorf("the best three: %v (%v)", numbers, err)
			}
		})
	}
}

func TestWithoutTheDevelopmentDataOnlyTimeIsMeasured(t *testing.T) {
	var printed bytes.Buffer
	o := options{shared: t.TempDir(), sizes: []int{300}, rounds: 2, quality: true, load: 100_000}
	if err := compare(context.Background(), o, &printed, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Quality is not measured", "\n300 passages\n", "search, p99, ms", "planted recall@5", "build, passages/s", "memory once open, MB", "while 0.1 MB are loaded", "load in the background, s"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("%q is not in\n%s", want, printed.String())
		}
	}
}

func TestQualityOfQuestionsThatAnyEngineAnswers(t *testing.T) {
	shared := t.TempDir()
	river := strings.Repeat("Sông Hồng chảy qua vùng đồng bằng rộng lớn. ", 5) + "Cầu Long Biên dài 1682 mét."
	mountain := strings.Repeat("Núi Fansipan cao nhất miền bắc và phủ mây. ", 5) + "Đỉnh núi cao 3143 mét."
	for name, content := range map[string]string{
		"report/isw-2024-11-01.vi.txt": river + "\n" + mountain + "\n",
		"report/dev-questions.jsonl":   `{"q": "Cầu Long Biên dài mấy mét?", "kind": "fact", "gold": [{"quote": "dài 1682 mét"}]}`,
		"xquad/vi-dev.jsonl": fmt.Sprintf(`{"paragraph": %q, "questions": [{"vi": "Cầu Long Biên dài bao nhiêu?", "en": "How long is Long Biên?", "answer": "1682 mét"}]}
{"paragraph": %q, "questions": [{"vi": "Đỉnh núi Fansipan cao bao nhiêu?", "en": "How high is Fansipan?", "answer": "3143 mét"}]}`, river, mountain),
		"external/mlqa-vi-dev.jsonl": `{"paragraphs": ["Hồ Gươm nằm giữa thành phố."]}`,
	} {
		path := filepath.Join(shared, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := read(context.Background(), shared)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := quality(context.Background(), m, engines)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{7, 4} { // measures
		if len(tables[i].rows) != want {
			t.Errorf("%s: %d rows, want %d", tables[i].title, len(tables[i].rows), want)
		}
		for _, r := range tables[i].rows {
			if slices.Contains([]string{"nDCG@10, vietnamese", "recall@1, fact, 1 questions"}, r.name) && slices.Min(r.values) != 1 {
				t.Errorf("%s: %v", r.name, r.values)
			}
		}
	}
}

func TestPercentiles(t *testing.T) {
	for _, test := range []struct{ n, p, want int }{{1, 50, 1}, {1, 99, 1}, {4, 50, 2}, {200, 50, 100}, {200, 99, 198}} {
		var sorted []time.Duration
		for i := range test.n {
			sorted = append(sorted, time.Duration(i+1))
		}
		if got := percentile(sorted, test.p); got != time.Duration(test.want) {
			t.Errorf("p%d of %d: %d, want %d", test.p, test.n, got, test.want)
		}
	}
}

func TestTables(t *testing.T) {
	made := table{title: "Thing", columns: []string{"ours", "bleve"}}
	made.set(0, "time, ms", "%.1f", 1)
	made.set(1, "time, ms", "%.1f", 4)
	made.set(0, "đúng", "%.2f", .5)
	for _, test := range []struct {
		markdown bool
		want     string
	}{
		{false, "Thing\n            ours  bleve  ours / bleve\n  time, ms   1.0    4.0          0.25\n  đúng      0.50      -             -\n\n"},
		{true, "**Thing**\n\n|  | ours | bleve | ours / bleve |\n| --- | ---: | ---: | ---: |\n| time, ms | 1.0 | 4.0 | 0.25 |\n| đúng | 0.50 | - | - |\n\n"},
	} {
		var got bytes.Buffer
		if err := made.write(&got, test.markdown); err != nil || got.String() != test.want {
			t.Errorf("got\n%s(%v)\nwant\n%s", got.String(), err, test.want)
		}
	}
}
