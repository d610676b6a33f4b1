package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"reportbot/bot/exam"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

const harbour = "testdata/harbour.vi.txt"

// examined returns a bot on a store after the exam of its live report.
func examined(t *testing.T, path string) (*Bot, *store.Store, []store.ExamQuestion) {
	t.Helper()
	s := openStore(t, path)
	b := newBot(s)
	examiner := exam.New(s, retrieval.New(s))
	b.examiner = examiner
	edition, err := s.Live(t.Context())
	if err == nil {
		_, err = examiner.Exam(t.Context(), edition)
	}
	if err != nil {
		t.Fatal(err)
	}
	offered, err := s.ExamQuestions(t.Context(), edition.ID)
	if err != nil || len(offered) == 0 {
		t.Fatalf("offered are %v, %v", offered, err)
	}
	return b, s, offered
}

func TestEveryOfferedButtonIsAnsweredWithItsFootnote(t *testing.T) {
	for _, path := range []string{harbour, bridge} {
		b, s, offered := examined(t, path)
		live, err := s.Live(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		body, err := s.Report(t.Context(), live.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, q := range offered {
			button := questionButton(q)[0]
			if len(button.Data) > 64 {
				t.Errorf("%q has too much data: %s", button.Text, button.Data)
			}
			thread := fmt.Sprint(1000 + i)
			out := &recording{}
			p := Callback{Chat: thread, Thread: thread, Private: true, Sender: Sender{ID: int64(1000 + i)}, Data: button.Data}
			if err := b.HandleCallback(t.Context(), p, out); err != nil {
				t.Fatal(err)
			}
			said := out.said(t).Plain()
			for _, want := range append([]string{"❓ " + q.Question, q.Sentence}, marksOf(body, q.Sentence)...) {
				if !strings.Contains(said, want) {
					t.Errorf("%s: %q is answered without %q:\n%s", path, q.Question, want, said)
				}
			}
		}
	}
}

// marksOf returns the footnotes of a sentence as an answer shows them.
func marksOf(r *report.Report, sentence string) []string {
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			if s.Text != sentence {
				continue
			}
			var marks []string
			for _, n := range s.Footnotes {
				marks = append(marks, fmt.Sprintf("[%d]", n))
			}
			return marks
		}
	}
	return []string{"a sentence of the report"}
}

func TestNextQuestionsAreNearShortAndNew(t *testing.T) {
	b, _, _ := examined(t, harbour)
	in := Incoming{Chat: "5", Thread: "5", Private: true, Sender: Sender{ID: 5}, Client: "vi", Text: "Cảng đã đón bao nhiêu tàu?"}
	m := answerTo(t, b, in, 3)
	got := questionsUnder(m)
	want := []string{
		"❓ Công ty Hải Âu mở tuyến tới Đảo Ngọc vào ngày nào?",        // the same paragraph
		"❓ Công ty Hải Âu đã mua bao nhiêu cần cẩu từ xưởng Bắc Sơn?", // the one before
		"❓ Cảng Đông Hải được khánh thành vào ngày nào?",
	}
	if !slices.Equal(got, want) {
		t.Errorf("under the answer: %q, want %q", got, want)
	}
	for _, row := range m.Buttons[len(m.Buttons)-len(got):] {
		if len(row) != 1 || utf8.RuneCountInString(row[0].Text) > maxNextLength+2 {
			t.Errorf("a row is %+v", row)
		}
	}
	in.Text = "How many ships came?"
	if got := questionsUnder(answerTo(t, b, in, 4)); len(got) > 0 {
		t.Errorf("under an answer in English: %q", got)
	}
	in.Text = "Giá vàng hôm nay bao nhiêu?"
	if got := questionsUnder(answerTo(t, b, in, 5)); len(got) > 0 {
		t.Errorf("under a refusal: %q", got)
	}
}

func questionsUnder(m Message) []string {
	var texts []string
	for _, row := range m.Buttons {
		for _, button := range row {
			if strings.HasPrefix(button.Data, nextData+":") {
				texts = append(texts, button.Text)
			}
		}
	}
	return texts
}

// Sample questions are the same before and after the exam, and can be typed.
func TestSampleQuestionsAreAnswered(t *testing.T) {
	s := openStore(t, harbour)
	b := newBot(s)
	samples := func() []string {
		var m Message
		if err := b.addSamples(t.Context(), &m, "vi", must(s.Live(t.Context()))); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.ReplaceAll(m.Plain(), "• ", ""), "\n")
	}
	if without := samples(); len(without) != 2 {
		t.Errorf("without an examiner the samples are %q", without)
	}
	b.examiner = exam.New(s, retrieval.New(s))
	with := samples()
	if len(with) != maxSamples+2 {
		t.Fatalf("the samples are %q", with)
	}
	for _, sample := range with[:maxSamples] {
		if said := ask(t, b, private(sample)); !strings.Contains(said, "[") || strings.Contains(said, say("vi", "not_in_report")) {
			t.Errorf("%q is answered with %s", sample, said)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
