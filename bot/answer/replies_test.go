package answer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// reply is one line of a table: what a model might write over sentences of a
// report.
type reply struct {
	ID   string
	Kind string // "correct", "cite_..." (true, wrongly cited), or how it is false
	Lang string
	// Sources are the sentences that the model was shown: how they begin, or
	// their paragraph and place in it ("12.3"), both from 1.
	Sources   []string
	Reply     string
	Footnotes []int // of the sentences that bear it out
}

func (r reply) correct() bool { return r.Kind == "correct" }

// cited reports whether a claim is true under a citation that is not.
func (r reply) cited() bool { return strings.HasPrefix(r.Kind, "cite_") }

// The halves of a table, by the last digit of the id.
func (r reply) even() bool { return (r.ID[len(r.ID)-1]-'0')%2 == 0 }
func (r reply) odd() bool  { return !r.even() }
func (r reply) any() bool  { return true }

const original = "../../../shared/report/isw-2024-11-01.vi.txt"

// tables are the replies by what they were used for. The figures are the
// measured ones, so that any change for the worse fails. The two that were held
// out had 9 and 8 and 7 and 8 before their replies were looked at, and table e,
// written before its writer had read a rule, 7 and 22; what has been mended since
// counts no longer as unseen.
var tables = []struct {
	name           string
	file, report   string
	has            func(reply) bool
	hostileShown   int
	correctRefused int
}{
	{"a, development", "replies-a.jsonl", report.Embedded, reply.any, 2, 2},
	{"b, development half", "replies-b.jsonl", report.Embedded, reply.even, 0, 1},
	{"b, half held out until the last rules", "replies-b.jsonl", report.Embedded, reply.odd, 5, 2},
	{"c, on the original, held out until the last rules", "replies-c.jsonl", original, reply.any, 5, 6},
	{"d, development, by who wrote the rules", "replies-d.jsonl", report.Embedded, reply.any, 2, 2},
	{"e, development, of everyday answers", "replies-e.jsonl", report.Embedded, reply.any, 2, 6},
}

func readReplies(t testing.TB, file string) []reply {
	t.Helper()
	opened, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var replies []reply
	for lines := bufio.NewScanner(opened); lines.Scan(); {
		var r reply
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		replies = append(replies, r)
	}
	return replies
}

// stage is the sentences of a report.
type stage struct {
	sentences []source
	places    map[string]int // "12.3" to the sentence's index
}

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
	s := &stage{places: map[string]int{}}
	for i, p := range opened.Report.Paragraphs {
		hit := retrieval.Hit{}
		hit.Section, hit.Entry, hit.Year = p.Section, p.Entry, p.Year
		named := antecedents(p.Sentences)
		for j, sentence := range p.Sentences {
			s.places[strconv.Itoa(i+1)+"."+strconv.Itoa(j+1)] = len(s.sentences)
			s.sentences = append(s.sentences, source{Sentence: sentence, Paragraph: p.N, Heading: headingOf(hit.Passage), Year: p.Year, Named: named[j]})
		}
	}
	return s
}

func (s *stage) sources(t testing.TB, r reply) []source {
	t.Helper()
	var found []source
	for _, named := range r.Sources {
		at, ok := s.places[named]
		if !ok {
			at = slices.IndexFunc(s.sentences, func(have source) bool {
				return strings.HasPrefix(unquoted(have.Text), unquoted(named))
			})
		}
		if at < 0 {
			t.Fatalf("%s: no sentence begins with %q", r.ID, named)
		}
		found = append(found, s.sentences[at])
	}
	return found
}

func TestClaimCheckOverTheTablesOfReplies(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, table := range tables {
		t.Run(table.name, func(t *testing.T) {
			if _, err := os.Stat(original); err != nil && table.report == original {
				t.Skip("the original report isn't here")
			}
			s := stageOf(t, table.report)
			count, wrong := map[string]int{}, map[string]int{}
			hostile, hostileShown, correct, correctRefused, claimed := 0, 0, 0, 0, 0
			var took time.Duration
			for _, r := range readReplies(t, table.file) {
				if !table.has(r) {
					continue
				}
				checker := newChecker(text.Language(r.Lang), s.sources(t, r), concepts)
				var reader prompts.Reader
				claims := append(reader.Write(r.Reply), reader.Close(true)...)
				claimed += len(claims)
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
				right := len(shown) > 0 && !slices.ContainsFunc(shown, func(c Claim) bool { return !sameNumbers(c.Footnotes, r.Footnotes) })
				verdict := ""
				switch {
				case r.correct():
					correct++
					if !right {
						correctRefused++
						verdict = fmt.Sprintf("refused %+v %v", refused, shown)
					}
				default:
					hostile++
					if len(shown) > 0 && !(r.cited() && right) {
						hostileShown++
						verdict = fmt.Sprintf("shown with %v, true with %v", shown[0].Footnotes, r.Footnotes)
					}
				}
				if verdict != "" {
					wrong[r.Kind]++
					t.Logf("%s (%s): %s\n   %s", r.ID, r.Kind, r.Reply, verdict)
				}
			}
			var kinds strings.Builder
			for _, kind := range slices.Sorted(maps.Keys(count)) {
				if wrong[kind] > 0 {
					fmt.Fprintf(&kinds, " %s %d/%d", kind, wrong[kind], count[kind])
				}
			}
			t.Logf("table %s: hostile shown %d of %d, correct refused %d of %d, %v a claim; by kind:%s", table.name,
				hostileShown, hostile, correctRefused, correct, took/time.Duration(max(1, claimed)), kinds.String())
			if hostile == 0 || correct == 0 {
				t.Error("the table is empty")
			}
			if hostileShown > table.hostileShown || correctRefused > table.correctRefused {
				t.Errorf("hostile shown %d, at most %d; correct refused %d, at most %d", hostileShown, table.hostileShown, correctRefused, table.correctRefused)
			}
		})
	}
}

func sameNumbers(a, b []int) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
