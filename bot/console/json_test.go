package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// hits are two passages, the second without section and notes.
var hits = []retrieval.Hit{
	{
		Passage: store.Passage{ID: 41, Paragraph: 17, Section: "Hiện trạng", Sentences: []report.Sentence{
			{Text: "Cây cầu dài 120 mét.", Footnotes: []int{12, 13}}, {Text: "Nó bắc qua <sông> & \"kênh\".", Footnotes: []int{13}},
		}},
		Score: 9.125,
	},
	{Passage: store.Passage{ID: 7, Paragraph: 1, Sentences: []report.Sentence{{Text: "Một câu."}}}, Score: .5},
}

// whole is an answer with every field set.
var whole = &answer.Answer{
	Question: "Cầu dài bao nhiêu?", Language: text.Vietnamese, Edition: &store.Edition{ID: 1},
	Status: answer.Answered, Mode: answer.ByModel, Notice: answer.ModelCut, Cause: errors.New("not for the reader"),
	Claims: []answer.Claim{
		{Text: "Cầu dài 120 mét.", Footnotes: []int{12, 13}, Sources: []string{"Cây cầu dài 120 mét."}},
		{Text: "Nó bắc qua sông.", Sources: []string{"Nó bắc qua <sông>."}},
	},
	Footnotes: []report.Footnote{
		{N: 12, Raw: "https://example.org/a?b=1&c=2", Links: []report.Link{{URL: "https://example.org/a?b=1&c=2", Site: "example.org"}}},
		{N: 13, Raw: "Báo in, không có liên kết"},
	},
	Passages: hits,
	Rejected: []answer.Rejected{{Text: "Cầu dài 200 mét.", Why: claim.Number, Detail: `no cited sentence has "200"`}},
	Usage:    answer.Usage{PromptTokens: 310, CompletionTokens: 42, Calls: 1},
	Took:     answer.Took{Total: 1234567 * time.Microsecond, Retrieval: 1300 * time.Microsecond, Model: 1233 * time.Millisecond},
}

// odd is a report with every kind of problem.
var odd = &report.Report{
	Title: "Báo cáo thử", Date: "2024-05-03", Authors: []string{"Nguyễn Văn A", "Trần Thị B"}, Sections: []string{"Hiện trạng", "Dự báo"},
	Paragraphs: []report.Paragraph{{N: 1, Section: "Hiện trạng", Sentences: hits[0].Passage.Sentences}},
	Footnotes: []report.Footnote{
		{N: 1, Raw: "example dot org/a ; example.org/b", Defanged: true, Links: []report.Link{
			{URL: "https://example.org/a", Site: "example.org"}, {URL: "https://example.org/b", Site: "example.org"}}},
		{N: 2, Raw: "Báo in"},
		{N: 3, Raw: "https://example.org/c#một hai", Links: []report.Link{{URL: "https://example.org/c", Site: "example.org"}}, Damaged: []string{"#một hai"}},
	},
	Uncited: []int{1, 2, 3}, Missing: []int{12, 13}, Warnings: []string{"line 3 is odd"},
}

// encoded is a value as `--json` prints it, indented for the golden file.
func encoded(t *testing.T, value any) string {
	t.Helper()
	var line, b bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(line.String(), "\n"); n != 1 {
		t.Errorf("the object spans %d lines", n)
	}
	if err := json.Indent(&b, line.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Other programs depend on the JSON: fields may be added, but not renamed or removed.
func TestJSONMatchesTheGoldenFiles(t *testing.T) {
	for name, value := range map[string]any{
		"search.json":       Search("Cầu dài bao nhiêu?", hits, 1300*time.Microsecond),
		"search.empty.json": Search("", nil, 0),
		"answer.json":       Answer(whole),
		"answer.empty.json": Answer(&answer.Answer{Status: answer.NotInReport, Mode: answer.Extractive, Language: text.English}),
		"check.json":        Check(odd, &Exam{Exam: store.Exam{Facts: 12, Examined: 10, Found: 9, Missed: []store.MissedSentence{{Paragraph: 4, Text: "Cầu dài 12 mét."}}}, Offered: []store.ExamQuestion{{Question: "Cầu dài bao nhiêu mét?", Paragraph: 5, Sentence: "Cầu dài 13 mét."}}}),
		"check.empty.json":  Check(&report.Report{}, nil),
	} {
		t.Run(name, func(t *testing.T) {
			got := encoded(t, value)
			if strings.Contains(got, "null") {
				t.Error("a list is null where it should be empty")
			}
			if strings.Contains(got, "not for the reader") {
				t.Error("the operator's error is in the reader's JSON")
			}
			mustBeGolden(t, name, got)
		})
	}
}

func TestAnAnswersTextIsItsClaimsWithTheirMarkers(t *testing.T) {
	extractive := *whole
	extractive.Mode, extractive.Status, extractive.Notice = answer.Extractive, answer.Passages, answer.NoModel
	refused := answer.Answer{Language: text.English, Status: answer.NotInReport, Mode: answer.ByModel}
	for _, test := range []struct {
		name string
		a    *answer.Answer
		want string
	}{
		{"a model's", whole, "Cầu dài 120 mét. [12] [13]\nNó bắc qua sông."},
		{"the report's own words", &extractive, "“Cầu dài 120 mét.” [12] [13]\n“Nó bắc qua sông.”"},
		{"none", &refused, "The report does not say."},
	} {
		if got := Answer(test.a).Text; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if notice := Answer(&extractive).Notice; notice == "" || strings.Contains(notice, "\n") {
		t.Errorf("the notice is %q, want one line", notice)
	}
	if notice := Answer(&refused).Notice; notice != "" {
		t.Errorf("the notice is %q, want none", notice)
	}
}
