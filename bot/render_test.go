package bot

import (
	"flag"
	"os"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/store/report"
	"reportbot/store/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

// renderings are the answers of testdata/rendered.golden.
var renderings = []struct {
	name   string
	answer answer.Answer
}{
	{"a model's answer: each marker leads to its footnote's first good link", answer.Answer{
		Mode: answer.ByModel, Status: answer.Answered,
		Claims: []answer.Claim{
			{Text: "Cầu dài 1.240 mét.", Footnotes: []int{1, 2}},
			{Text: "Câu này không có chú thích."},
			{Text: "Trạm cân chưa hoạt động.", Footnotes: []int{2, 13}},
		},
		Footnotes: []report.Footnote{
			note(1, "https://cau-duong.example.com/dai"),
			note(2, "https://www.thach-lam.example.org/a", "https://thach-lam.example.org/b", "https://cau-duong.example.com/c", "https://thach-lam.example.org/d"),
			note(13, "https://cau-duong.example.com/can"),
		},
	}},
	{"of a report with pages: those of the sources, and the date of a quoted entry", answer.Answer{
		Mode: answer.ByModel, Status: answer.Answered,
		Claims: []answer.Claim{
			{Text: "Cầu dài 1.240 mét.", Footnotes: []int{1}, Pages: []int{3, 12}},
			{Text: "Lũ cuốn trôi hai sà lan.", When: "Tháng 1 năm 2020", Quoted: true, Pages: []int{4}},
		},
		Footnotes: []report.Footnote{note(1, "https://cau-duong.example.com/dai")},
	}},
	{"footnotes without a good link are plain, and listed as printed", answer.Answer{
		Mode: answer.ByModel, Status: answer.Answered,
		Claims: []answer.Claim{{Text: "Ba nguồn.", Footnotes: []int{7, 11, 20}}},
		Footnotes: []report.Footnote{
			{N: 7, Raw: "https://example.com/đã dịch", Damaged: []string{"https://example.com/đã dịch"}},
			{N: 11, Raw: "Phỏng vấn,\n  tháng 5"},
			{N: 20},
		},
	}},
	{"the model's answer was cut: what passed, then the notice, then the sources", answer.Answer{
		Mode: answer.ByModel, Status: answer.Answered, Notice: answer.ModelCut,
		Claims:    []answer.Claim{{Text: "Cầu dài 1.240 mét.", Footnotes: []int{1}}},
		Footnotes: []report.Footnote{note(1, "https://cau-duong.example.com/dai")},
	}},
	{"stopped with something to show", answer.Answer{
		Mode: answer.ByModel, Status: answer.Answered, Notice: answer.Stopped,
		Claims: []answer.Claim{{Text: "Cầu dài 1.240 mét."}},
	}},
	{"the model says that the report does not", answer.Answer{
		Mode: answer.ByModel, Status: answer.NotInReport,
	}},
	{"the report does not say: what stands nearest, which is no answer", answer.Answer{
		Mode: answer.ByModel, Status: answer.NotInReport,
		Nearest:      []answer.Claim{{Text: "Cầu Sông Mây dài 1.240 mét.", Footnotes: []int{1}}, {Text: "Nó có bốn làn xe.", Footnotes: []int{2}}},
		NearestNotes: []report.Footnote{note(1, "https://cau-duong.example.com/dai")},
	}},
	{"no model: the notice, then quotations", answer.Answer{
		Mode: answer.Extractive, Status: answer.Passages, Notice: answer.NoModel,
		Claims:    []answer.Claim{{Text: "Cầu Sông Mây dài 1.240 mét.", Footnotes: []int{1}}, {Text: "Không có chú thích."}},
		Footnotes: []report.Footnote{note(1, "https://cau-duong.example.com/dai")},
	}},
	{"a quotation from an entry of a timeline says its date", answer.Answer{
		Mode: answer.Extractive, Status: answer.Passages, Notice: answer.NoModel,
		Claims: []answer.Claim{{Text: "Ngày 14 tháng 2: Công trường làm việc trở lại.", When: "Ngày 14 tháng 2, 2020", Footnotes: []int{10}}},
	}},
	{"the model's claims did not pass", answer.Answer{
		Mode: answer.Extractive, Status: answer.Passages, Notice: answer.NothingSupported,
		Claims: []answer.Claim{{Text: "Cầu Sông Mây dài 1.240 mét."}},
	}},
	{"the model was cut before anything passed: the sentences are shown as such", answer.Answer{
		Mode: answer.Extractive, Status: answer.Passages, Notice: answer.ModelCut,
		Claims: []answer.Claim{{Text: "Cầu Sông Mây dài 1.240 mét."}},
	}},
	{"no model, and nothing near: no word of sentences, nor of the model", answer.Answer{
		Mode: answer.Extractive, Status: answer.NotInReport, Notice: answer.NoModel,
	}},
	{"the model failed, and nothing near: no word of sentences", answer.Answer{
		Mode: answer.Extractive, Status: answer.NotInReport, Notice: answer.ModelUnreachable,
	}},
	{"in English", answer.Answer{
		Language: text.English, Mode: answer.Extractive, Status: answer.Passages, Notice: answer.ModelTimeout,
		Claims:    []answer.Claim{{Text: "Cầu Sông Mây dài 1.240 mét.", Footnotes: []int{1}}},
		Footnotes: []report.Footnote{note(1, "https://cau-duong.example.com/dai")},
	}},
	{"a language without a catalogue is spoken to in English", answer.Answer{
		Language: text.Korean, Mode: answer.Extractive, Status: answer.NotInReport, Notice: answer.NoModel,
	}},
}

// note returns a footnote with links, each named by its host.
func note(n int, links ...string) report.Footnote {
	f := report.Footnote{N: n, Raw: strings.Join(links, "; ")}
	for _, link := range links {
		host, _, _ := strings.Cut(strings.TrimPrefix(link, "https://"), "/")
		f.Links = append(f.Links, report.Link{URL: link, Site: strings.TrimPrefix(host, "www.")})
	}
	return f
}

func TestAnswersAreRenderedAsInTheGoldenFile(t *testing.T) {
	var b strings.Builder
	for _, r := range renderings {
		if r.answer.Language == "" {
			r.answer.Language = text.Vietnamese
		}
		b.WriteString("-- " + r.name + " --\n" + show(Render(&r.answer)) + "\n\n")
	}
	const path = "testdata/rendered.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs (if that is right, run the test with -update):\n got\n%s\nwant\n%s", path, b.String(), want)
	}
}

func TestThePlainTextOfAnAnswerHasItsMarkersButNoNoticeAndNoSources(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer answer.Answer
		want   string
	}{
		{"by the model", answer.Answer{Mode: answer.ByModel, Status: answer.Answered, Notice: answer.ModelCut,
			Claims: []answer.Claim{{Text: "Một.", Footnotes: []int{1, 2}}, {Text: "Hai."}}, Footnotes: []report.Footnote{note(1, "https://example.com/")}},
			"Một. [1] [2]\nHai."},
		{"extractive", answer.Answer{Mode: answer.Extractive, Status: answer.Passages, Notice: answer.NoModel,
			Claims: []answer.Claim{{Text: "Một.", Footnotes: []int{1}}}},
			"“Một.” [1]"},
		{"not in the report", answer.Answer{Mode: answer.ByModel, Status: answer.NotInReport},
			"Báo cáo không nói về điều này."},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.answer.Language = text.Vietnamese
			if got := AnswerText(&test.answer); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
