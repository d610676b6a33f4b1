package report

import (
	"fmt"
	"strings"
	"testing"
)

// urls returns each note as its number and its links.
func urls(r *Report) []string {
	var notes []string
	for _, f := range r.Footnotes {
		note := fmt.Sprint(f.N)
		for _, link := range f.Links {
			note += " " + link.URL
		}
		notes = append(notes, note)
	}
	return notes
}

func TestNotes(t *testing.T) {
	tests := []struct {
		name     string
		lines    []string
		notes    []string
		warnings int
	}{
		{
			name:  "one a line",
			lines: []string{"[1] https://a.com/1", "[2] https://a.com/2"},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2"},
		},
		{
			name:  "blank lines between them",
			lines: []string{"", "[1] https://a.com/1", "", "", "[2] https://a.com/2", ""},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2"},
		},
		{
			name:  "without a space behind the number",
			lines: []string{"[1]https://a.com/1", "[2]: https://a.com/2"},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2"},
		},
		{
			name:  "several links a note",
			lines: []string{"[1] https://a.com/1; https://a.com/2 ; https://a.com/3;"},
			notes: []string{"1 https://a.com/1 https://a.com/2 https://a.com/3"},
		},
		{
			name:  "a note goes on over a second line",
			lines: []string{"[1] https://a.com/1", "https://a.com/2", "[2] https://a.com/3"},
			notes: []string{"1 https://a.com/1 https://a.com/2", "2 https://a.com/3"},
		},
		{
			name:  "the last note goes on over several lines",
			lines: []string{"[1] https://a.com/1", "[2] Báo Gạo,", "số 5,", "https://a.com/2"},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2"},
		},
		{
			name:  "a link goes on over a second line",
			lines: []string{"[1] https://a.com/mua-mang-", "nam-nay", "[2] https://a.com/2"},
			notes: []string{"1 https://a.com/mua-mang-nam-nay", "2 https://a.com/2"},
		},
		{
			name:  "a number alone, its link below",
			lines: []string{"[1]", "https://a.com/1", "[2]", "https://a.com/2"},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2"},
		},
		{
			name:     "a number twice: the first counts",
			lines:    []string{"[1] https://a.com/1", "[1] https://a.com/2", "[2] https://a.com/3"},
			notes:    []string{"1 https://a.com/1", "2 https://a.com/3"},
			warnings: 1,
		},
		{
			name:  "numbers in any order",
			lines: []string{"[2] https://a.com/2", "[10] https://a.com/10", "[1] https://a.com/1"},
			notes: []string{"1 https://a.com/1", "2 https://a.com/2", "10 https://a.com/10"},
		},
		{
			name:     "a note in words",
			lines:    []string{"[1] Phỏng vấn tại Hà Nội", "[2] https://a.com/2"},
			notes:    []string{"1", "2 https://a.com/2"},
			warnings: 1,
		},
		{name: "no notes", warnings: 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, append([]string{"Bài viết", aParagraph, aParagraph}, test.lines...)...)
			same(t, "notes", urls(r), test.notes)
			same(t, "paragraphs", paragraphs(r), []string{aParagraph, aParagraph})
			if len(r.Warnings) != test.warnings {
				t.Errorf("warnings %q, want %d", r.Warnings, test.warnings)
			}
		})
	}
}

func TestNoteTextIsUnchanged(t *testing.T) {
	r := read(t, aParagraph, "[1] Xem https://www.a chấm com/1 ;", "https://b dot com/2")
	if want := "Xem https://www.a chấm com/1 ;\nhttps://b dot com/2"; r.Footnotes[0].Raw != want {
		t.Errorf("raw %q, want %q", r.Footnotes[0].Raw, want)
	}
}

func TestWarningsAreOneLineWithTheNote(t *testing.T) {
	r := read(t, aParagraph, "[1] "+strings.Repeat("chữ ", 60), "và thêm nữa", "[2] https://a.com/2", "[2] Bài hai")
	if len(r.Warnings) != 2 {
		t.Fatalf("warnings %q", r.Warnings)
	}
	for i, begins := range []string{"note [2] is there twice", "note [1] has no link"} {
		if !strings.Contains(strings.Join(r.Warnings, "\n"), begins) {
			t.Errorf("no warning begins with %q: %q", begins, r.Warnings)
		}
		if warning := r.Warnings[i]; strings.Contains(warning, "\n") || len([]rune(warning)) > 200 {
			t.Errorf("no short line: %q", warning)
		}
	}
}

func TestParagraphsAboveTheNotesAreText(t *testing.T) {
	above := []string{"Một đoạn có địa chỉ https://a.com/x ở trong.", "Hai. [1]", "Ba. [2]", "Bốn."}
	r := read(t, append(above, "[1] https://a.com/1", "[2] https://a.com/2")...)
	same(t, "paragraphs", paragraphs(r), []string{"Một đoạn có địa chỉ https://a.com/x ở trong.", "Hai.", "Ba.", "Bốn."})
	if len(r.Footnotes) != 2 {
		t.Errorf("notes %q", urls(r))
	}
}
