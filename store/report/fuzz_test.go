package report

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse: whatever the bytes, a report is read or refused, and what is read
// can be shown and cited.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "Một.", aReport, "[1]", "[1] https://a.com\n[1] [2]", "[2024] a\n\n[12, 13] b. [KPA]",
		"Bài viết\n1/11/2024\nTháng 9: Một.[1][2]b. U.S. [3] Ba.\n[1] a dot com; hxxp://b[.]com #x\n[2]\nHYPERLINK \"\"",
		"- a\n•\n1. \nA:\nB:\nNguồn:\n[1] https://a.com/x -y#đ", "\xff\xfeM\x00", "\ufeff\r\r\n", "a\x00b", "\xc3(",
		strings.Repeat("đ", 1000), strings.Repeat("a ", 600) + "[1]", "[0]. [9999]", "“[1]”. [1] B", "https:// \n[1] https:/ /\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse(data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("no one line: %v", err)
			}
			return
		}
		if len(r.Paragraphs) == 0 {
			t.Error("neither text nor an error")
		}
		for i, p := range r.Paragraphs {
			if p.N != i+1 || len(p.Sentences) == 0 {
				t.Errorf("paragraph %d: %+v", i+1, p)
			}
			for _, s := range p.Sentences {
				checkSentence(t, r, s)
			}
		}
		sentences := 0
		for _, passage := range r.Passages() {
			sentences += len(passage.Sentences)
			if text := passage.Text(); text == "" || utf8.RuneCountInString(text) > MaxPassage {
				t.Errorf("a passage of %d characters: %q", utf8.RuneCountInString(text), text)
			}
		}
		if sentences != r.SentenceCount() {
			t.Errorf("%d sentences in passages, %d in the report", sentences, r.SentenceCount())
		}
		for i, f := range r.Footnotes {
			if i > 0 && r.Footnotes[i-1].N >= f.N {
				t.Errorf("note [%d] comes after [%d]", f.N, r.Footnotes[i-1].N)
			}
			for _, link := range f.Links {
				if !strings.HasPrefix(link.URL, "http") || link.Site == "" || strings.ContainsAny(link.URL, " \n<>\"") {
					t.Errorf("note [%d] has the link %+v", f.N, link)
				}
			}
		}
		for _, warning := range r.Warnings {
			if strings.Contains(warning, "\n") {
				t.Errorf("no one line: %q", warning)
			}
		}
	})
}

func checkSentence(t *testing.T, r *Report, s Sentence) {
	t.Helper()
	if strings.TrimSpace(s.Text) == "" || len(s.Text) > maxSentence || !utf8.ValidString(s.Text) || strings.Contains(s.Text, "  ") {
		t.Errorf("a sentence of %d bytes: %q", len(s.Text), s.Text)
	}
	for i, n := range s.Footnotes {
		if _, ok := r.Footnote(n); !ok && !slices.Contains(r.Missing, n) {
			t.Errorf("marker [%d] is neither a note's nor missing", n)
		}
		if slices.Contains(s.Footnotes[:i], n) {
			t.Errorf("marker [%d] twice: %v", n, s.Footnotes)
		}
	}
}
