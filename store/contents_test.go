package store

import (
	"context"
	"slices"
	"testing"

	"reportbot/store/report"
)

func TestAnEditionsContents(t *testing.T) {
	s := openAt(t, Memory)
	in := func(n int, section string, sentences ...string) report.Paragraph {
		p := report.Paragraph{N: n, Section: section}
		for _, text := range sentences {
			p.Sentences = append(p.Sentences, report.Sentence{Text: text})
		}
		return p
	}
	contents := numbered(t, 1)
	contents.Report.Paragraphs = []report.Paragraph{in(1, "", "Một."), in(2, "Đầu", "Hai.", "Ba."), in(3, "Đầu", "Bốn."), in(4, "Cuối", "Năm.")}
	edition := load(t, s, contents)

	got, err := s.Contents(t.Context(), edition.ID)
	if want := []Section{{"", 1, 1}, {"Đầu", 2, 2}, {"Cuối", 4, 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("the contents are %v, %v; want %v", got, err, want)
	}
	var read []int
	for p, err := range s.Read(t.Context(), edition.ID) {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, p.Paragraph)
	}
	if !slices.Equal(slices.Compact(read), []int{1, 2, 3, 4}) {
		t.Errorf("read are the paragraphs %v", read)
	}
	for p := range s.Read(t.Context(), edition.ID) {
		if p.Paragraph != 1 {
			t.Errorf("paragraph %d is read after the first", p.Paragraph)
		}
		break
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for _, err := range s.Read(ended, edition.ID) {
		if err == nil {
			t.Error("a passage is read though the context has ended")
		}
	}
}
