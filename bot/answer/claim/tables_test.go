package claim

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"reportbot/prompts"
	"reportbot/store/report"
	"reportbot/store/text"
)

// The tables of hand-made replies, each with its kind: "correct", "cite_..." (true,
// wrongly cited), or how it is false. They are frozen: they are no longer used for
// writing rules.
var tables = []struct{ file, report string }{
	{"replies-a.jsonl", report.Embedded},
	{"replies-b.jsonl", report.Embedded},
	{"replies-c.jsonl", original},
	{"replies-d.jsonl", report.Embedded},
	{"replies-e.jsonl", report.Embedded},
}

const original = "../../../../shared/report/isw-2024-11-01.vi.txt"

// tableReply is one line of a table.
type tableReply struct {
	ID, Kind string
	// Sources are the sentences that the model was shown: how they begin, or
	// their paragraph and place in it ("12.3"), both from 1.
	Sources []string
	Reply   string
}

// reportSentences are the sentences of a report, and where each stands.
type reportSentences struct {
	all    []Source
	places map[string]int
	about  Report
}

// readReports are the reports that tests have read, by location.
var readReports = map[string]*reportSentences{}

func sentencesOf(t testing.TB, location string) *reportSentences {
	t.Helper()
	if r := readReports[location]; r != nil {
		return r
	}
	opened, err := report.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	r := &reportSentences{places: map[string]int{}, about: Report{opened.Report.Title, opened.Report.Date}}
	for i, p := range opened.Report.Paragraphs {
		for j, s := range p.Sentences {
			r.places[strconv.Itoa(i+1)+"."+strconv.Itoa(j+1)] = len(r.all)
			r.all = append(r.all, Source{Text: s.Text, Paragraph: p.N, Heading: p.Section + " · " + p.Entry, Year: p.Year})
		}
	}
	readReports[location] = r
	return r
}

func (r *reportSentences) named(t testing.TB, names []string) []Source {
	t.Helper()
	var sources []Source
	for _, name := range names {
		at, ok := r.places[name]
		for i := 0; i < len(r.all) && !ok; i++ {
			if at, ok = i, strings.HasPrefix(r.all[i].Text, name); ok {
				break
			}
		}
		if !ok {
			t.Fatalf("no sentence %q", name)
		}
		sources = append(sources, r.all[at])
	}
	return sources
}

// readReply returns the first claim of a reply and the indexes that it cites.
func readReply(reply string) (said string, cites []int) {
	var reader prompts.Reader
	claims := append(reader.Write(reply), reader.Close(true)...)
	if len(claims) == 0 {
		return "", nil
	}
	for _, id := range claims[0].Cites {
		cites = append(cites, id-1)
	}
	return claims[0].Text, cites
}

// Code alone shows no false claim, and refuses hardly any true one: the rest is left to
// the judge.
func TestFrozenTables(t *testing.T) {
	for _, table := range tables {
		t.Run(table.file, func(t *testing.T) {
			if _, err := os.Stat(table.report); err != nil && table.report == original {
				t.Skip("the original report isn't here")
			}
			r := sentencesOf(t, table.report)
			var hostile, hostileShown, correct, shown, refused int
			file, err := os.Open("testdata/" + table.file)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			for lines := bufio.NewScanner(file); lines.Scan(); {
				var reply tableReply
				if err := json.Unmarshal(lines.Bytes(), &reply); err != nil {
					t.Fatal(err)
				}
				said, cites := readReply(reply.Reply)
				v := New(reader, r.about, r.named(t, reply.Sources), text.Vietnamese).Check(said, cites)
				switch {
				case reply.Kind == "correct":
					correct++
					if v.Decision == Shown {
						shown++
					}
					if v.Decision == Rejected {
						refused++
						t.Logf("refused %s (%s: %s): %s", reply.ID, v.Why, v.Detail, said)
					}
				case !strings.HasPrefix(reply.Kind, "cite_"):
					hostile++
					if v.Decision == Shown {
						hostileShown++
						t.Logf("shown %s (%s): %s", reply.ID, reply.Kind, said)
					}
				}
			}
			t.Logf("table %s: hostile shown %d of %d; correct shown by code %d, refused %d of %d", table.file, hostileShown, hostile, shown, refused, correct)
			if 100*hostileShown > hostile || 10*refused > correct {
				t.Errorf("%d of %d hostile ones shown, at most 1%%; %d of %d correct ones refused, at most 10%%", hostileShown, hostile, refused, correct)
			}
		})
	}
}

// A verbatim copy of a cited sentence is always shown.
func TestTheReportsOwnSentencesAreShown(t *testing.T) {
	r := sentencesOf(t, report.Embedded)
	for i, s := range r.all {
		if v := New(reader, r.about, r.all[i:i+1], text.Vietnamese).Check(s.Text, []int{0}); v.Decision != Shown {
			t.Errorf("%s: %s: %s", v.Why, v.Detail, s.Text)
		}
	}
}
