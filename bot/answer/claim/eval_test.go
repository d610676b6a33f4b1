package claim

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/store/report"
	"reportbot/store/text"
)

// A language model's replies to the program's own prompts: each claim with the verdict
// of a careful reader, falsifications of the true ones, and a model's verdict as the
// judge. Their authors didn't know the rules.
const (
	modelClaims = "testdata/model-claims.jsonl" // on nine reports; sources by how they begin
	devVerdicts = shared + "replies/dev-verdicts.jsonl"
	devReplies  = shared + "replies/dev-model.jsonl"
	devJudge    = "testdata/judge-dev.jsonl"
	shared      = "../../../../shared/"
)

// evalClaim is one claim with its falsifications.
type evalClaim struct {
	ID      string
	Sources []Source
	About   Report
	Claim   string
	True    bool
	Forged  []struct{ Text, Type string }
	Judge   []string // yes or no to the claim and each falsification; empty: not asked
}

// sealed reports whether a claim is in the third that was not used for writing rules.
func (c evalClaim) sealed() bool {
	h := fnv.New32a()
	h.Write([]byte(c.ID))
	return h.Sum32()%3 == 0
}

func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []T
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, one)
	}
	return all
}

// reportTexts are the texts that the claims' sources are looked up in, by the name
// that the table calls them by; those that aren't here are left out.
func reportTexts(t *testing.T) map[string]*reportSentences {
	t.Helper()
	texts := map[string]*reportSentences{"bridge": sentencesOf(t, "../../testdata/bridge.vi.txt")}
	if _, err := os.Stat(original); err == nil {
		texts["original"] = sentencesOf(t, original)
	}
	for name, path := range map[string]string{"mlqa": shared + "external/mlqa-vi-dev.jsonl", "xquad-en": shared + "xquad/en-dev.jsonl"} {
		if _, err := os.Stat(path); err != nil {
			continue
		}
		r := &reportSentences{}
		for _, article := range readLines[struct {
			Paragraph  string
			Paragraphs []string
		}](t, path) {
			for _, p := range append(article.Paragraphs, article.Paragraph) {
				r.all = append(r.all, Source{Text: text.Clean(p)})
			}
		}
		texts[name] = r
	}
	return texts
}

// find returns the sentence of length characters that begins so.
func (r *reportSentences) find(begins string, length int) (Source, bool) {
	for _, s := range r.all {
		at := strings.Index(s.Text, begins)
		if at < 0 {
			continue
		}
		found := []rune(s.Text[at:])
		s.Text = string(found[:min(length, len(found))])
		return s, true
	}
	return Source{}, false
}

func evalClaims(t *testing.T) []evalClaim {
	t.Helper()
	texts := reportTexts(t)
	var all []evalClaim
	for _, row := range readLines[struct {
		ID, Report, Claim, Verdict string
		Sources                    []struct {
			Heading, Begins string
			Length          int
		}
		Forged []struct{ Text, Type string }
		Judge  []string
	}](t, modelClaims) {
		r := texts[row.Report]
		if r == nil || len(row.Sources) == 0 {
			continue
		}
		c := evalClaim{ID: row.ID, About: r.about, Claim: row.Claim, True: row.Verdict == "yes", Forged: row.Forged, Judge: row.Judge}
		for _, s := range row.Sources {
			source, ok := r.find(s.Begins, s.Length)
			if !ok {
				t.Fatalf("%s: no sentence %q in %s", row.ID, s.Begins, row.Report)
			}
			if source.Paragraph == 0 {
				source.Paragraph = len(c.Sources) + 1
			}
			c.Sources = append(c.Sources, source)
		}
		all = append(all, c)
	}
	if _, err := os.Stat(devVerdicts); err == nil && texts["original"] != nil {
		all = append(all, developmentClaims(t, texts["original"])...)
	}
	return all
}

// developmentClaims reads the claims on the original report that lie beside the
// repository.
func developmentClaims(t *testing.T, original *reportSentences) []evalClaim {
	t.Helper()
	cites := map[string]map[string]string{}
	for _, reply := range readLines[struct {
		ID    string
		Cites map[string]string
	}](t, devReplies) {
		cites[reply.ID] = reply.Cites
	}
	judge := readLines[struct {
		ID    string
		Judge []string
	}](t, devJudge)
	var all []evalClaim
	for i, row := range readLines[struct {
		ID, Claim, Verdict string
		K                  int
		Forged             []struct{ Text, Type string }
	}](t, devVerdicts) {
		c := evalClaim{ID: fmt.Sprintf("dev-%s-%d", row.ID, row.K), About: original.about, Claim: row.Claim, True: row.Verdict == "yes", Forged: row.Forged}
		if i < len(judge) && judge[i].ID == row.ID {
			c.Judge = judge[i].Judge
		}
		for _, id := range slices.Sorted(maps.Keys(cites[row.ID])) {
			source, ok := original.find(cites[row.ID][id][:min(40, len(cites[row.ID][id]))], len([]rune(cites[row.ID][id])))
			if !ok {
				source = Source{Text: cites[row.ID][id], Paragraph: len(c.Sources) + 1, Year: 2024}
			}
			c.Sources = append(c.Sources, source)
		}
		if len(c.Sources) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// outcomes counts the decisions on claims.
type outcomes struct{ n, byCode, refused, asked, byJudge int }

func (o *outcomes) add(v Verdict, judge string) {
	o.n++
	switch {
	case v.Decision == Shown:
		o.byCode++
	case v.Decision == Rejected:
		o.refused++
	case judge != "":
		o.asked++
		if judge == "yes" {
			o.byJudge++
		}
	}
}

// shown is the share of claims shown with a judge, of those with its verdict.
func (o outcomes) shown() float64 {
	undecided := float64(o.n - o.byCode - o.refused)
	shown := float64(o.byCode)
	if o.asked > 0 {
		shown += undecided * float64(o.byJudge) / float64(o.asked)
	}
	return 100 * shown / float64(max(o.n, 1))
}

// TestModelClaims prints, with -v, the decisions on a model's claims, by code alone and
// with the judge, and the value of each rule.
func TestModelClaims(t *testing.T) {
	type set map[string]*outcomes
	count := func(s set, key string) *outcomes {
		if s[key] == nil {
			s[key] = &outcomes{}
		}
		return s[key]
	}
	worth := map[Rule]*[2]int{} // false claims that only it catches, true ones that only it refuses
	var took time.Duration
	checks := 0
	true_, false_ := set{}, set{}
	for _, c := range evalClaims(t) {
		part := "development"
		if c.sealed() {
			part = "sealed third"
		}
		cites := make([]int, len(c.Sources))
		for i := range cites {
			cites[i] = i
		}
		checker := New(reader, c.About, c.Sources, text.Vietnamese)
		check := func(said string, variant int, holds bool) {
			begun := time.Now()
			v := checker.Check(said, cites)
			took += time.Since(begun)
			checks++
			judge := ""
			if variant < len(c.Judge) {
				judge = c.Judge[variant]
			}
			counted := false_
			if holds {
				counted = true_
			}
			language := string(text.LanguageOf(said, text.Vietnamese))
			for _, key := range []string{part, part + " " + language} {
				count(counted, key).add(v, judge)
			}
			var against []Rule
			for _, f := range v.Findings {
				if f.Outcome == Contradicted {
					against = append(against, f.Rule)
				}
			}
			if len(against) == 1 {
				if worth[against[0]] == nil {
					worth[against[0]] = &[2]int{}
				}
				if holds {
					worth[against[0]][1]++
				} else {
					worth[against[0]][0]++
				}
			}
		}
		check(c.Claim, 0, c.True)
		for i, f := range c.Forged {
			check(f.Text, i+1, false)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(true_)) {
		yes, no := true_[key], false_[key]
		if no == nil {
			no = &outcomes{}
		}
		t.Logf("table %-16s true claims %3d: by code alone shown %2.0f%%, refused %2.0f%%; with the judge shown %3.0f%%", key, yes.n,
			100*float64(yes.byCode)/float64(yes.n), 100*float64(yes.refused)/float64(yes.n), yes.shown())
		t.Logf("table %-16s false ones  %3d: by code alone shown %2.0f%%, refused %2.0f%%; with the judge shown %3.1f%%", key, no.n,
			100*float64(no.byCode)/float64(max(no.n, 1)), 100*float64(no.refused)/float64(max(no.n, 1)), no.shown())
		if 100*no.byCode > 2*no.n || key == "development" && 20*yes.refused > yes.n {
			t.Errorf("%s: code shows %d of %d false claims, at most 2%%; refuses %d of %d true ones, at most 5%%", key, no.byCode, no.n, yes.refused, yes.n)
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(worth)) {
		t.Logf("table rule %-10s only it catches %d false claims, only it refuses %d true ones", rule, worth[rule][0], worth[rule][1])
	}
	if checks == 0 {
		t.Fatal("no claims")
	}
	t.Logf("table cost of a check: %v", took/time.Duration(checks))
}

// BenchmarkCheck is the cost of one claim over 25 sentences.
func BenchmarkCheck(b *testing.B) {
	r := sentencesOf(b, report.Embedded)
	sources := r.all[:25]
	const claim = "Theo báo cáo, Triều Tiên đã gửi sang Nga bốn lữ đoàn, tổng cộng 12.000 quân, vào tháng 10 năm 2024."
	for b.Loop() {
		New(reader, r.about, sources, text.Vietnamese).Check(claim, []int{3, 7})
	}
}
