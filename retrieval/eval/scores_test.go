package eval

import (
	"context"
	"math"
	"strings"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
)

func passage(paragraph int, text string) store.Passage {
	return store.Passage{Paragraph: paragraph, Sentences: []report.Sentence{{Text: text}}}
}

func TestScoresAreTheTextbooks(t *testing.T) {
	found := []store.Passage{passage(1, "một"), passage(2, "hai ba"), passage(3, "bốn"), passage(4, "năm")}
	questions := []Question{
		{Kind: "one", Text: "second", Gold: []Gold{{Quote: "hai\n ba"}}},
		{Kind: "one", Text: "absent", Gold: []Gold{{Quote: "mười"}}},
		{Kind: "two", Text: "both, at 1 and 4", Gold: []Gold{{Quote: "một"}, {Paragraph: 4}}},
		{Kind: "none", Text: "not answered"},
	}
	scores, err := Run(context.Background(), questions, func(_ context.Context, _ string, k int) ([]store.Passage, error) {
		return found[:min(k, len(found))], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	if scores.Questions != 3 || len(scores.Kinds) != 2 {
		t.Errorf("%d questions of %d kinds; those without gold are not scored", scores.Questions, len(scores.Kinds))
	}
	one, two := scores.Kinds["one"], scores.Kinds["two"]
	near("one recall@1", one.Recall[1], 0)
	near("one recall@3", one.Recall[3], .5)
	near("one MRR", one.MRR, .25)
	near("one nDCG", one.NDCG, .5/math.Log2(3))
	near("two recall@1", two.Recall[1], .5)
	near("two recall@5", two.Recall[5], 1)
	near("two MRR", two.MRR, 1)
	near("two nDCG", two.NDCG, (1+1/math.Log2(5))/(1+1/math.Log2(3)))
	near("at budget", scores.AtBudget, 2./3)
	near("one at budget", one.AtBudget, .5)
	for _, around := range []struct {
		interval Interval
		mean     float64
	}{{one.Recall5Interval, one.Recall[5]}, {one.MRRInterval, one.MRR}} {
		if around.interval[0] > around.mean || around.interval[1] < around.mean || around.interval[0] == around.interval[1] {
			t.Errorf("interval %v is not around %v", around.interval, around.mean)
		}
	}
}

func TestAnswersAreFoundWithWholeNumbers(t *testing.T) {
	for _, test := range []struct {
		text, want string
		holds      bool
	}{
		{"khoảng 12.000 quân", "12.000", true},
		{"khoảng 112.000 quân", "12.000", false},
		{"khoảng 12.000 quân", "2.000", false},
		{"khoảng 12.000 quân", "12", false},
		{"ngày 23 tháng 10.", "23 tháng 10", true},
		{"ngày 23 tháng 10", "3 tháng 10", false},
		{"ngày 23 tháng 10 và 3 tháng 10", "3 tháng 10", true},
		{"1,7 tỷ", "1,7", true},
		{"LỮ ĐOÀN 11", "lữ đoàn 11", true},
		{"tho\u031bi gian", "th\u01a1i", true},
		{"", "x", false},
	} {
		if got := holds(test.text, test.want); got != test.holds {
			t.Errorf("%q holds %q: %v", test.text, test.want, got)
		}
	}
}

func TestAnswerScoreAverages(t *testing.T) {
	e := Expected{AnyOf: [][]string{{"1990", "chín mươi"}}, Footnotes: []int{12}}
	var s AnswerScore
	s.Add(e, Reply{Text: "Có hai năm. Năm 1990.", Claims: []string{"Có hai năm.", "Năm 1990."}, Footnotes: []int{11, 12}})
	s.Add(e, Reply{Text: "Không rõ.", Refused: true})
	if s.N != 2 || s.Answer != .5 || s.Footnotes != .5 || s.Refused != .5 || s.Notes != 1 || s.First != 0 || s.Claims != 1 {
		t.Errorf("%+v", s)
	}
}

func TestQuestionFiles(t *testing.T) {
	for _, test := range []struct{ name, file, fault string }{
		{"good", `{"q":"a?","gold":[{"quote":"b"}]}` + "\n\n" + `{"q":"c?","kind":"unanswerable"}`, ""},
		{"no JSON", "a?", "x.jsonl: line 1: is no whole JSON object"},
		{"a field of another kind", "\ufeff{\"q\":\"a?\",\"gold\":\"b\"}", `x.jsonl: line 1: its field "gold" must not be a string`},
		{"no question", `{"gold":[]}`, "x.jsonl: line 1: "},
		{"nothing to score", `{"q":"a?"}`, "x.jsonl: has no question with a gold quote"},
		{"empty", "", "x.jsonl: has no question"},
	} {
		t.Run(test.name, func(t *testing.T) {
			questions, err := ReadQuestions(strings.NewReader(test.file), "x.jsonl")
			if test.fault == "" {
				if err != nil || len(questions) != 2 || questions[0].Kind != "all" {
					t.Errorf("%+v, %v", questions, err)
				}
			} else if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}

// Gold may be given by numbers, so that a question set holds none of a report's
// sentences.
func TestGoldBySentenceIsResolved(t *testing.T) {
	r := &report.Report{Paragraphs: []report.Paragraph{{N: 1, Sentences: []report.Sentence{{Text: "Một."}, {Text: "Hai."}, {Text: "Ba."}}}}}
	questions, err := ReadQuestions(strings.NewReader(`{"q":"a?","gold":[{"paragraph":1,"sentences":[2,3]}]}`), "x.jsonl")
	if err != nil || !BySentence(questions) {
		t.Fatalf("%+v, %v", questions, err)
	}
	if err := Resolve(questions, r); err != nil {
		t.Fatal(err)
	}
	cut := func(n int, texts ...string) store.Passage {
		p := store.Passage{Paragraph: n}
		for _, text := range texts {
			p.Sentences = append(p.Sentences, report.Sentence{Text: text})
		}
		return p
	}
	gold := questions[0].Gold[0]
	for _, test := range []struct {
		passage store.Passage
		right   bool
	}{
		{cut(1, "Một.", "Hai.", "Ba."), true},
		{cut(1, "Một.", "Hai."), false},
		{cut(2, "Hai.", "Ba."), false},
	} {
		if gold.In(test.passage) != test.right {
			t.Errorf("paragraph %d, %q: right is %v", test.passage.Paragraph, test.passage.Text(), !test.right)
		}
	}
	for _, gold := range []string{`{"paragraph":2,"sentences":[1]}`, `{"paragraph":1,"sentences":[4]}`, `{"sentences":[1]}`} {
		questions, err := ReadQuestions(strings.NewReader(`{"q":"a?","gold":[`+gold+`]}`), "x.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		if err := Resolve(questions, r); err == nil || !strings.Contains(err.Error(), "has no sentence") {
			t.Errorf("%s: error %v", gold, err)
		}
	}
}

func TestXQuADIsReadByParagraphAndBySentence(t *testing.T) {
	const lines = `{"paragraph":"Sông dài 12 km. Cầu có bốn làn.","questions":[{"vi":"Sông dài bao nhiêu?","en":"How long is it?","answer":"12 km"},{"vi":"Ở đâu?","en":"Where?","answer":"Huế"}]}
{"paragraph":"Một. Một.","questions":[{"vi":"Mấy?","en":"How many?","answer":"Một"}]}
`
	r, questions, err := ReadXQuAD(strings.NewReader(lines))
	if err != nil || len(r.Paragraphs) != 2 || len(questions) != 9 || questions[1].Text != "song dai bao nhieu?" || questions[8].Gold[0].Paragraph != 2 {
		t.Fatalf("%+v, %+v, %v", r, questions, err)
	}
	sentences, questions, err := ReadXQuADSentences(strings.NewReader(lines), r)
	if err != nil || len(sentences.Paragraphs) != 4 {
		t.Fatalf("%+v, %v", sentences, err)
	}
	// Neither an answer that no sentence has nor one that two have is asked for.
	if len(questions) != 1 || questions[0].Text != "Sông dài bao nhiêu?" || questions[0].Gold[0].Paragraph != 1 {
		t.Errorf("%+v", questions)
	}
}
