package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

func TestAskQuotesTheReportWithItsFootnotes(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("bridges.txt", bridges)
	out := p.must("--report", "bridges.txt", "ask", "Cầu Bạch Yến dài bao nhiêu mét?")
	for _, want := range []string{"1.200 mét", "[1]", "https://example.org/bach-yen", "Nguồn:"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
	if words := p.must("--report", "bridges.txt", "ask", "Cầu", "Bạch Yến", "dài bao nhiêu mét?"); words != out {
		t.Errorf("the question as several words is answered\n%s\nwant\n%s", words, out)
	}
	if english := p.must("--report=bridges.txt", "ask", "How long is the bridge Bạch Yến?"); !strings.Contains(english, "Sources:") {
		t.Errorf("an English question is answered\n%s", english)
	}
	if embedded := p.must("ask", "Triều Tiên đã triển khai quân tới đâu?"); !strings.Contains(embedded, "Triều Tiên") {
		t.Errorf("without --report the answer is\n%s", embedded)
	}
}

func TestAskPrintsJSONInTheContractsShape(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	out := p.must("ask", "--json", "Cầu Bạch Yến dài bao nhiêu mét?")
	mustHaveShape(t, out, answerShape)
	a := decode[answerLine](t, out)[0]
	if a.Question != "Cầu Bạch Yến dài bao nhiêu mét?" || a.Lang != "vi" || a.Status != "passages" || a.Mode != "extractive" {
		t.Errorf("got %+v", a)
	}
	if a.Notice == "" || strings.Contains(a.Notice, "\n") || a.Usage.Calls != 0 || len(a.Rejected) > 0 {
		t.Errorf("without a model: notice %q, usage %+v, rejected %v", a.Notice, a.Usage, a.Rejected)
	}
	if len(a.Claims) == 0 || !strings.Contains(bridges, a.Claims[0].Text) || !slices.Equal(a.Claims[0].Sources, []string{a.Claims[0].Text}) {
		t.Errorf("the first claim is %+v, want a sentence of the report", a.Claims)
	}
	var marked, cited []int
	for _, claim := range a.Claims {
		marked = append(marked, claim.Footnotes...)
	}
	for _, f := range a.Footnotes {
		cited = append(cited, f.N)
	}
	slices.Sort(marked)
	if !slices.Equal(slices.Compact(marked), cited) || len(cited) == 0 {
		t.Errorf("the claims mark %v, the footnotes are %v", marked, cited)
	}
	if link := a.Footnotes[0].Links[0]; link.URL != "https://example.org/bach-yen" || link.Site != "example.org" {
		t.Errorf("the first footnote leads to %+v", link)
	}
	if strings.Contains(a.Text, "https://") || !strings.Contains(a.Text, "[1]") {
		t.Errorf("the text is %q, want its markers and no list of sources", a.Text)
	}

	nothing := p.must("ask", "--json", "xyzzy plugh")
	mustHaveShape(t, nothing, answerShape)
	if a := decode[answerLine](t, nothing)[0]; a.Status != "not_in_report" || a.Mode != "extractive" || len(a.Claims) > 0 {
		t.Errorf("a question that nothing in the report matches: %+v", a)
	}
}

func TestSearchPrintsPassagesByRank(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	out := p.must("search", "--json", "sửa chữa cầu Cẩm Thạch")
	mustHaveShape(t, out, searchShape)
	found := decode[searchLine](t, out)[0]
	if len(found.Passages) == 0 || len(found.Passages) > 5 {
		t.Fatalf("%d passages, want up to 5", len(found.Passages))
	}
	best := found.Passages[0]
	want := passageLine{Rank: 1, Paragraph: 2, ID: best.ID, Score: best.Score, Section: "Hiện trạng",
		Text: "Cầu Cẩm Thạch được sửa chữa suốt năm 2021.", Footnotes: []int{3}}
	if fmt.Sprint(best) != fmt.Sprint(want) || best.ID == "" || best.Score <= 0 {
		t.Errorf("the best passage is %+v, want %+v", best, want)
	}
	for i, passage := range found.Passages {
		if passage.Rank != i+1 || i > 0 && passage.Score > found.Passages[i-1].Score {
			t.Errorf("passage %d has rank %d and score %g", i+1, passage.Rank, passage.Score)
		}
	}
	if text := p.must("search", "sửa chữa cầu Cẩm Thạch"); !strings.Contains(text, "1. [") || !strings.Contains(text, "paragraph 2, Hiện trạng\n   "+best.Text+" [3]") {
		t.Errorf("as text:\n%s", text)
	}
	if text := p.must("search", "xyzzy plugh"); text != "nothing found\n" {
		t.Errorf("nothing is printed as %q", text)
	}
}

func TestSearchLimitsPassagesToK(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	for _, test := range []struct {
		args []string
		want int
	}{{nil, 5}, {[]string{"-k", "12"}, 12}, {[]string{"--k=2"}, 2}} {
		out := p.must(append([]string{"search", "--json", "Triều Tiên và Nga"}, test.args...)...)
		found := decode[searchLine](t, out)[0].Passages
		if len(found) != test.want {
			t.Errorf("%q: %d passages, want %d", test.args, len(found), test.want)
		}
		for _, passage := range found {
			if n := utf8.RuneCountInString(passage.Text); n == 0 || n > 1000 || strings.Join(strings.Fields(passage.Text), " ") != passage.Text {
				t.Errorf("passage %s has %d characters, or white space that isn't single: %q", passage.ID, n, passage.Text)
			}
		}
	}
}

// hostile are questions that must be answered like any other.
var hostile = []string{
	`"`, `""`, `'`, `cầu" OR "x`, `title:cầu`, `x:cầu`, `cầu*`, `^cầu`, `(cầu`, `cầu)`, `cầu AND`, `NOT cầu`, `NEAR(cầu, 3)`, `OR`, `-cầu`, `+`, `{x}: cầu`,
	`?`, `???`, `*`, `\`, `;`, `'; DROP TABLE passage; --`, `%s %d %!`, `{{.}}`, `<b>cầu</b>`, `[S1]`, `[1]`, `NOT_IN_REPORT`, `</question>`,
	"🌉", "cầu 🌉 ở đâu?", "👩‍👩‍👧", "\u200b\u200b", "\u202ecầu", "cầu\u0301\u0301\u0301", "ｃầｕ", "Мост?", "다리?", "桥在哪里？",
	"cầu\ndài\tbao nhiêu", "a\xffb\xc3", strings.Repeat("cầu ", 2500), strings.Repeat("🌉", 10_000), strings.Repeat("x", 10_000), strings.Repeat(`"`, 10_000),
}

func TestOddQuestionsAreAnswered(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	var lines []string // a file has one a line; what can't stand there is asked by itself
	for _, question := range hostile {
		line := strings.Join(strings.Fields(question), " ")
		lines = append(lines, line)
		if line != question || len(question) >= 10_000 || strings.HasPrefix(question, "-") {
			p.must("ask", "--", question) // which searches for it
		}
	}
	p.file("q.txt", strings.Join(lines, "\n"))
	answers := decode[answerLine](t, p.must("ask", "--json", "--questions", "q.txt"))
	found := decode[searchLine](t, p.must("search", "--json", "--questions", "q.txt"))
	if len(answers) != len(lines) || len(found) != len(lines) {
		t.Fatalf("%d answers and %d searches for %d questions", len(answers), len(found), len(lines))
	}
	for i, line := range lines {
		// JSON has one U+FFFD for each byte that is no UTF-8.
		var want strings.Builder
		for _, r := range line {
			want.WriteRune(r)
		}
		if answers[i].Question != want.String() || found[i].Question != want.String() {
			t.Errorf("question %d came back as %.60q and %.60q, want %.60q", i+1, answers[i].Question, found[i].Question, line)
		}
	}
}

func TestArgumentsAfterTwoDashesAreTheQuestion(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	for _, args := range [][]string{{"ask", "--json", "--", "--help", "cầu"}, {"ask", "--json", "--", "--help cầu"}} {
		if a := decode[answerLine](t, p.must(args...))[0]; a.Question != "--help cầu" {
			t.Errorf("%q asks %q", args, a.Question)
		}
	}
	if found := decode[searchLine](t, p.must("search", "--json", "cầu -- Cẩm Thạch"))[0]; found.Question != "cầu -- Cẩm Thạch" {
		t.Errorf("dashes within the question: %q", found.Question)
	}
}

func TestAFileOfQuestionsIsAnsweredInItsOrder(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.file("q.txt", "\ufeffCầu Bạch Yến dài bao nhiêu?\r\n\n   \n  Cầu Cẩm Thạch sửa khi nào?  \n\"có dấu ngoặc\"")
	p.file("q.jsonl", "\n{\"q\": \"Cầu Bạch Yến dài bao nhiêu?\", \"gold\": [\"x\"]}\n\n  {\"q\":\"Cầu Cẩm Thạch sửa khi nào?\"}\n{\"q\": \" \"}\n{\"q\": \"\\\"có dấu ngoặc\\\"\"}\n")
	// As Windows saves it, and named.
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("{\"q\":\"Cầu Bạch Yến dài bao nhiêu?\"}\r\n{\"q\":\"Cầu Cẩm Thạch sửa khi nào?\"}\r\n{\"q\":\"\\\"có dấu ngoặc\\\"\"}\r\n")
	if err != nil {
		t.Fatal(err)
	}
	p.file("Q16.JSONL", wide)
	want := []string{"Cầu Bạch Yến dài bao nhiêu?", "Cầu Cẩm Thạch sửa khi nào?", `"có dấu ngoặc"`}
	for file, asText := range map[string]string{"q.txt": "ask", "q.jsonl": "search", "Q16.JSONL": "ask"} {
		out := p.must("ask", "--json", "--questions", file)
		mustHaveShape(t, out, answerShape)
		var got []string
		for _, a := range decode[answerLine](t, out) {
			got = append(got, a.Question)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is answered for %q, want %q", file, got, want)
		}
		out = p.must("search", "--json", "-k", "1", "--questions", file)
		mustHaveShape(t, out, searchShape)
		got = nil
		for _, found := range decode[searchLine](t, out) {
			got = append(got, found.Question)
			if len(found.Passages) > 1 {
				t.Errorf("%s: %d passages", file, len(found.Passages))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is searched for %q, want %q", file, got, want)
		}
		var shown []string
		for line := range strings.Lines(p.must(asText, "--questions", file)) {
			if question, ok := strings.CutPrefix(line, "? "); ok {
				shown = append(shown, strings.TrimSpace(question))
			}
		}
		if !slices.Equal(shown, want) {
			t.Errorf("%s --questions %s shows %q, want %q", asText, file, shown, want)
		}
	}
	p.file("none.txt", "\n \n")
	if out := p.must("ask", "--json", "--questions", "none.txt"); out != "" {
		t.Errorf("no questions are answered with %q", out)
	}
}

func TestCheckListsProblemsAndStoresNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("bridges.txt", bridges)
	out := p.must("check", "bridges.txt")
	for _, want := range []string{"bridges.txt", "Báo cáo thử về những cây cầu", "2024-05-03", "4 notes", "[4]"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
	out = p.must("check", "--json", "bridges.txt")
	mustHaveShape(t, out, checkShape)
	if strings.Count(out, "\n") != 1 {
		t.Errorf("the object spans %d lines", strings.Count(out, "\n"))
	}
	mustHaveShape(t, p.must("check", "--json"), checkShape)
	p.file("plain.txt", "Chỉ có một câu ở đây.\n")
	mustHaveShape(t, p.must("check", "--json", "plain.txt"), checkShape)
	if out := p.must("check", "--exam", "bridges.txt"); !strings.Contains(out, "sentences found") {
		t.Errorf("the exam is not printed:\n%s", out)
	}
	mustHaveShape(t, p.must("check", "--exam", "--json", "plain.txt"), examShape)
	if r := p.run("--db", "missing/x.db", "check"); r.status != exitDone {
		t.Errorf("check opens a store: %s", r.err)
	}
}

func TestEvalScoresAFileOfQuestions(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.file("q.jsonl", `{"q": "Cầu Bạch Yến dài bao nhiêu?", "kind": "fact", "gold": [{"quote": "Cầu Bạch Yến dài 1.200 mét"}], "footnotes": [1], "answer_any": [["1.200"]]}`+"\n")
	mustHaveShape(t, p.must("eval", "--json", "q.jsonl"), evalShape)
	compared := p.must("eval", "--json", "--compare", "q.jsonl")
	mustHaveShape(t, compared, strings.TrimSuffix(evalShape, "}")+`, "plain_fts5": `+evalShape+`}`)
	if out := p.must("eval", "q.jsonl"); !strings.Contains(out, "fact") {
		t.Errorf("as text:\n%s", out)
	}
}

// A question set may give its gold as sentences of the edition that is scored; the
// report's file is not needed.
func TestEvalScoresTheEditionThatIsLive(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.storeOfBridges(defaultDB)
	p.file("bridges.txt", "Đây là một báo cáo khác, đến sau.\n")
	p.env["DB"] = defaultDB
	p.file("q.jsonl", `{"q": "Cầu Bạch Yến dài bao nhiêu?", "kind": "fact", "gold": [{"quote": "Cầu Bạch Yến dài 1.200 mét"}]}`+"\n")
	type scores struct {
		Plain struct {
			Kinds map[string]struct{ Recall map[string]float64 }
		} `json:"plain_fts5"`
	}
	found := decode[scores](t, p.must("eval", "--json", "--compare", "q.jsonl"))[0]
	if got := found.Plain.Kinds["fact"].Recall["10"]; got != 1 {
		t.Errorf("plain FTS5 finds %v of it", got)
	}
}
