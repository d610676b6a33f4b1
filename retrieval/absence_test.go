package retrieval

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
)

// loaded returns a searcher over a report of these paragraphs.
func loaded(t *testing.T, title string, paragraphs ...string) (*Searcher, *store.Edition) {
	t.Helper()
	ctx := context.Background()
	r, err := report.Parse([]byte(title + "\n\n" + strings.Join(paragraphs, "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	edition, err := s.Load(ctx, &report.Source{Location: "x", Report: r}, "")
	if err != nil {
		t.Fatal(err)
	}
	return New(s), edition
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
		speaks   bool
	}{
		{"Cầu Sông Mây dài bao nhiêu mét?", nil, true},
		{"cau song may dai bao nhieu met", nil, true},
		{"Vì sao công trường ngừng việc?", nil, true},
		{"Messi ghi bao nhiêu bàn thắng?", []string{"Messi ghi", "bàn thắng"}, false},
		{"giá vàng hôm nay", []string{"giá vàng hôm nay"}, false},
		{"iPhone price", []string{"iPhone price"}, false},
	} {
		got := absenceOf(t, s, edition, test.question)
		if got.Silent == test.speaks || !slices.Equal(got.Absent, test.absent) {
			t.Errorf("%s: %+v, want absent %q, speaks %v", test.question, got, test.absent, test.speaks)
		}
	}
}

// Articles as small reports; the questions of others are off their subject.
// One half took part in fitting the weights, the other did not.
func TestArticlesRefuseQuestionsOfOthers(t *testing.T) {
	file := shared + "/external/mlqa-vi-dev.jsonl"
	if _, err := os.Stat(file); err != nil {
		t.Skip("the development data isn't here")
	}
	type article struct {
		Title      string
		Paragraphs []string
		Questions  []struct{ Q string }
	}
	var articles []article
	each(t, file, func(line []byte) error {
		var a article
		err := json.Unmarshal(line, &a)
		articles = append(articles, a)
		return err
	})
	for _, half := range []bool{false, true} {
		var own, ownRefused, off, offRefused float64
		for i, a := range articles {
			if sealed(a.Title) != half {
				continue
			}
			s, edition := loaded(t, a.Title, a.Paragraphs...)
			for _, q := range a.Questions {
				own++
				if absenceOf(t, s, edition, q.Q).Silent {
					ownRefused++
				}
			}
			for _, q := range articles[(i+17)%len(articles)].Questions {
				off++
				if absenceOf(t, s, edition, q.Q).Silent {
					offRefused++
				}
			}
		}
		t.Logf("sealed %v: refused %.3f of %.0f on other subjects, %.3f of %.0f of its own", half, offRefused/off, off, ownRefused/own, own)
		if offRefused/off < .75 || ownRefused/own > .04 {
			t.Errorf("sealed %v: want at least .75 refused, and at most .04", half)
		}
	}
}
