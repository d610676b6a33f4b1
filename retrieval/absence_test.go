package retrieval

import (
	"context"
	"os"
	"slices"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
)

// searcherOver returns a searcher over a report in a store of its own. close frees
// the store.
func searcherOver(t *testing.T, r *report.Report) (searcher *Searcher, edition *store.Edition, close func()) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	if edition, err = s.Load(t.Context(), &report.Source{Location: "x", Report: r}, ""); err != nil {
		t.Fatal(err)
	}
	return New(s), edition, func() { s.Close() }
}

// loaded returns a searcher over a report of these paragraphs.
func loaded(t *testing.T, title string, paragraphs ...string) (*Searcher, *store.Edition) {
	t.Helper()
	searcher, edition, close := searcherOver(t, parsed(t, title, paragraphs))
	t.Cleanup(close)
	return searcher, edition
}

func absenceOf(t *testing.T, s *Searcher, edition *store.Edition, question string) Absence {
	t.Helper()
	hits, err := s.Search(context.Background(), edition, question, 12)
	if err != nil {
		t.Fatal(err)
	}
	absence, err := s.Absence(context.Background(), edition, question, hits)
	if err != nil {
		t.Fatal(err)
	}
	return absence
}

func TestWhatTheReportNeverHasIsNamed(t *testing.T) {
	s, edition := loaded(t, "Cầu Sông Mây",
		"Cầu Sông Mây dài 1.240 mét và có bốn làn xe.",
		"Công trường ngừng việc vào tháng 1 vì lũ, theo kỹ sư Hoàng Minh.",
		"Nhà thầu nói cầu sẽ mở vào mùa hè.")
	for _, test := range []struct {
		question string
		absent   []string
		refuse   bool
	}{
		{"Cầu Sông Mây dài bao nhiêu mét?", nil, false},
		{"cau song may dai bao nhieu met", nil, false},
		{"Vì sao công trường ngừng việc?", nil, false},
		{"Messi ghi bao nhiêu bàn thắng?", []string{"Messi", "bàn thắng"}, true},
		{"messi ghi bao nhieu ban thang", []string{"messi"}, true},
		{"giá vàng hôm nay", []string{"giá vàng"}, true},
		{"gia vang hom nay", []string{"gia vang"}, true},
		{"bây giờ thời tiết Hà Nội thế nào", []string{"thời tiết", "Hà Nội"}, true},
		{"ai vô địch World Cup 2022?", []string{"World Cup 2022"}, true},
		{"Nhật Bản phản ứng ra sao", []string{"Nhật Bản"}, true},
		{"Nguyễn Du viết gì ở Hà Tĩnh", []string{"Nguyễn Du", "Hà Tĩnh"}, true},
		{"Sơn Tùng M-TP có bài hát mới chưa", []string{"Sơn Tùng M-TP", "bài hát"}, true},
		{"iPhone price", []string{"iPhone price"}, true},
		{"who won the world cup", []string{"world cup"}, true},
		{"Can you tell me how tall Mount Everest is", []string{"Mount Everest"}, true},
	} {
		got := absenceOf(t, s, edition, test.question)
		if got.Refuse != test.refuse || !slices.Equal(got.Absent, test.absent) {
			t.Errorf("%s: %+v, want absent %q, refuse %v", test.question, got, test.absent, test.refuse)
		}
	}
}

func TestAQuestionAboutANameAloneIsAnswered(t *testing.T) {
	s, edition := loaded(t, "Cầu Sông Mây",
		"Cầu Sông Mây dài 1.240 mét và có bốn làn xe.",
		"Công trường ngừng việc vào tháng 1 vì lũ, theo kỹ sư Wagner.",
		"Nhà thầu nói cầu sẽ mở vào mùa hè và dân thu lợi.")
	for question, refuse := range map[string]bool{
		"Who is Wagner?": false, "What can you tell me about Wagner?": false, "Who's Wagner": false, "Do you know anything about Wagner?": false,
		"bạn biết gì về Wagner": false, "kể về Wagner": false, "tóm lại Wagner là ai?": false,
		"Who is Messi?": true, "What about Messi?": true, "bạn biết gì về Messi": true,
	} {
		if got := absenceOf(t, s, edition, question); got.Refuse != refuse {
			t.Errorf("%s: %+v, want refuse %v", question, got, refuse)
		}
	}
}

// Articles as small reports; the questions of others are off their subject.
// These took no part in fitting the weights.
func TestArticlesRefuseQuestionsOfOthers(t *testing.T) {
	if _, err := os.Stat(shared + "/external/mlqa-vi-dev.jsonl"); err != nil {
		t.Skip("the development data isn't here")
	}
	titles, paragraphs, questions := articles(t)
	var own, ownRefused, off, offRefused float64
	for i := range titles {
		if !sealed(titles[i]) || i%3 > 0 {
			continue
		}
		s, edition := loaded(t, titles[i], paragraphs[i]...)
		for _, q := range questions[i] {
			own++
			if absenceOf(t, s, edition, q).Refuse {
				ownRefused++
			}
		}
		for _, q := range questions[(i+17)%len(titles)] {
			off++
			if absenceOf(t, s, edition, q).Refuse {
				offRefused++
			}
		}
	}
	t.Logf("refused %.3f of %.0f on other subjects, %.3f of %.0f of its own", offRefused/off, off, ownRefused/own, own)
	if offRefused/off < .75 || ownRefused/own > .05 {
		t.Error("want at least .75 refused, and at most .05 of its own")
	}
}
