package answer_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model/modeltest"
	"reportbot/store/text"
)

// lanesFollow is a question that depends on the earlier ones.
var lanesFollow = answer.Request{
	Question: "Còn làn xe thì sao?", Fallback: text.Vietnamese,
	History: []answer.Exchange{{Question: lengthQuestion, Answer: lengthSentence + " [1]"}},
}

func TestQuestionsAreRewrittenOnlyIfNeeded(t *testing.T) {
	alone := lanesFollow
	alone.Question = lengthQuestion
	for _, test := range []struct {
		name    string
		request answer.Request
		calls   int
	}{
		{"a question in Vietnamese", answer.Request{Question: lengthQuestion}, 1},
		{"without marks", answer.Request{Question: "cau song may dai bao nhieu met"}, 1},
		{"that stands alone in a chat", alone, 1},
		{"that follows another", lanesFollow, 2},
		{"that replies to a message", answer.Request{Question: "Điều này có đúng không?", Quoted: lengthSentence}, 2},
		{"in English", answer.Request{Question: "What does the file say about how long cầu Sông Mây is?"}, 2},
		{"in Russian", answer.Request{Question: "Какой длины мост Sông Mây и сколько на нём полос?"}, 2},
		{"with hardly a word of the report's", answer.Request{Question: "Phi thuyền plasma bay tới Sao Hỏa ghé quỹ đạo Mặt Trăng lấy nhiên liệu hydro lỏng ra sao?"}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			got, err := answererOn(t, srv).Ask(t.Context(), test.request, nil)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(srv.Requests()); n != test.calls || got.Usage.Calls != n {
				t.Errorf("%d requests, usage %+v, want %d", n, got.Usage, test.calls)
			}
			if got.Status != answer.NotInReport || len(answers(srv)) != 1 {
				t.Errorf("status %q, %d requests for an answer", got.Status, len(answers(srv)))
			}
		})
	}
}

func TestUnusableRewritingsAreIgnored(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
	}{
		{"nothing", modeltest.Text("")},
		{"an answer", modeltest.Text(lengthSentence + " [S1]\n" + lanesSentence + " [S2]")},
		{"a refusal", modeltest.Text("NOT_IN_REPORT")},
		{"a number that nobody gave", modeltest.Text("Cầu Sông Mây có 99 làn xe không?")},
		{"an error", modeltest.Fail(http.StatusInternalServerError)},
		{"an unknown model", modeltest.Fail(http.StatusNotFound)},
		{"a reset", modeltest.Dropped()},
		{"a cut", modeltest.Text("Cầu Sông Mây có mấy làn xe?").CutAfter(3)},
		{"a reply that is too long for the model", modeltest.Text("Cầu Sông Mây có").WithFinish("length")},
		{"garbage", modeltest.Text("x").WithGarbage(0, "data: {]\n\n")},
		{"a stall", modeltest.Stalled()},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t)
			srv.When(modeltest.IsRewrite, modeltest.Always(test.reply))
			srv.Handle(saying(t, lanesSentence+" {bốn làn xe}"))
			got, err := hastyOn(t, srv).Ask(t.Context(), lanesFollow, nil)
			if err != nil {
				t.Fatal(err)
			}
			if want := lanesSentence + " [2 3]"; claims(got) != want || got.Notice != answer.NoNotice || got.Cause != nil {
				t.Errorf("claims %q, notice %q, cause %v", claims(got), got.Notice, got.Cause)
			}
			if strings.Contains(answers(srv)[0].LastUser(), "\n= ") {
				t.Errorf("the model is shown the wording: %s", answers(srv)[0].LastUser())
			}
		})
	}
}

func TestEarlierExchangesSupportNoClaim(t *testing.T) {
	request := answer.Request{
		Question: "Nó có mấy tầng?", Fallback: text.Vietnamese, Quoted: "Cầu Sông Mây có 77 tầng.",
		History: []answer.Exchange{{Question: "Cầu Sông Mây có mấy tầng?", Answer: "Cầu Sông Mây có 77 tầng. [1]"}},
	}
	srv := modeltest.New(t)
	srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("Cầu Sông Mây có mấy tầng?")))
	srv.Handle(modeltest.Always(modeltest.Text("Cầu Sông Mây có 77 tầng. [S1]\nCầu Sông Mây có 77 tầng.")))
	got, err := answererOn(t, srv).Ask(t.Context(), request, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Notice != answer.OnlyQuoted || len(got.Rejected) != 2 || strings.Contains(claims(got), "77") {
		t.Errorf("status %q, claims %q, rejected %+v", got.Status, claims(got), got.Rejected)
	}
}

func TestWithoutAModelAFollowUpIsSearchedWithTheEarlierQuestion(t *testing.T) {
	got, err := answer.New(reading(), reading(), nil).Ask(t.Context(), answer.Request{
		Question: "Nó có mấy làn xe?", Fallback: text.Vietnamese, History: lanesFollow.History,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != answer.Passages || !strings.Contains(claims(got), lanesSentence) {
		t.Errorf("status %q, claims %q", got.Status, claims(got))
	}
}

func TestSlowRewritingsAreAbandoned(t *testing.T) {
	srv := modeltest.New(t)
	srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Stalled()))
	srv.Handle(saying(t, lanesSentence+" {bốn làn xe}"))
	begun := time.Now()
	got, err := hastyOn(t, srv).Ask(t.Context(), lanesFollow, nil)
	if took := time.Since(begun); err != nil || got.Status != answer.Answered || took > 5*time.Second {
		t.Errorf("%v, status %q after %v", err, got.Status, took)
	}
}
