package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

var concepts = retrieval.New(nil).Concepts()

// passage returns a paragraph of one passage.
func passage(n int, section string, sentences ...string) store.Passage {
	p := store.Passage{ID: int64(n), Paragraph: n, Section: section}
	for _, s := range sentences {
		p.Sentences = append(p.Sentences, report.Sentence{Text: s})
	}
	return p
}

// marked gives all sentences of a passage a footnote.
func marked(p store.Passage) store.Passage {
	p.Sentences = slices.Clone(p.Sentences)
	for i := range p.Sentences {
		p.Sentences[i].Footnotes = []int{i + 1}
	}
	return p
}

// scored returns the sentences of a body with their scores.
func scored(body ...store.Passage) []*sentence {
	var all []*sentence
	for _, p := range sectionsOf(body) {
		all = append(all, p.sentences...)
	}
	score(all, concepts)
	return all
}

func TestScoreFavoursWhatIsLikeTheRestAndWhatOpensAParagraph(t *testing.T) {
	sentences := scored(
		passage(1, "", "Cầu mới nối hai bờ sông của huyện nhỏ.", "Hai bờ sông nay có cầu mới nối liền với nhau.", "Giá cà phê hôm nay tăng thêm vài đồng."),
		passage(2, "", "Mèo hoang ngủ yên trên mái nhà kho cũ.", "Tuy nhiên, hai bờ sông nay có cầu mới nối liền với nhau."),
	)
	value := map[string]float64{}
	for _, s := range sentences {
		value[s.Text] = s.score
	}
	for _, pair := range [][2]string{
		{"Cầu mới nối hai bờ sông của huyện nhỏ.", "Hai bờ sông nay có cầu mới nối liền với nhau."},                   // opens its paragraph
		{"Hai bờ sông nay có cầu mới nối liền với nhau.", "Giá cà phê hôm nay tăng thêm vài đồng."},                   // like others
		{"Hai bờ sông nay có cầu mới nối liền với nhau.", "Tuy nhiên, hai bờ sông nay có cầu mới nối liền với nhau."}, // stands alone
	} {
		if value[pair[0]] <= value[pair[1]] {
			t.Errorf("%q is worth %f, no more than %q with %f", pair[0], value[pair[0]], pair[1], value[pair[1]])
		}
	}
}

func TestChooseTakesNothingTwiceAndKeepsTheOrder(t *testing.T) {
	sentences := scored(
		passage(1, "", "Cầu mới nối hai bờ sông của huyện nhỏ."),
		passage(2, "", "Cầu mới nối hai bờ sông của huyện nhỏ này."),
		passage(3, "", "Kinh phí do tỉnh góp cùng với quỹ vay.", "Quỹ vay lo phần kinh phí mà tỉnh không góp."),
		passage(4, "", "Cầu ngắn."),
	)
	texts := func(chosen []*sentence) (texts []string) {
		for _, s := range chosen {
			texts = append(texts, s.Text)
		}
		return texts
	}
	two := texts(choose(sentences, 2, nil))
	if len(two) != 2 || two[1] != "Kinh phí do tỉnh góp cùng với quỹ vay." {
		t.Errorf("of two it chooses %q", two)
	}
	if all := texts(choose(sentences, 9, nil)); !slices.Equal(all, texts(sentences[:4])) {
		t.Errorf("of all it chooses %q; the last is too short to stand alone", all)
	}
	if beside := texts(choose(sentences, 1, sentences[2:3])); !strings.HasPrefix(beside[0], "Cầu mới") {
		t.Errorf("beside the third it chooses %q", beside)
	}
	if short := texts(choose(scored(passage(1, "", "Cầu ngắn.", "Sông dài.")), 1, nil)); len(short) != 1 {
		t.Errorf("of short lines alone it chooses %q", short)
	}
}

func TestAReportIsAlwaysSummedUpAlike(t *testing.T) {
	source, err := report.Open(t.Context(), report.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	var body []store.Passage
	for i, p := range source.Report.Passages() {
		body = append(body, store.Passage{ID: int64(i), Paragraph: p.Paragraph.N, Section: p.Paragraph.Section, Sentences: p.Sentences})
	}
	first := scored(body...)
	for range 2 {
		for i, s := range scored(body...) {
			if s.score != first[i].score {
				t.Fatalf("%q is worth %v once and %v then", s.Text, first[i].score, s.score)
			}
		}
	}
}

func TestShare(t *testing.T) {
	for _, test := range []struct {
		n       int
		lengths []int
		want    []int
	}{
		{10, []int{100}, []int{10}},
		{4, []int{100, 100}, []int{2, 2}},
		{10, []int{10, 1000, 500}, []int{1, 6, 3}},
		{2, []int{10, 1000, 500}, []int{0, 1, 1}},
		{3, []int{0, 10, 10}, []int{0, 2, 1}},
		{3, []int{}, []int{}},
	} {
		if got := share(test.n, test.lengths); !slices.Equal(got, test.want) {
			t.Errorf("%d among %v: %v, want %v", test.n, test.lengths, got, test.want)
		}
	}
}

func TestPiecesKeepPassagesWhole(t *testing.T) {
	body := []store.Passage{
		passage(1, "", strings.Repeat("a", 60), strings.Repeat("b", 30)), passage(2, "", strings.Repeat("c", 20)),
		passage(3, "", strings.Repeat("d", 300)), passage(4, "", strings.Repeat("e", 100)),
	}
	var got []string
	for _, piece := range pieces(scored(body...), 100) {
		var ids []string
		for _, p := range passagesOf(piece) {
			ids = append(ids, fmt.Sprintf("%d:%d", p.ID, len(p.Sentences)))
		}
		got = append(got, strings.Join(ids, " "))
	}
	if want := []string{"1:2", "2:1", "3:1", "4:1"}; !slices.Equal(got, want) {
		t.Errorf("pieces of 100 characters: %q, want %q", got, want)
	}
	if n := len(pieces(scored(body...), 130)); n != 3 {
		t.Errorf("%d pieces of 130 characters, want 3", n)
	}
}

func TestOfALongReportTheBeginningsOfParagraphsAreRead(t *testing.T) {
	var body []store.Passage
	for i := range 30 {
		body = append(body, passage(i+1, fmt.Sprint("Phần ", i/10), "Một.", "Hai.", "Ba."))
	}
	for _, test := range []struct{ most, want int }{{100, 90}, {90, 90}, {89, 30}, {30, 30}, {29, 15}, {10, 12}} {
		count := 0
		for _, p := range thin(sectionsOf(body), test.most) {
			count += len(p.sentences)
			if len(p.sentences) == 0 {
				t.Errorf("of at most %d sentences a section has none", test.most)
			}
			for _, s := range p.sentences {
				if test.most < 90 && !s.opens {
					t.Errorf("of at most %d sentences %q in paragraph %d is read", test.most, s.Text, s.passage.Paragraph)
				}
			}
		}
		if count != test.want {
			t.Errorf("of at most %d sentences %d are read, want %d", test.most, count, test.want)
		}
	}
}

func TestWhichSectionSaysTheTakeaways(t *testing.T) {
	long := passage(9, "Diễn biến", "Một câu.", "Hai câu.", "Ba câu.", "Bốn câu.", "Năm câu.", "Sáu câu.", "Bảy câu.", "Tám câu.", "Chín câu.")
	points := func(title string) []store.Passage {
		return []store.Passage{passage(1, title, "Ý một."), passage(2, title, "Ý hai."), passage(3, title, "Ý ba.")}
	}
	for _, test := range []struct {
		name string
		body []store.Passage
		want bool // the section of points is left out
	}{
		{"by a Vietnamese title", append(points("Những điểm chính cần ghi nhớ:"), long), true},
		{"by another", append(points("Các điểm chính"), long), true},
		{"by one without marks", append(points("CAC Y CHINH"), long), true},
		{"by an English title", append(points("Key Takeaways"), long), true},
		{"at the end, by its title", append([]store.Passage{long}, points("Highlights")...), true},
		{"a list near the front without footnotes, where others have some", append(points("Trong báo cáo này"), marked(long)), true},
		{"a list near the front, where no section has footnotes", append(points("Trong báo cáo này"), long), false},
		{"a list with footnotes", append([]store.Passage{marked(passage(1, "Mốc", "Một.")), passage(2, "Mốc", "Hai."), passage(3, "Mốc", "Ba.")}, marked(long)), false},
		{"a list at the end", append([]store.Passage{marked(long)}, points("Việc còn lại")...), false},
		{"one paragraph near the front", []store.Passage{passage(1, "Tổng quan", "Một.", "Hai.", "Ba."), marked(long)}, false},
		{"points that are long", []store.Passage{passage(1, "A", "Một.", "Hai.", "Ba.", "Bốn."), passage(2, "A", "Năm."), passage(3, "A", "Sáu."), marked(long), marked(long)}, false},
		{"nothing else is there", points("Key takeaways"), false},
	} {
		parts := sectionsOf(test.body)
		if left := len(withoutTakeaways(slices.Clone(parts))) < len(parts); left != test.want {
			t.Errorf("%s: left out %v, want %v", test.name, left, test.want)
		}
	}
}

func TestALineAboveTheFirstHeadingIsNoPartOfASummary(t *testing.T) {
	for _, test := range []struct {
		name string
		body []store.Passage
		want int // sections
	}{
		{"a line", []store.Passage{passage(1, "", "Dữ liệu đến ngày 1 tháng 5."), passage(2, "A", "Một.")}, 1},
		{"a paragraph", []store.Passage{passage(1, "", strings.Repeat("Dài. ", 50)), passage(2, "A", "Một.")}, 2},
		{"nothing else", []store.Passage{passage(1, "", "Dữ liệu đến ngày 1 tháng 5.")}, 1},
	} {
		if got := len(withoutFront(sectionsOf(test.body))); got != test.want {
			t.Errorf("%s: %d sections, want %d", test.name, got, test.want)
		}
	}
}
