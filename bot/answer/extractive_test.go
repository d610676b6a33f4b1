package answer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model/modeltest"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// alike returns similar sentences with so many footnotes each.
func alike(counts ...int) []report.Sentence {
	var sentences []report.Sentence
	n := 0
	for i, count := range counts {
		s := report.Sentence{Text: fmt.Sprintf("Câu %d.", i+1)}
		for range count {
			n++
			s.Footnotes = append(s.Footnotes, n)
		}
		sentences = append(sentences, s)
	}
	return sentences
}

// openQuestion asks for no particular kind of thing, such as a number.
const openQuestion = "Cầu thế nào?"

func TestWithoutAModelTheNearestSentencesAreQuoted(t *testing.T) {
	maxSentences, most := answer.Usual.Quotations()
	many := make([]int, maxSentences+3)
	for _, test := range []struct {
		name      string
		found     finding
		quoted    []int // the numbers of the sentences
		footnotes int
	}{
		{"one is enough", finding{hit(1, 1, alike(0)...)}, []int{1}, 0},
		{"of several passages, each sentence once", finding{hit(1, 1, alike(1)...), hit(2, 1, alike(0, 0)...)}, []int{1, 2}, 1},
		{"as many sentences as the limit", finding{hit(1, 1, alike(many...)...)}, upTo(maxSentences), 0},
		{"as many footnotes as the limit", finding{hit(1, 1, alike(most-1, 1, 1)...)}, []int{1, 2}, most},
		{"one with too many footnotes is passed over", finding{hit(1, 1, alike(most-1, 2, 1)...)}, []int{1, 3}, most},
		{"the nearest is there with any number of footnotes", finding{hit(1, 1, alike(most+2, 1)...)}, []int{1}, most + 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ask(t, answer.New(reading(), test.found, nil), openQuestion)
			if got.Status != answer.Passages || got.Mode != answer.Extractive || got.Notice != answer.NoModel || got.Cause != nil {
				t.Errorf("status %q, mode %q, notice %q, cause %v", got.Status, got.Mode, got.Notice, got.Cause)
			}
			var quoted []int
			for _, c := range got.Claims {
				var n int
				if _, err := fmt.Sscanf(c.Text, "Câu %d.", &n); err != nil {
					t.Fatal(err)
				}
				quoted = append(quoted, n)
				if !slices.Equal(c.Sources, []string{c.Text}) {
					t.Errorf("%q has the sources %q", c.Text, c.Sources)
				}
			}
			if !slices.Equal(quoted, test.quoted) || len(got.Footnotes) != test.footnotes {
				t.Errorf("quoted %v with the footnotes %s, want %v with %d", quoted, footnotes(got), test.quoted, test.footnotes)
			}
		})
	}
}

// upTo returns the numbers from 1 to n.
func upTo(n int) []int {
	var numbers []int
	for i := range n {
		numbers = append(numbers, i+1)
	}
	return numbers
}

func TestOnlySentencesWithNearScoresAreQuoted(t *testing.T) {
	found := hit(1, 1, alike(0, 0, 0)...)
	found.Score = 0
	found.Sentences[0].Score = .01
	found.Sentences[2].Score = 1.2
	got := ask(t, answer.New(reading(), finding{found}, nil), openQuestion)
	if want := "Câu 3. []\nCâu 2. []"; claims(got) != want {
		t.Errorf("quoted\n%s\nwant\n%s", claims(got), want)
	}
}

func TestQuestionsOnOtherSubjectsAreNotInTheReport(t *testing.T) {
	s := reading()
	for _, test := range []struct {
		name     string
		a        *answer.Answerer
		question string
		passages int
	}{
		{"no word of it is in the report", answer.New(s, s, nil), "xyzzy plugh", 0},
		{"what is found has too little of it", answer.New(s, finding{hit(1, .05, alike(1, 1)...)}, nil), lengthQuestion, 1},
		{"nothing is found", answer.New(s, finding{}, nil), lengthQuestion, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ask(t, test.a, test.question)
			if got.Status != answer.NotInReport || got.Mode != answer.Extractive || got.Notice != answer.NoModel {
				t.Errorf("status %q, mode %q, notice %q", got.Status, got.Mode, got.Notice)
			}
			if len(got.Claims) > 0 || len(got.Footnotes) > 0 || len(got.Passages) != test.passages {
				t.Errorf("claims %q, footnotes %s, %d passages", claims(got), footnotes(got), len(got.Passages))
			}
		})
	}
}

func TestWithoutHitsTheModelIsOnlyAskedToRewrite(t *testing.T) {
	srv := modeltest.New(t) // a request without a reply fails the test
	srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("")))
	got := ask(t, answererOn(t, srv), "xyzzy plugh")
	if got.Status != answer.NotInReport || got.Mode != answer.Extractive || got.Notice != answer.NoNotice {
		t.Errorf("status %q, mode %q, notice %q", got.Status, got.Mode, got.Notice)
	}
	if len(srv.All()) != 1 || got.Usage.Calls != 1 {
		t.Errorf("the model's server got %d requests; usage %+v", len(srv.All()), got.Usage)
	}
}

func TestAnswersHaveAtMostFivePassages(t *testing.T) {
	var found finding
	for id := range int64(12) {
		found = append(found, hit(id+1, 1, alike(0)...))
	}
	if got := ask(t, answer.New(reading(), found, nil), lengthQuestion); len(got.Passages) != 5 || got.Passages[4].ID != 5 {
		t.Errorf("%d passages: %+v", len(got.Passages), got.Passages)
	}
}

func TestAnswersHaveTheirQuestionLanguageAndEdition(t *testing.T) {
	live, err := reading().Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := answer.New(reading(), reading(), nil)
	for _, test := range []struct {
		question string
		fallback text.Language
		want     text.Language
	}{
		{lengthQuestion, text.English, text.Vietnamese},
		{"How long is cầu Sông Mây and what is it made of?", text.Vietnamese, text.English},
		{"1.240", text.English, text.English},
		{"1.240", text.Vietnamese, text.Vietnamese},
	} {
		got, err := a.Ask(t.Context(), answer.Request{Question: test.question, Fallback: test.fallback}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Language != test.want || got.Question != test.question || got.Edition.ID != live.ID {
			t.Errorf("%q with fallback %s: language %s, question %q, edition %+v", test.question, test.fallback, got.Language, got.Question, got.Edition)
		}
		if got.Took.Total < got.Took.Retrieval || got.Took.Retrieval <= 0 || got.Took.Model != 0 {
			t.Errorf("took %+v", got.Took)
		}
	}
}

// noFootnotes is a store whose footnotes can't be read.
type noFootnotes struct{ *store.Store }

var errDisk = errors.New("the disk is gone")

func (noFootnotes) Footnote(context.Context, int64, int) (report.Footnote, error) {
	return report.Footnote{}, errDisk
}

func TestUnreadableFootnotesAreAnError(t *testing.T) {
	got, err := answer.New(noFootnotes{reading().Store}, reading(), nil).Ask(t.Context(), answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, nil)
	if !errors.Is(err, errDisk) || got != nil {
		t.Errorf("got %+v, %v, want %v", got, err, errDisk)
	}
}

func TestExtractiveAnswersHaveTheRequestedLength(t *testing.T) {
	found := finding{hit(1, 1, alike(make([]int, 12)...)...)}
	for _, length := range []answer.Length{answer.Brief, answer.Usual, answer.Full} {
		got, err := answer.New(reading(), found, nil).Ask(t.Context(), answer.Request{Question: openQuestion, Fallback: text.Vietnamese, Length: length}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := length.Quotations(); len(got.Claims) != want {
			t.Errorf("%q quotes %d sentences, want %d", length, len(got.Claims), want)
		}
	}
	brief, _ := answer.Brief.Quotations()
	full, _ := answer.Full.Quotations()
	if usual, _ := answer.Usual.Quotations(); brief >= usual || usual >= full {
		t.Errorf("brief, usual and full answers quote %d, %d and %d sentences", brief, usual, full)
	}
}
