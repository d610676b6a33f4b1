package report

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// read parses a report of the lines.
func read(t *testing.T, lines ...string) *Report {
	t.Helper()
	r, err := Parse([]byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// same fails the test where got isn't want; nil and empty are the same.
func same[T any](t *testing.T, what string, got, want []T) {
	t.Helper()
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n got %#v\nwant %#v", what, got, want)
	}
}

// paragraphs returns the text of each paragraph, its sentences joined.
func paragraphs(r *Report) []string {
	var texts []string
	for i := range r.Paragraphs {
		p := Passage{&r.Paragraphs[i], r.Paragraphs[i].Sentences}
		texts = append(texts, p.Text())
	}
	return texts
}

func TestPlainTextReport(t *testing.T) {
	r := read(t, "Một câu đứng một mình mà không có gì khác ở quanh.")
	same(t, "paragraphs", paragraphs(r), []string{"Một câu đứng một mình mà không có gì khác ở quanh."})
	if r.Title != "" || r.Date != "" || len(r.Authors)+len(r.Sections)+len(r.Footnotes) > 0 {
		t.Errorf("read what isn't there: %+v", r)
	}
	if r.SentenceCount() != 1 {
		t.Errorf("%d sentences", r.SentenceCount())
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "no notes") {
		t.Errorf("warnings %q, want one on the notes", r.Warnings)
	}
}

func TestEmptyReportIsRefused(t *testing.T) {
	for name, s := range map[string]string{
		"empty": "", "blank": " \n\t\r\n \u00a0", "a byte order mark": "\ufeff", "zero-width marks": "\u200b\n\u200b",
		"notes only": "[1] https://a.com/x\n[2] https://b.com/y", "markers only": "[KPA]\n[1]",
	} {
		r, err := Parse([]byte(s))
		if name == "markers only" { // words in brackets are text
			if err != nil || len(r.Paragraphs) != 1 {
				t.Errorf("%s: %+v, %v", name, r, err)
			}
			continue
		}
		if !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: error %v, want ErrEmpty", name, err)
		}
	}
}

func TestUncitedAndMissing(t *testing.T) {
	r := read(t,
		"Câu này có chú thích. [1] Câu này cũng vậy. [7] Câu này nữa. [5, 1]",
		"[1] https://a.com/1",
		"[2] https://a.com/2",
		"[3] https://a.com/3",
	)
	same(t, "uncited", r.Uncited, []int{2, 3})
	same(t, "missing", r.Missing, []int{5, 7})
}

func TestFootnoteByNumber(t *testing.T) {
	r := read(t, "Câu này có chú thích. [20]", "[20] https://a.com/20", "[3] https://a.com/3")
	if f, ok := r.Footnote(20); !ok || f.N != 20 || f.Links[0].URL != "https://a.com/20" {
		t.Errorf("Footnote(20) = %+v, %v", f, ok)
	}
	if _, ok := r.Footnote(4); ok {
		t.Error("Footnote(4) is there")
	}
	if !slices.IsSortedFunc(r.Footnotes, func(a, b Footnote) int { return a.N - b.N }) {
		t.Errorf("notes are not in order: %+v", r.Footnotes)
	}
}

func TestPassages(t *testing.T) {
	sentence := func(letter string, n int) string { return "A" + strings.Repeat(letter, n-2) + "." }
	r := read(t,
		strings.Join([]string{sentence("a", 300), sentence("b", 300), sentence("c", 300)}, " ")+" [1]",
		sentence("d", 850)+" [2] "+sentence("e", 20)+" [2] [3]",
		"Ngắn.",
		"[1] https://a.com/1",
	)
	var lengths []int
	var sentences int
	for _, p := range r.Passages() {
		lengths = append(lengths, utf8.RuneCountInString(p.Text()))
		sentences += len(p.Sentences)
	}
	same(t, "lengths of the passages", lengths, []int{601, 300, 850, 20, 5})
	if sentences != r.SentenceCount() {
		t.Errorf("%d sentences in passages, %d in the report", sentences, r.SentenceCount())
	}
	if got := r.Passages()[3]; !slices.Equal(got.Footnotes(), []int{2, 3}) || got.Paragraph.N != 2 {
		t.Errorf("the fourth passage has notes %v, paragraph %d", got.Footnotes(), got.Paragraph.N)
	}
}
