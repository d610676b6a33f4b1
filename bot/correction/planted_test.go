package correction

import (
	"bufio"
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// embedded returns the embedded report.
func embedded(t testing.TB) *report.Report {
	t.Helper()
	source, err := report.Open(context.Background(), report.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	return source.Report
}

// copyOf returns a report whose sentences can be changed.
func copyOf(r *report.Report) *report.Report {
	c := *r
	c.Paragraphs = nil
	for _, p := range r.Paragraphs {
		p.Sentences = append([]report.Sentence(nil), p.Sentences...)
		c.Paragraphs = append(c.Paragraphs, p)
	}
	return &c
}

// plants are changes of a sentence's meaning. Each returns "" for a sentence that it
// can't change.
var plants = []struct {
	name   string
	change func(s string, random *rand.Rand) string
}{
	{"number", func(s string, random *rand.Rand) string {
		words := text.Words(s)
		for _, n := range text.Numbers(s, words, text.Dates(s, words)) {
			if n.Digits && n.To == n.From+1 && n.Value > 3 {
				w := words[n.From]
				return s[:w.Start] + strconv.Itoa(int(n.Value)+1+random.IntN(9)) + s[w.End:]
			}
		}
		return ""
	}},
	{"date", func(s string, random *rand.Rand) string {
		words := text.Words(s)
		for _, d := range text.Dates(s, words) {
			for i := d.From; i < d.To; i++ {
				if n, err := strconv.Atoi(words[i].Exact); err == nil && n == d.Month {
					return s[:words[i].Start] + strconv.Itoa(n%12+1) + s[words[i].End:]
				}
			}
		}
		return ""
	}},
	{"name", func(s string, random *rand.Rand) string {
		for _, pair := range [][2]string{
			{"Putin", "Medvedev"}, {"Triều Tiên", "Iran"}, {"Hàn Quốc", "Nhật Bản"}, {"Ukraine", "Ba Lan"}, {"Kim Jong-un", "Kim Yo-jong"},
			{"Nga", "Belarus"}, {"Trung Quốc", "Ấn Độ"}, {"ISW", "CSIS"}, {"DIA", "NSA"}, {"Hoa Kỳ", "Canada"},
		} {
			if strings.Contains(s, pair[0]) && !strings.Contains(s, pair[1]) {
				return strings.ReplaceAll(s, pair[0], pair[1])
			}
		}
		return ""
	}},
	{"negation", func(s string, random *rand.Rand) string {
		for _, pair := range [][2]string{{" đã ", " chưa "}, {" không ", " "}, {" chưa ", " "}, {" là ", " không phải là "}, {" cho thấy ", " không cho thấy "}, {" được ", " không được "}} {
			if strings.Contains(s, pair[0]) {
				return strings.Replace(s, pair[0], pair[1], 1)
			}
		}
		return ""
	}},
	{"removed", func(string, *rand.Rand) string { return removed }},
}

const removed = "\x00"

// batches is the number of quarters of the report in which changes are planted, one after the other.
var batches = flag.Int("batches", 1, "in how many quarters of the report changes are planted, 1 to 4")

// layouts are changes of layout.
var layouts = []struct {
	name   string
	change func(s string) string
}{
	{"white space", func(s string) string { return strings.ReplaceAll(s, " ", "  ") }},
	{"quotation marks", func(s string) string { return strings.NewReplacer("“", `"`, "”", `"`).Replace(s) }},
	{"commas", func(s string) string { return regexp.MustCompile(`, (\pL)`).ReplaceAllString(s, " $1") }},
	{"full stops", func(s string) string { return strings.TrimRight(s, ".") + ";" }},
	{"letters of two parts", norm.NFD.String},
	{"dashes", func(s string) string { return strings.NewReplacer(" – ", " — ", "-", "‑").Replace(s) }},
}

type edit struct{ place, old, new string }

// edits returns the lines of a file of edits, and how many of them are not sealed.
func edits(t testing.TB, file string) (all []edit, open int) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "# sealed" {
			open = len(all)
		}
		if fields := strings.Split(line, " | "); !strings.HasPrefix(line, "#") && len(fields) == 3 {
			all = append(all, edit{fields[0], fields[1], fields[2]})
		}
	}
	return all, open
}

// An editor's rewording is no change.
func TestRewordedSentencesAreNoChange(t *testing.T) {
	before := embedded(t)
	all, open := edits(t, "testdata/reworded.txt")
	after := copyOf(before)
	for _, e := range all {
		s := at(t, after, e.place)
		if !strings.Contains(s.Text, e.old) {
			t.Fatalf("%s has not the words %q: %s", e.place, e.old, s.Text)
		}
		s.Text = strings.Replace(s.Text, e.old, e.new, 1)
	}
	compared := compare(retrieval.New(nil).Concepts(), sentencesOf(before), sentencesOf(after))
	alarms, sealedAlarms := 0, 0
	for i, e := range all {
		paragraph, _, _ := strings.Cut(e.place, ".")
		n, _ := strconv.Atoi(paragraph)
		change, changed := compared.of(store.Cited{Paragraph: before.Paragraphs[n-1].N, Text: at(t, before, e.place).Text})
		if changed {
			if i < open {
				alarms++
			} else {
				sealedAlarms++
			}
			t.Logf("%s: %s\n→ %s", e.place, at(t, before, e.place).Text, change.New)
		}
	}
	t.Logf("reworded: %d of %d taken for changed; sealed: %d of %d", alarms, open, sealedAlarms, len(all)-open)
	if alarms+sealedAlarms > len(all)/20 {
		t.Errorf("%d of %d reworded sentences are taken for changed", alarms+sealedAlarms, len(all))
	}
}

// original is the report of which the embedded one is a paraphrase.
const original = "../../../shared/report/isw-2024-11-01.vi.txt"

// A paraphrase changes far more than an editor. The number of sentences taken as
// changed is printed, and bounded.
func TestARetoldReportIsMostlyNoChange(t *testing.T) {
	source, err := report.Open(t.Context(), original)
	if err != nil {
		t.Skip("the original report is not there")
	}
	compared := compare(retrieval.New(nil).Concepts(), sentencesOf(source.Report), sentencesOf(embedded(t)))
	changed, gone := 0, 0
	for _, s := range compared.before {
		change, found := compared.of(store.Cited{Paragraph: s.paragraph, Text: s.Text})
		switch {
		case found && change.New == "":
			gone++
		case found:
			changed++
		}
	}
	all := len(compared.before)
	t.Logf("retold: of %d sentences %d are taken for changed, %d for gone", all, changed, gone)
	if changed+gone > all/5 {
		t.Errorf("of %d sentences %d are taken for changed, %d for gone", all, changed, gone)
	}
}

func at(t testing.TB, r *report.Report, place string) *report.Sentence {
	t.Helper()
	var paragraph, n int
	if _, err := fmt.Sscanf(place, "%d.%d", &paragraph, &n); err != nil {
		t.Fatal(err)
	}
	return &r.Paragraphs[paragraph-1].Sentences[n-1]
}

func TestChangedSentencesAreFoundAndLayoutIsNoChange(t *testing.T) {
	before := embedded(t)
	concepts := retrieval.New(nil).Concepts()
	random := rand.New(rand.NewPCG(1, 2))
	for _, plant := range plants {
		planted, missed := 0, 0
		// Some sentences at a time, so that their neighbours stay.
		for batch := range *batches {
			after := copyOf(before)
			var changed []store.Cited
			for i := range after.Paragraphs {
				p := &after.Paragraphs[i]
				var left []report.Sentence
				for j, s := range p.Sentences {
					is := s.Text
					if (i*7+j)%4 == batch {
						is = cmp.Or(plant.change(s.Text, random), s.Text)
					}
					if is != s.Text {
						changed = append(changed, store.Cited{Paragraph: p.N, Text: s.Text})
					}
					if s.Text = is; is != removed {
						left = append(left, s)
					}
				}
				p.Sentences = left
			}
			compared := compare(concepts, sentencesOf(before), sentencesOf(after))
			for _, cited := range changed {
				planted++
				if change, found := compared.of(cited); !found {
					missed++
					t.Logf("%s missed: %s\n→ %s", plant.name, cited.Text, change.New)
				}
			}
			for _, s := range compared.before { // all others stay
				cited := store.Cited{Paragraph: s.paragraph, Text: s.Text}
				if _, found := compared.of(cited); found && !contains(changed, s.Text) {
					t.Errorf("%s: unchanged, but found: %s", plant.name, s.Text)
				}
			}
		}
		t.Logf("%s: %d of %d found", plant.name, planted-missed, planted)
		if missed > 0 {
			t.Errorf("%s: %d of %d missed", plant.name, missed, planted)
		}
	}
	for _, layout := range layouts {
		after := copyOf(before)
		for i := range after.Paragraphs {
			for j := range after.Paragraphs[i].Sentences {
				s := &after.Paragraphs[i].Sentences[j]
				s.Text = layout.change(s.Text)
			}
		}
		compared := compare(concepts, sentencesOf(before), sentencesOf(after))
		for _, s := range compared.before {
			if _, changed := compared.of(store.Cited{Paragraph: s.paragraph, Text: s.Text}); changed {
				t.Errorf("%s: taken for a change: %s", layout.name, s.Text)
			}
		}
	}
}

func contains(cited []store.Cited, said string) bool {
	for _, c := range cited {
		if c.Text == said {
			return true
		}
	}
	return false
}
