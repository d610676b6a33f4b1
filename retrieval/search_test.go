package retrieval_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixture is a store with the embedded report, one for all tests.
type fixture struct {
	store   *store.Store
	edition *store.Edition
	source  *report.Source
}

var embeddedReport = sync.OnceValues(func() (f fixture, err error) {
	ctx := context.Background()
	if f.store, err = store.Open(ctx, store.Memory); err != nil {
		return f, err
	}
	if f.source, err = report.Open(ctx, report.Embedded); err != nil {
		return f, err
	}
	f.edition, err = f.store.Load(ctx, f.source, "")
	return f, err
})

// loaded returns a store with the embedded report, not to be closed.
func loaded(t testing.TB) fixture {
	t.Helper()
	f, err := embeddedReport()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// embedded returns a searcher over the embedded report.
func embedded(t testing.TB) (*retrieval.Searcher, *store.Edition) {
	t.Helper()
	f := loaded(t)
	return retrieval.New(f.store), f.edition
}

// The golden file shows the three passages nearest to each question, so that a
// change in ranking is seen in the diff.
func TestRankingOfTheEmbeddedReport(t *testing.T) {
	searcher, edition := embedded(t)
	questions, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for question := range strings.Lines(string(questions)) {
		question = strings.TrimSpace(question)
		hits, err := searcher.Search(context.Background(), edition, question, 3)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "? %s\n", question)
		for _, hit := range hits {
			begin := []rune(hit.Text())
			fmt.Fprintf(&got, "  paragraph %d %v: %s…\n", hit.Paragraph, hit.Footnotes(), string(begin[:min(50, len(begin))]))
		}
	}
	mustBeGolden(t, "testdata/ranking.golden", got.String(), "the ranking has changed")
}

// mustBeGolden compares got with a golden file; with -update it writes it anew.
func mustBeGolden(t *testing.T, golden, got, fault string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s; look at the diff after -update:\n%s", fault, got)
	}
}

func TestAnyQuestionIsSearched(t *testing.T) {
	searcher, edition := embedded(t)
	for _, test := range []struct {
		name, question string
		none           bool
	}{
		{"blank", " \n\t", true},
		{"punctuation", "?!… -- ()", true},
		{"an emoji", "🙂", true},
		{"stop words", "là của và có những", false},
		{"operators", `"Kursk" AND (NOT OR NEAR/2 x:) * ^ - + title:x`, false},
		{"an open quote", `"Kursk`, false},
		{"a NUL", "Kur\x00sk Kursk", false},
		{"invalid UTF-8", "Kursk \xff\xfe", false},
		{"10,000 characters", strings.Repeat("Kursk ở đâu ", 900), false},
		{"one word of 10,000 letters", strings.Repeat("k", 10_000), true},
		{"another script", "日本語の質問", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			hits, err := searcher.Search(context.Background(), edition, test.question, 5)
			if err != nil {
				t.Fatal(err)
			}
			if (len(hits) == 0) != test.none {
				t.Errorf("%d passages", len(hits))
			}
			if len(hits) > 5 {
				t.Errorf("%d passages for k = 5", len(hits))
			}
		})
	}
}

func TestScoresFallAndPassagesAreWhole(t *testing.T) {
	searcher, edition := embedded(t)
	hits, err := searcher.Search(context.Background(), edition, "Triều Tiên và Nga", 50)
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) < 10 {
		t.Fatalf("only %d passages for words that are everywhere", len(hits))
	}
	for i, hit := range hits {
		if i > 0 && hit.Score > hits[i-1].Score {
			t.Errorf("passage %d scores %.3f after %.3f", i+1, hit.Score, hits[i-1].Score)
		}
		if len(hit.Sentences) != len(hit.Passage.Sentences) {
			t.Errorf("passage %d: %d sentences ranked of %d", i+1, len(hit.Sentences), len(hit.Passage.Sentences))
		}
		for _, s := range hit.Sentences {
			if s.Share < 0 || s.Share > 1.000001 {
				t.Errorf("%q has a share of %.2f", s.Text, s.Share)
			}
		}
	}
}

// A question about what the report never names is not borne out by sentences
// that share its other words.
func TestQuestionsOnWhatTheReportNeverNames(t *testing.T) {
	searcher, edition := embedded(t)
	for _, test := range []struct {
		name, question string
		elsewhere      bool
	}{
		{"a person", "Trump nói gì về quân Triều Tiên ở Nga?", true},
		{"a body", "How did NATO react to the North Korean troops?", true},
		{"a state, by its capital", "Tokyo đáp lại quân Triều Tiên ở Nga ra sao?", true},
		{"a year", "Triều Tiên gửi quân tới Nga năm 2031?", true},
		{"a thing to be counted", "Triều Tiên giao cho Nga bao nhiêu xe tăng?", true},
		{"a thing to be counted, in Russian", "Сколько танков КНДР передала России?", true},
		{"a state that is named, by its capital", "Washington nói gì về container vũ khí?", false},
		{"a person under another spelling", "Ông Kim Chính Ân tới Nga ngày nào?", false},
		{"a thing that is counted", "Bao nhiêu lính Bắc Hàn tới Nga?", false},
		{"a year that is named", "Ông Kim tới Nga năm 2023 ngày nào?", false},
		{"a question word that an agency is named like", "Who met Choe Son-hui in Moscow?", false},
		{"a small syllable that an agency is named like", "linh bac han o dia diem nao tai nga", false},
		{"these, not how many", "Mấy xe tăng đó của Nga ở Kursk ra sao?", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			hits, err := searcher.Search(context.Background(), edition, test.question, 5)
			if err != nil || len(hits) == 0 {
				t.Fatalf("%d passages, %v", len(hits), err)
			}
			most := 0.
			for _, hit := range hits {
				for _, s := range hit.Sentences {
					most = max(most, s.Share)
				}
			}
			if (most == 0) != test.elsewhere {
				t.Errorf("the best sentence has a share of %.2f", most)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	searcher, edition := embedded(b)
	for b.Loop() {
		if _, err := searcher.Search(context.Background(), edition, "Bao nhiêu lính Bắc Hàn đã tới vùng Kursk?", 5); err != nil {
			b.Fatal(err)
		}
	}
}

// counting counts how often the index is read.
type counting struct {
	*store.Store
	reads int
}

func (c *counting) Postings(ctx context.Context, edition int64, terms []store.Term) ([][]int64, error) {
	c.reads++
	return c.Store.Postings(ctx, edition, terms)
}

func (c *counting) Frequencies(ctx context.Context, edition int64, terms []store.Term) (map[store.Term]int, error) {
	c.reads++
	return c.Store.Frequencies(ctx, edition, terms)
}

func TestWhatWasReadOfAReportIsNotReadAgain(t *testing.T) {
	edition := loaded(t).edition
	index := &counting{Store: loaded(t).store}
	searcher := retrieval.New(index)
	var found [2][]retrieval.Hit
	for i := range found {
		var err error
		if found[i], err = searcher.Search(context.Background(), edition, "Bao nhiêu lính Bắc Hàn đã tới vùng Kursk?", 5); err != nil {
			t.Fatal(err)
		}
	}
	// Once for the report's language, for how frequent the terms are, and for where.
	if index.reads != 3 || len(found[0]) != 5 || !reflect.DeepEqual(found[0], found[1]) {
		t.Errorf("the index was read %d times, and %d passages were found", index.reads, len(found[0]))
	}
}
