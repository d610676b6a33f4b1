package report

import (
	"slices"
	"strings"
	"testing"
)

// A line over pages 3 to 5: its sentences begin where their first letter stands.
func TestSentencePages(t *testing.T) {
	sentences := []Sentence{{Text: "Một câu 12."}, {Text: "Hai câu."}, {Text: "Ba câu nữa."}}
	pages{first: 3, starts: []int{9, 11}}.number(sentences) // 6, 6 and 8 letters
	var got []int
	for _, s := range sentences {
		got = append(got, s.Page)
	}
	if !slices.Equal(got, []int{3, 3, 5}) {
		t.Errorf("pages %v", got)
	}
}

func TestPDFSentencePages(t *testing.T) {
	r := readFormat(t, "bridge.pdf")
	found := map[int]bool{}
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			want := 1
			if strings.HasPrefix(p.Entry, "Ngày 14") || strings.HasPrefix(p.Entry, "Tháng 6 năm 2022") || p.Section == "Những việc còn lại của cầu" {
				want = 2
			}
			if s.Page != want {
				t.Errorf("%q is on page %d, want %d", s.Text, s.Page, want)
			}
			found[s.Page] = true
		}
	}
	if len(found) != 2 {
		t.Errorf("pages %v", found)
	}
}
