package answer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// reply is one line of testdata/replies.jsonl: what a model might write over
// sentences of the embedded report.
type reply struct {
	ID        string
	Kind      string // "correct", "cite_..." (true, wrongly cited), or how it is false
	Lang      string
	Sources   []string // how the sentences begin that the model was shown
	Reply     string
	Footnotes []int // of the sentences that bear it out
}

func (r reply) correct() bool { return r.Kind == "correct" }

// cited reports whether a claim is true under a citation that is not.
func (r reply) cited() bool { return strings.HasPrefix(r.Kind, "cite_") }

func readReplies(t testing.TB) []reply {
	t.Helper()
	file, err := os.Open("testdata/replies.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var replies []reply
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var r reply
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		replies = append(replies, r)
	}
	return replies
}

// stage finds the report's sentences by how they begin.
type stage struct{ sentences []source }

func newStage(t testing.TB) *stage {
	t.Helper()
	return stageOf(t, report.Embedded)
}

func stageOf(t testing.TB, location string) *stage {
	t.Helper()
	opened, err := report.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	var s stage
	for _, p := range opened.Report.Paragraphs {
		hit := retrieval.Hit{}
		hit.Section, hit.Entry, hit.Year = p.Section, p.Entry, p.Year
		for _, sentence := range p.Sentences {
			s.sentences = append(s.sentences, source{sentence, p.N, headingOf(hit.Passage), p.Year})
		}
	}
	return &s
}

func (s *stage) sources(t testing.TB, r reply) []source {
	t.Helper()
	var found []source
	for _, begin := range r.Sources {
		at := slices.IndexFunc(s.sentences, func(have source) bool {
			return strings.HasPrefix(unquoted(have.Text), unquoted(begin))
		})
		if at < 0 {
			t.Fatalf("%s: no sentence begins with %q", r.ID, begin)
		}
		found = append(found, s.sentences[at])
	}
	return found
}

// What may go wrong over the table: the figures are the measured ones, so that
// any change for the worse fails.
const (
	mostHostileShown   = 23
	mostCorrectRefused = 8
)

func TestClaimCheckOverTheTableOfReplies(t *testing.T) {
	s, concepts := newStage(t), retrieval.New(nil).Concepts()
	count, wrong := map[string]int{}, map[string]int{}
	hostile, hostileShown, correct, correctRefused := 0, 0, 0, 0
	var took time.Duration
	for _, r := range readReplies(t) {
		checker := newChecker(text.Language(r.Lang), s.sources(t, r), concepts)
		var reader prompts.Reader
		claims := append(reader.Write(r.Reply), reader.Close(true)...)
		var shown []Claim
		var refused []Rejected
		begun := time.Now()
		for _, claim := range claims {
			if passed, rejected := checker.check(claim); rejected == nil {
				shown = append(shown, passed)
			} else {
				refused = append(refused, *rejected)
			}
		}
		took += time.Since(begun)
		count[r.Kind]++
		right := len(shown) > 0 && func() bool {
			for _, claim := range shown {
				if !sameNumbers(claim.Footnotes, r.Footnotes) {
					return false
				}
			}
			return true
		}()
		switch {
		case r.correct():
			correct++
			if !right {
				correctRefused++
				wrong[r.Kind]++
				t.Logf("refused %s: %s\n   %+v %v", r.ID, r.Reply, refused, shown)
			}
		case r.cited():
			if len(shown) > 0 && !right {
				hostileShown++
				wrong[r.Kind]++
				t.Logf("shown wrongly %s: %s\n   %v, want %v", r.ID, r.Reply, shown[0].Footnotes, r.Footnotes)
			}
			hostile++
		default:
			hostile++
			if len(shown) > 0 {
				hostileShown++
				wrong[r.Kind]++
				t.Logf("shown %s (%s): %s", r.ID, r.Kind, r.Reply)
			}
		}
	}
	var table strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(count)) {
		fmt.Fprintf(&table, "\n  %-14s %3d, wrong %d", kind, count[kind], wrong[kind])
	}
	t.Logf("hostile shown %d of %d, correct refused %d of %d, %v a reply%s",
		hostileShown, hostile, correctRefused, correct, took/time.Duration(max(1, hostile+correct)), table.String())
	if hostileShown > mostHostileShown || correctRefused > mostCorrectRefused {
		t.Errorf("hostile shown %d, at most %d; correct refused %d, at most %d", hostileShown, mostHostileShown, correctRefused, mostCorrectRefused)
	}
}

func sameNumbers(a, b []int) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
