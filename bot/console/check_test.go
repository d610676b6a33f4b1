package console

import (
	"fmt"
	"strings"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
)

func checked(r *report.Report, location string) string {
	var b strings.Builder
	WriteCheck(&b, location, r)
	return b.String()
}

func TestTheCheckOfTheEmbeddedReport(t *testing.T) {
	source, err := report.Open(t.Context(), report.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	mustBeGolden(t, "check.embedded.txt", checked(source.Report, source.Location))
}

func TestACheckListsProblems(t *testing.T) {
	const facts = "r.txt\n  title    T\n  date     2024-05-03\n  authors  A B, C D\n  1 section, 1 paragraph, 1 sentence, 1 passage, "
	good := report.Footnote{N: 1, Links: []report.Link{{URL: "https://example.org/", Site: "example.org"}}}
	for _, test := range []struct {
		name   string
		change func(r *report.Report)
		want   string
	}{
		{"nothing", func(*report.Report) {}, facts + "1 note\n  nothing wrong\n"},
		{"markers without a note", func(r *report.Report) { r.Missing = []int{7, 9} },
			facts + "1 note\n  markers without a note: [7] [9]\n"},
		{"notes that nothing marks", func(r *report.Report) { r.Uncited = []int{1} },
			facts + "1 note\n  notes that nothing marks: [1]\n"},
		{"a damaged fragment", func(r *report.Report) { r.Footnotes[0].Damaged = []string{"#a b\nc"} },
			facts + "1 note\n  note [1]: damaged fragment (the link before it is good): #a b c\n"},
		{"a damaged link", func(r *report.Report) {
			r.Footnotes[0] = report.Footnote{N: 1, Damaged: []string{"https://example.org/x y"}}
		}, facts + "1 note\n  note [1]: damaged link: https://example.org/x y\n  note [1]: no good link\n"},
		{"warnings", func(r *report.Report) { r.Warnings = []string{"line 3 is odd", "line 4 too"} },
			facts + "1 note\n  line 3 is odd\n  line 4 too\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &report.Report{
				Title: "T", Date: "2024-05-03", Authors: []string{"A B", "C D"}, Sections: []string{"S"},
				Paragraphs: []report.Paragraph{{N: 1, Sentences: []report.Sentence{{Text: "A sentence.", Footnotes: []int{1}}}}},
				Footnotes:  []report.Footnote{good},
			}
			test.change(r)
			if got := checked(r, "r.txt"); got != test.want {
				t.Errorf("printed\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Thousands of problems of one kind are printed as one line and five examples.
func TestACheckOfThousandsOfNotesWithoutLinks(t *testing.T) {
	var b strings.Builder
	b.WriteString("Bài viết\n\nMột câu.[1]\n\nGhi chú\n")
	for n := range 3000 {
		fmt.Fprintf(&b, "[%d] Sách số %d\n", n+1, n+1)
	}
	r, err := report.Parse([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	got := checked(r, "r.txt")
	for _, want := range []string{"3000 notes have no link, among them:", `note [5] has no link: "Sách số 5"`, "[101] and 2899 more"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%.2000s", want, got)
		}
	}
	if lines := strings.Count(got, "\n"); lines != 12 {
		t.Errorf("%d lines:\n%.2000s", lines, got)
	}
}

func TestACheckOfAnUntitledTextPrintsNone(t *testing.T) {
	r, err := report.Parse([]byte("Chỉ có một câu ở đây.\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := checked(r, "plain.txt")
	for _, want := range []string{"plain.txt\n", "title    (none)\n", "date     (none)\n", "authors  (none)\n", "0 sections, 1 paragraph,", "no notes"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}

func TestAnExamIsPrinted(t *testing.T) {
	var b strings.Builder
	WriteExam(&b, &Exam{
		Exam:    store.Exam{Facts: 12, Examined: 10, Found: 9, Missed: []store.MissedSentence{{Paragraph: 4, Text: "Cầu dài 12 mét."}}},
		Offered: make([]store.ExamQuestion, 1),
	})
	const want = "  exam: 9 of 10 sentences found, of 12 with a number, a date or a name; 1 question can be offered\n" +
		"  not found, paragraph 4: Cầu dài 12 mét.\n"
	if b.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", b.String(), want)
	}
}
