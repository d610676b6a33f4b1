package console

import (
	"strings"
	"testing"

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

func TestACheckNamesWhatIsWrong(t *testing.T) {
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

func TestACheckOfAnUntitledTextSaysNone(t *testing.T) {
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
