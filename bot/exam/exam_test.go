package exam

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

const bridge = "../testdata/bridge.vi.txt"

// open returns a store in memory with a report as its live edition.
func open(t testing.TB, path string) (*store.Store, *store.Edition) {
	t.Helper()
	source, err := report.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return load(t, source)
}

func load(t testing.TB, source *report.Source) (*store.Store, *store.Edition) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	edition, err := s.Load(t.Context(), source, "")
	if err != nil {
		t.Fatal(err)
	}
	return s, edition
}

func TestAReportSitsItsExamOnce(t *testing.T) {
	s, edition := open(t, bridge)
	e := New(s, retrieval.New(s))
	var sitting sync.WaitGroup
	results := make([]store.Exam, 3)
	for i := range results {
		sitting.Go(func() {
			var err error
			if results[i], err = e.Exam(t.Context(), edition); err != nil {
				t.Error(err)
			}
		})
	}
	sitting.Wait()
	stored, err := s.Exam(t.Context(), edition.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range append(results, stored) {
		if r.Facts == 0 || r.Facts != results[0].Facts || r.Found != results[0].Found || r.Examined != r.Found+len(r.Missed) {
			t.Errorf("the exam is %+v, and %+v", r, results[0])
		}
	}
	before, err := s.ExamQuestions(t.Context(), edition.ID)
	if err != nil || len(before) == 0 {
		t.Fatalf("offered are %v, %v", before, err)
	}
	if _, err := e.Exam(t.Context(), edition); err != nil {
		t.Fatal(err)
	}
	if after, err := s.ExamQuestions(t.Context(), edition.ID); err != nil || !slices.Equal(before, after) {
		t.Errorf("a second exam has changed the questions from %v to %v (%v)", before, after, err)
	}
}

// Sentences that differ only in a number can't be distinguished by a question for it.
func TestWhatNobodyCanFindIsNamed(t *testing.T) {
	var b strings.Builder
	b.WriteString("Sổ trực\n\n")
	for n := range 12 {
		fmt.Fprintf(&b, "Ca trực đêm ở Trạm Lam ghi %d chuyến tàu đi qua cửa sông và không có gì lạ.\n\n", 20+n)
	}
	b.WriteString("Trạm Lam được xây vào năm 1987 bằng gạch đỏ của làng Bát.\n")
	r, err := report.Parse([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	s, edition := load(t, &report.Source{Report: r, Location: "log.txt", SHA256: "x"})
	got, err := New(s, retrieval.New(s)).Exam(t.Context(), edition)
	if err != nil {
		t.Fatal(err)
	}
	if got.Examined != 13 || len(got.Missed) < 6 || got.Found+len(got.Missed) != 13 {
		t.Errorf("the exam is %+v", got)
	}
	for _, missed := range got.Missed {
		if !strings.HasPrefix(missed.Text, "Ca trực đêm") || missed.Paragraph < 1 || missed.Paragraph > 12 {
			t.Errorf("%+v was not found", missed)
		}
	}
	// A question with twelve answers is not offered.
	offered, err := s.ExamQuestions(t.Context(), edition.ID)
	if err != nil || len(offered) != 1 || offered[0].Question != "Trạm Lam được xây bằng gạch đỏ của làng Bát vào năm nào?" {
		t.Errorf("offered are %+v, %v", offered, err)
	}
}

func TestAnExamEndsWithItsContext(t *testing.T) {
	s, edition := open(t, bridge)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(s, retrieval.New(s)).Exam(ctx, edition); !errors.Is(err, context.Canceled) {
		t.Errorf("the exam ended with %v", err)
	}
	if _, err := s.Exam(t.Context(), edition.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a cancelled exam is stored: %v", err)
	}
}

func TestWhatIsOfferedIsAnswered(t *testing.T) {
	for _, path := range []string{report.Embedded, bridge} {
		s, edition := open(t, path)
		searcher := retrieval.New(s)
		sat, err := New(s, searcher).Exam(t.Context(), edition)
		if err != nil {
			t.Fatal(err)
		}
		if 10*sat.Examined < 6*sat.Facts {
			t.Errorf("%s: of %d sentences %d were examined", path, sat.Facts, sat.Examined)
		}
		offered, err := s.ExamQuestions(t.Context(), edition.ID)
		if err != nil || len(offered) < 2 {
			t.Fatalf("%s: offered are %v, %v", path, offered, err)
		}
		asker := answer.New(s, searcher, nil)
		for _, q := range offered {
			a, err := asker.Ask(t.Context(), answer.Request{Question: q.Question, Fallback: text.Vietnamese}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Claims) == 0 || a.Claims[0].Text != q.Sentence || len(a.Claims[0].Footnotes) == 0 || len(a.Footnotes) == 0 {
				t.Errorf("%s: %q is answered with %+v", path, q.Question, a.Claims)
			}
		}
	}
}

func BenchmarkExam(b *testing.B) {
	s, edition := open(b, report.Embedded)
	for b.Loop() {
		e := New(s, retrieval.New(s))
		if _, _, err := e.run(b.Context(), edition); err != nil {
			b.Fatal(err)
		}
	}
}
