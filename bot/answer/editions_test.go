package answer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// twins are two reports on the same bridges. Every sentence, heading and note has the
// word of its report.
var twins = []string{"Hồng", "Lam"}

// twin is one of the twins, with as many sections of four
// paragraphs, each of as many sentences.
func twin(t *testing.T, word string, sections, length int) *report.Source {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "Ngày 3 tháng 5 năm 2024\nBáo cáo %s\nNguyễn Văn A và Trần Thị B\n", word)
	for n := 1; n <= sections; n++ {
		fmt.Fprintf(&b, "Phần %d %s\n", n, word)
		for m := 1; m <= 4; m++ {
			for range length {
				fmt.Fprintf(&b, "Cây cầu %s số %d bắc qua sông ở phường %d và dài %d mét. [%d] ", word, 4*n+m, n, 10*n+m, 1+n%9)
			}
			b.WriteString("\n")
		}
	}
	for n := 1; n <= 9; n++ {
		fmt.Fprintf(&b, "[%d] https://example.org/%s/%d\n", n, word, n)
	}
	parsed, err := report.Parse([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return &report.Source{Location: "/reports/" + word, SHA256: word, Report: parsed}
}

// mixed returns the parts of an answer that are of another edition than its own.
func mixed(a *answer.Answer) string {
	word, other := twins[0], twins[1]
	if strings.Contains(a.Edition.Title, other) {
		word, other = other, word
	}
	for _, claim := range a.Claims {
		for _, source := range append(slices.Clone(claim.Sources), claim.Text) {
			if !strings.Contains(source, word) || strings.Contains(source, other) {
				return source
			}
		}
	}
	for _, passage := range a.Passages {
		if !strings.Contains(passage.Text(), word) || !strings.Contains(passage.Section, word) {
			return passage.Text()
		}
	}
	for _, note := range a.Footnotes {
		for _, link := range note.Links {
			if !strings.Contains(link.URL, word) {
				return link.URL
			}
		}
	}
	return ""
}

// Questions are asked while editions are loaded and rolled back. Each answer and its
// notes are from one edition.
func TestAnAnswerUsesOneEdition(t *testing.T) {
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "reports.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	load := func(word string) int64 {
		edition, err := s.Load(t.Context(), twin(t, word, 4, 1), store.Shell)
		if err != nil {
			t.Fatal(err)
		}
		return edition.ID
	}
	last := load(twins[0])
	answerer := answer.New(s, retrieval.New(s), nil)
	done := make(chan struct{})
	var asking sync.WaitGroup
	seen := make([]map[string]int, 2)
	for i := range seen {
		seen[i] = map[string]int{}
		asking.Go(func() {
			for n := 0; ; n++ {
				question := fmt.Sprintf("Cây cầu ở phường %d dài bao nhiêu mét?", 1+n%4)
				a, err := answerer.Ask(context.Background(), answer.Request{Question: question, Fallback: text.Vietnamese}, nil)
				switch {
				case err != nil:
					t.Errorf("%s: %v", question, err)
				case len(a.Claims) == 0 || len(a.Footnotes) == 0:
					t.Errorf("%s: no answer", question)
				case mixed(a) != "":
					t.Errorf("%s: from edition %d (%s) comes %q", question, a.Edition.ID, a.Edition.Title, mixed(a))
				default:
					seen[i][a.Edition.Title]++
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := range 9 {
		next := load(twins[(n+1)%2])
		if n%3 == 0 {
			for _, id := range []int64{last, next} {
				if err := s.MakeLive(t.Context(), id); err != nil {
					t.Fatal(err)
				}
			}
		}
		last = next
	}
	close(done)
	asking.Wait()
	for _, word := range twins {
		count := 0
		for _, titles := range seen {
			count += titles["Báo cáo "+word]
		}
		if count == 0 {
			t.Errorf("no question was answered from %s", word)
		}
	}
}

// longVariable makes the test below run: it loads a text of about 20 MB.
const longVariable = "LONG"

// While 300 times the usual is loaded, questions take at most twice their time.
func TestQuestionsWhileALongReportIsLoaded(t *testing.T) {
	if os.Getenv(longVariable) == "" {
		t.Skip("a minute long; set " + longVariable)
	}
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "reports.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Load(t.Context(), twin(t, twins[0], 100, 6), store.Shell); err != nil {
		t.Fatal(err)
	}
	answerer := answer.New(s, retrieval.New(s), nil)
	n := 0
	// asked asks questions and accepts updates, as Telegram's poll does, until a
	// channel is closed, and returns their durations.
	asked := func(until <-chan struct{}) (questions, updates []time.Duration) {
		for {
			select {
			case <-until:
				return questions, updates
			default:
			}
			n++
			begun := time.Now()
			question := fmt.Sprintf("Cây cầu ở phường %d dài bao nhiêu mét?", 1+n%100)
			if _, err := answerer.Ask(t.Context(), answer.Request{Question: question, Fallback: text.Vietnamese}, nil); err != nil {
				t.Error(err)
			}
			questions = append(questions, time.Since(begun))
			begun = time.Now()
			if _, err := s.Accept(t.Context(), []store.Update{{ID: int64(n), Body: []byte("{}")}}); err != nil {
				t.Error(err)
			}
			updates = append(updates, time.Since(begun))
		}
	}
	idle := make(chan struct{})
	time.AfterFunc(10*time.Second, func() { close(idle) })
	idleQuestions, idleUpdates := asked(idle)

	loaded := make(chan struct{})
	begun := time.Now()
	go func() {
		defer close(loaded)
		long := twin(t, twins[1], 8_500, 6)
		t.Logf("read after %v: %d paragraphs", time.Since(begun).Round(time.Millisecond), len(long.Report.Paragraphs))
		if _, err := s.Load(context.Background(), long, store.Shell); err != nil {
			t.Error(err)
		}
	}()
	questions, updates := asked(loaded)
	t.Logf("loaded after %v", time.Since(begun).Round(time.Millisecond))
	for _, row := range []struct {
		name         string
		idle, during []time.Duration
	}{{"question", idleQuestions, questions}, {"update taken over", idleUpdates, updates}} {
		t.Logf("%s: idle p50 %v p99 %v, while loading p50 %v p99 %v, longest %v, n %d and %d", row.name,
			quantile(row.idle, .5), quantile(row.idle, .99), quantile(row.during, .5), quantile(row.during, .99), quantile(row.during, 1), len(row.idle), len(row.during))
	}
}

func quantile(times []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))].Round(10 * time.Microsecond)
}
