package report

import (
	"fmt"
	"strings"
	"testing"
)

// front are the lines that the reports below begin with.
var front = []string{"Bài viết về mùa màng", "1/11/2024", "An Nguyễn và Bình Lê"}

// outline is a paragraph as section, entry, year and text.
func outline(r *Report) []string {
	var lines []string
	for i, text := range paragraphs(r) {
		p := r.Paragraphs[i]
		lines = append(lines, fmt.Sprintf("%s|%s|%d|%s", p.Section, p.Entry, p.Year, text))
	}
	return lines
}

func TestSections(t *testing.T) {
	tests := []struct {
		name     string
		lines    []string
		sections []string
		want     []string
	}{
		{
			name:     "a paragraph belongs to the heading above it",
			lines:    []string{"Mở đầu", "Một.", "Hai.", "Kết luận:", "Ba."},
			sections: []string{"Mở đầu", "Kết luận"},
			want:     []string{"Mở đầu||2024|Một.", "Mở đầu||2024|Hai.", "Kết luận||2024|Ba."},
		},
		{
			name:     "two headings in a row are one",
			lines:    []string{"Mở đầu", "Bối cảnh", "Một."},
			sections: []string{"Mở đầu › Bối cảnh"},
			want:     []string{"Mở đầu › Bối cảnh||2024|Một."},
		},
		{
			name:     "a question is a heading",
			lines:    []string{"Mở đầu", "Một.", "Vì sao mất mùa?", "Hai."},
			sections: []string{"Mở đầu", "Vì sao mất mùa?"},
			want:     []string{"Mở đầu||2024|Một.", "Vì sao mất mùa?||2024|Hai."},
		},
		{
			name:     "a short line with a full stop is none",
			lines:    []string{"Mở đầu", "Một.", "Mất mùa.", "Ông nói “mất mùa.”"},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Một.", "Mở đầu||2024|Mất mùa.", "Mở đầu||2024|Ông nói “mất mùa.”"},
		},
		{
			name:     "a short line with a footnote is none",
			lines:    []string{"Mở đầu", "Mất mùa lớn [1]", "[1] https://a.com/1"},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Mất mùa lớn"},
		},
		{
			name:     "items are paragraphs, without a sign but with their number",
			lines:    []string{"Những điểm chính", "- Gạo tăng", "• Ngô giảm.", "* Khoai", "– Sắn", "1. Lúa", "2) Mía"},
			sections: []string{"Những điểm chính"},
			want: []string{"Những điểm chính||2024|Gạo tăng", "Những điểm chính||2024|Ngô giảm.", "Những điểm chính||2024|Khoai",
				"Những điểm chính||2024|Sắn", "Những điểm chính||2024|1. Lúa", "Những điểm chính||2024|2) Mía"},
		},
		{
			name:     "a heading directly above the notes heads nothing",
			lines:    []string{"Mở đầu", "Một. [1]", "Ghi chú:", "[1] https://a.com/1"},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Một."},
		},
		{
			name:     "a short last line is text, with the notes' heading under it too",
			lines:    []string{"Mở đầu", "Một. [1]", "Viết tại Hà Nội", "Endnotes", "[1] https://a.com/1"},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Một.", "Mở đầu||2024|Viết tại Hà Nội"},
		},
		{
			name:     "a line is one paragraph, however many sentences",
			lines:    []string{"Mở đầu", "Một. Hai. Ba."},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Một. Hai. Ba."},
		},
		{
			name:     "white space is single",
			lines:    []string{"Mở đầu", "Một   hai\t ba\u00a0 bốn."},
			sections: []string{"Mở đầu"},
			want:     []string{"Mở đầu||2024|Một hai ba bốn."},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, append(front, test.lines...)...)
			same(t, "sections", r.Sections, test.sections)
			same(t, "paragraphs", outline(r), test.want)
			for i, p := range r.Paragraphs {
				if p.N != i+1 {
					t.Errorf("paragraph %d has the number %d", i+1, p.N)
				}
			}
		})
	}
}

func TestTimeline(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string // entry, year and text
	}{
		{
			name:  "an entry with its year",
			lines: []string{"Tháng 9 năm 2022: Nga mua gạo."},
			want:  []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: Nga mua gạo."},
		},
		{
			name:  "an entry without a year inherits it",
			lines: []string{"Tháng 9 năm 2022: Một.", "Tháng 11: Hai.", "Ngày 3 tháng 12 năm 2023: Ba.", "5/12: Bốn."},
			want: []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: Một.", "Tháng 11, 2022|2022|Tháng 11: Hai.",
				"Ngày 3 tháng 12 năm 2023|2023|Ngày 3 tháng 12 năm 2023: Ba.", "5/12, 2023|2023|5/12: Bốn."},
		},
		{
			name:  "the first entry without a year is in the report's",
			lines: []string{"Tháng 9: Một."},
			want:  []string{"Tháng 9, 2024|2024|Tháng 9: Một."},
		},
		{
			name:  "a paragraph under an entry belongs to it",
			lines: []string{"Tháng 9 năm 2022: Một.", "Hai, ngày 3 tháng 9.", "Tháng 1 năm 2023: Ba."},
			want: []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: Một.", "Tháng 9 năm 2022|2022|Hai, ngày 3 tháng 9.",
				"Tháng 1 năm 2023|2023|Tháng 1 năm 2023: Ba."},
		},
		{
			name:  "a heading ends the timeline",
			lines: []string{"Tháng 9 năm 2022: Một.", "Kết luận", "Hai."},
			want:  []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: Một.", "|2024|Hai."},
		},
		{
			name:  "an entry as a line of its own",
			lines: []string{"Tháng 9 năm 2022:", "Một.", "Tháng 11:", "Hai."},
			want:  []string{"Tháng 9 năm 2022|2022|Một.", "Tháng 11, 2022|2022|Hai."},
		},
		{
			name:  "an entry as a line of its own without a colon",
			lines: []string{"Tháng 9 năm 2022", "Một.", "Tháng 11", "Hai.", "2023", "Ba."},
			want:  []string{"Tháng 9 năm 2022|2022|Một.", "Tháng 11, 2022|2022|Hai.", "2023|2023|Ba."},
		},
		{
			name:  "a short entry without a full stop",
			lines: []string{"Tháng 9 năm 2022: mua gạo", "Tháng 11: bán gạo"},
			want:  []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: mua gạo", "Tháng 11, 2022|2022|Tháng 11: bán gạo"},
		},
		{
			name:  "entries as bullets",
			lines: []string{"- Tháng 9 năm 2022: Một.", "- Tháng 11: Hai."},
			want:  []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022: Một.", "Tháng 11, 2022|2022|Tháng 11: Hai."},
		},
		{
			name:  "a space before the colon",
			lines: []string{"Tháng 9 năm 2022 : Một."},
			want:  []string{"Tháng 9 năm 2022|2022|Tháng 9 năm 2022 : Một."},
		},
		{
			name:  "English",
			lines: []string{"September 2022: One.", "Nov. 3: Two.", "3 December 2023: Three.", "December 5, 2021: Four."},
			want: []string{"September 2022|2022|September 2022: One.", "Nov. 3, 2022|2022|Nov. 3: Two.",
				"3 December 2023|2023|3 December 2023: Three.", "December 5, 2021|2021|December 5, 2021: Four."},
		},
		{
			name:  "what is no date is no entry",
			lines: []string{"3: Một.", "5:00 họ đi.", "Máy: Hai.", "Tháng sau: Ba.", "Theo ông: năm 2022 tốt."},
			want:  []string{"|2024|3: Một.", "|2024|5:00 họ đi.", "|2024|Máy: Hai.", "|2024|Tháng sau: Ba.", "|2024|Theo ông: năm 2022 tốt."},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, append(front, append([]string{"Diễn biến", aParagraph}, test.lines...)...)...)
			var got []string
			for _, line := range outline(r)[1:] {
				_, rest, _ := strings.Cut(line, "|")
				got = append(got, rest)
			}
			same(t, "entries", got, test.want)
		})
	}
}

func TestTimelineBelowTheTitle(t *testing.T) {
	r := read(t, "Bài viết", "Ngày 1 tháng 11 năm 2024:", "Một.", "Ngày 2 tháng 11:", "Hai.")
	if r.Title != "Bài viết" || r.Date != "" {
		t.Errorf("title %q, date %q", r.Title, r.Date)
	}
	same(t, "paragraphs", outline(r), []string{"|Ngày 1 tháng 11 năm 2024|2024|Một.", "|Ngày 2 tháng 11, 2024|2024|Hai."})

	r = read(t, "Bài viết", "Diễn biến", "Ngày 1 tháng 11 năm 2024:", "Một.")
	same(t, "paragraphs under a heading", outline(r), []string{"Diễn biến|Ngày 1 tháng 11 năm 2024|2024|Một."})
}

func TestNoYearWithoutADate(t *testing.T) {
	r := read(t, "Bài viết", aParagraph, "Tháng 9: Một.")
	same(t, "paragraphs", outline(r), []string{"||0|" + aParagraph, "|Tháng 9|0|Tháng 9: Một."})
}
