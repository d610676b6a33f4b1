package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

const compared = `Ngày 3 tháng 5 năm 2024
Báo cáo thử về những cây cầu
Nguyễn Văn A và Trần Thị B
Hiện trạng
Cầu Bạch Yến dài 1.200 mét và khánh thành ngày 9 tháng 4 năm 2019. [1] Mỗi ngày có 15.000 lượt xe qua cầu này. [2]
Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [3]
Dự báo
Thành phố sẽ xây thêm hai cây cầu nữa trước năm 2030. [3]
[1] https://example.org/bach-yen
[2] https://example.org/luot-xe
[3] https://example.org/so-lieu
`

// told writes a comparison in short, one line a difference.
func told(c *Comparison) string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, f := range c.Front {
		line("front %q > %q", f.Old, f.New)
	}
	for _, s := range c.SectionsAdded {
		line("+section %s", s)
	}
	for _, s := range c.SectionsGone {
		line("-section %s", s)
	}
	for _, p := range c.Added {
		line("+paragraph %d", p.N)
	}
	for _, p := range c.Gone {
		line("-paragraph %d", p.N)
	}
	for _, p := range c.Changed {
		line("~paragraph %d > %d", p.Old.N, p.New.N)
	}
	for _, f := range c.FootnotesAdded {
		line("+note %d", f.N)
	}
	for _, f := range c.FootnotesGone {
		line("-note %d", f.N)
	}
	for _, f := range c.FootnotesChanged {
		line("~note %d", f.New.N)
	}
	for _, d := range c.Damaged {
		line("damaged %d %s", d.N, d.Text)
	}
	return strings.Join(lines, "\n")
}

func TestCompare(t *testing.T) {
	before := read(t, compared)
	for _, test := range []struct {
		name    string
		changes []string // pairs: what is put in another's place
		want    string
	}{
		{"nothing", nil, ""},
		{"white space", []string{"Mỗi ngày có", "Mỗi  ngày   có"}, ""},
		{"a number", []string{"15.000", "16.000"}, "~paragraph 1 > 1"},
		{"half a paragraph", []string{"được sửa chữa suốt năm 2021", "được sửa chữa suốt năm 2021 và mở lại năm 2022"}, "~paragraph 2 > 2"},
		{"another paragraph in its place", []string{"Cầu Cẩm Thạch được sửa chữa suốt năm 2021", "Không ai biết vì sao dòng sông này đổi màu"},
			"+paragraph 2\n-paragraph 2"},
		{"a paragraph more", []string{"Cầu Cẩm", "Sông ở đây rộng và sâu. [3]\nCầu Cẩm"}, "+paragraph 2"},
		{"a paragraph fewer", []string{"Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [3]\n", ""}, "-paragraph 2"},
		{"two paragraphs change places", []string{"Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [3]\n", "",
			"Hiện trạng\n", "Hiện trạng\nCầu Cẩm Thạch được sửa chữa suốt năm 2021. [3]\n"}, ""},
		{"a marker more", []string{"suốt năm 2021. [3]", "suốt năm 2021. [3] [1]"}, "~paragraph 2 > 2"},
		{"a marker moves to another sentence", []string{"2019. [1]", "2019.", "cầu này. [2]", "cầu này. [1] [2]"}, "~paragraph 1 > 1"},
		{"title and date", []string{"3 tháng 5", "4 tháng 5", "Báo cáo thử", "Báo cáo mới"},
			"front \"Báo cáo thử về những cây cầu\" > \"Báo cáo mới về những cây cầu\"\nfront \"2024-05-03\" > \"2024-05-04\""},
		{"a section's name", []string{"Dự báo\n", "Tương lai\n"}, "+section Tương lai\n-section Dự báo"},
		{"a note's link", []string{"/luot-xe", "/luot-xe-moi"}, "~note 2"},
		{"a note more", []string{"/so-lieu\n", "/so-lieu\n[4] https://example.org/moi\n"}, "+note 4"},
		{"a note fewer", []string{"[1] https://example.org/bach-yen\n", "", " [1]", ""}, "~paragraph 1 > 1\n-note 1"},
		{"a note between others", []string{
			"năm 2030. [3]", "năm 2030. [4]", "năm 2021. [3]", "năm 2021. [4]", "[3] https", "[4] https",
			"/luot-xe\n", "/luot-xe\n[3] https://example.org/giua\n"}, "+note 3"},
		{"the next note takes a number", []string{
			"[1] https://example.org/bach-yen\n", "", "[2] https", "[1] https", " [2]", ""},
			"~paragraph 1 > 1\n-note 1"},
		{"a damaged link", []string{"https://example.org/so-lieu", "https://example.org/so-lieu ; https://exam”ple/x"},
			"~note 3\ndamaged 3 https://exam”ple/x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := strings.NewReplacer(test.changes...).Replace(compared)
			if len(test.changes) > 0 && changed == compared {
				t.Fatal("nothing was changed")
			}
			after := read(t, changed)
			c := Compare(before, after)
			if got := told(c); got != test.want || c.Same() != (test.want == "") {
				t.Errorf("got\n%s\n(same: %v) want\n%s", got, c.Same(), test.want)
			}
			// Turned round, what was added is gone.
			back := Compare(after, before)
			if !reflect.DeepEqual(texts(c.Added), texts(back.Gone)) || !reflect.DeepEqual(texts(c.Gone), texts(back.Added)) ||
				len(c.Changed) != len(back.Changed) {
				t.Errorf("forth\n%s\nand back\n%s", told(c), told(back))
			}
		})
	}
}

func texts(paragraphs []Paragraph) []string {
	list := []string{}
	for _, p := range paragraphs {
		list = append(list, p.Text())
	}
	return list
}

func TestCompareOriginal(t *testing.T) {
	before := original(t)
	if c := Compare(before, before); !c.Same() || len(c.Damaged) > 0 {
		t.Errorf("against itself:\n%s", told(c))
	}
	after := &Report{}
	for _, p := range before.Paragraphs {
		p.Sentences = slices.Clone(p.Sentences)
		for i := range p.Sentences {
			s := &p.Sentences[i]
			s.Text = strings.ReplaceAll(s.Text, " của ", " thuộc về ")
		}
		after.Paragraphs = append(after.Paragraphs, p)
	}
	c := Compare(before, after)
	if len(c.Changed) < 30 || len(c.Added)+len(c.Gone) > 0 {
		t.Errorf("with a word changed: %d changed, %d added, %d gone", len(c.Changed), len(c.Added), len(c.Gone))
	}
	for _, p := range c.Changed {
		if p.Old.N != p.New.N {
			t.Errorf("paragraph %d is paired with %d", p.Old.N, p.New.N)
		}
	}
}

// A long report all of whose paragraphs changed is compared in seconds.
func TestCompareLongReports(t *testing.T) {
	long := func(word string) *Report {
		r := &Report{}
		for n := 1; n <= 3000; n++ {
			r.Paragraphs = append(r.Paragraphs, Paragraph{N: n, Sentences: []Sentence{{
				Text: fmt.Sprintf("Đoạn số %d nói về cây cầu thứ %d của thành phố %d và về dòng sông %s.", n, n*7, n*13, word)}}})
		}
		return r
	}
	before, after := long("nhỏ"), long("lớn")
	begun := time.Now()
	c := Compare(before, after)
	if len(c.Changed) != 3000 || len(c.Added) > 0 {
		t.Errorf("%d changed, %d added, %d gone", len(c.Changed), len(c.Added), len(c.Gone))
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
}
