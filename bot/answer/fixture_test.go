package answer_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// The tests ask about a small report, of which every passage has the word
// "cầu", in its text or its heading: a question with that word shows the model
// all 13 sentences, whatever the ranking.
const (
	bridge         = "../testdata/bridge.vi.txt"
	lengthQuestion = "Cầu Sông Mây dài bao nhiêu mét?"

	lengthSentence  = "Cầu Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch Lâm." // footnote 1
	lanesSentence   = "Mặt cầu có bốn làn xe cùng một lối đi bộ."                 // 2, 3
	nameSentence    = "Người dân quanh vùng gọi nó là cầu Mây."                   // none
	costSentence    = "Tổng kinh phí là 865 tỷ đồng, cao hơn dự toán 12%."        // 5
	workersSentence = "Công trường làm việc trở lại với 180 công nhân."           // 10, 11; on 14 February of the entry's year, 2020
	scaleSentence   = "Trạm cân xe ở bờ nam chưa hoạt động vì thiếu phần mềm."    // 13, 20; there is no note 20
)

// reading is the bridge report in a store in memory, with its searcher. All tests share
// it, since it never changes.
var reading = sync.OnceValue(func() struct {
	*store.Store
	*retrieval.Searcher
} {
	source, err := report.Open(context.Background(), bridge)
	if err != nil {
		panic(err)
	}
	s, err := store.Open(context.Background(), store.Memory)
	if err != nil {
		panic(err)
	}
	if _, err := s.Load(context.Background(), source, ""); err != nil {
		panic(err)
	}
	return struct {
		*store.Store
		*retrieval.Searcher
	}{s, retrieval.New(s)}
})

func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// answererOn returns an Answerer on the bridge report and the model at srv.
func answererOn(t *testing.T, srv *modeltest.Server) *answer.Answerer {
	t.Helper()
	return answererAt(t, model.Config{URL: srv.URL, Key: srv.Key, Model: modeltest.Model})
}

// hastyOn is answererOn with a model wait of one second.
func hastyOn(t *testing.T, srv *modeltest.Server) *answer.Answerer {
	t.Helper()
	return answererAt(t, model.Config{URL: srv.URL, Key: srv.Key, Model: modeltest.Model, Wait: time.Second, Stall: time.Second})
}

func answererAt(t *testing.T, config model.Config) *answer.Answerer {
	t.Helper()
	return answer.New(reading(), reading(), model.New(config))
}

// ask asks a question in Vietnamese and fails the test if there is no answer.
func ask(t *testing.T, a *answer.Answerer, question string) *answer.Answer {
	t.Helper()
	got, err := a.Ask(t.Context(), answer.Request{Question: question, Fallback: text.Vietnamese}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

var placeholder = regexp.MustCompile(`\{([^}]*)\}`)

// cite fills in the citations of a reply: {bốn làn xe} becomes [S2] if source 2 alone
// has these words.
func cite(t *testing.T, request modeltest.Request, reply string) string {
	return placeholder.ReplaceAllStringFunc(reply, func(words string) string {
		words = strings.Trim(words, "{}")
		cited := ""
		for _, s := range request.Sources() {
			if strings.Contains(s.Text, words) {
				cited += fmt.Sprintf("[S%d]", s.N)
			}
		}
		if strings.Count(cited, "[") != 1 {
			t.Errorf("%q is in %q of the sources, want in one", words, cited)
		}
		return cited
	})
}

// saying is a model with one fixed reply, whose citations are filled in.
func saying(t *testing.T, reply string) func(modeltest.Request) modeltest.Reply {
	return func(r modeltest.Request) modeltest.Reply { return modeltest.Text(cite(t, r, reply)) }
}

// lines is a model that streams a reply line by line; change makes it fail.
func lines(t *testing.T, reply string, change func(modeltest.Reply) modeltest.Reply) func(modeltest.Request) modeltest.Reply {
	return func(r modeltest.Request) modeltest.Reply {
		return change(modeltest.Chunks(strings.SplitAfter(cite(t, r, reply), "\n")...))
	}
}

// claims returns the claims of an answer with their footnotes, one a line.
func claims(a *answer.Answer) string {
	var lines []string
	for _, c := range a.Claims {
		lines = append(lines, fmt.Sprintf("%s %v", c.Text, c.Footnotes))
	}
	return strings.Join(lines, "\n")
}

// footnotes returns the numbers of an answer's footnotes.
func footnotes(a *answer.Answer) string {
	numbers := []int{}
	for _, f := range a.Footnotes {
		numbers = append(numbers, f.N)
	}
	return fmt.Sprint(numbers)
}

// rejected returns the rules that rejected claims.
func rejected(a *answer.Answer) string {
	rules := []string{}
	for _, r := range a.Rejected {
		rules = append(rules, string(r.Why))
	}
	return strings.Join(rules, " ")
}
