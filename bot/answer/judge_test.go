package answer_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/store/text"
)

// Paraphrases, which code can't decide on.
const (
	lengthClaim = "Chiều dài của cầu Sông Mây là 1.240 mét. {1.240 mét}"
	lanesClaim  = "Trên mặt cầu là bốn làn xe và lối cho người đi bộ. {bốn làn xe}"
	costClaim   = "Người ta đã chi 865 tỷ đồng để xây cầu. {865 tỷ}"
)

// judged returns an Answerer whose model writes reply and is its own judge.
func judged(t *testing.T, reply string, judge func(modeltest.Request) modeltest.Reply) (*answer.Answerer, *modeltest.Server, *[]string) {
	t.Helper()
	srv := modeltest.New(t)
	srv.When(modeltest.IsJudge, judge)
	srv.Handle(saying(t, reply))
	var told []string
	a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}),
		answer.WithJudge(), answer.WithErrorHandler(func(err error) { told = append(told, err.Error()) }))
	return a, srv, &told
}

// A reply longer than any answer: claims beyond the judge's limit are quoted.
func TestClaimsBeyondTheJudgesLimitAreQuoted(t *testing.T) {
	reply := strings.Builder{}
	for i := range 45 {
		fmt.Fprintf(&reply, "Chiều dài của cầu Sông Mây là 1.240 mét%s. {1.240 mét}\n", strings.Repeat(" thật", i))
	}
	reply.WriteString(lanesClaim)
	a, _, _ := judged(t, reply.String(), modeltest.JudgeWith(modeltest.JudgeYes))
	got := ask(t, a, lengthQuestion)
	if n := len(got.Rejected); n != 6 || !got.Rejected[n-1].Quoted {
		t.Fatalf("%d claims were rejected, the last as %+v, want six, and that one quoted", n, got.Rejected[max(0, n-1)])
	}
	if last := got.Claims[len(got.Claims)-1]; !last.Quoted || last.Text != lanesSentence {
		t.Errorf("the last claim is %+v, want %q quoted", last, lanesSentence)
	}
}

func TestThoughtsDontUseUpTheJudgesLimit(t *testing.T) {
	reply := strings.Builder{}
	for i := range 45 {
		fmt.Fprintf(&reply, "Chiều dài của cầu Sông Mây là 1.240 mét%s. {1.240 mét}\n", strings.Repeat(" thật", i))
	}
	a, _, _ := judged(t, reply.String()+"</think>\n\n"+lanesClaim, modeltest.JudgeWith(modeltest.JudgeYes))
	got := ask(t, a, lengthQuestion)
	if last := got.Claims[len(got.Claims)-1]; last.Quoted || last.Text != strings.Split(lanesClaim, " {")[0] {
		t.Errorf("the last claim is %+v, want it in the model's words", last)
	}
}

func TestTheJudgeDecidesOnUndecidedClaims(t *testing.T) {
	yesTo := func(words string) func(modeltest.Request) modeltest.Reply {
		return modeltest.JudgeWith(func(c modeltest.JudgedClaim) bool { return strings.Contains(c.Text, words) })
	}
	const said = lengthClaim + "\n" + lanesClaim
	length, lanes := strings.Split(lengthClaim, " {")[0], strings.Split(lanesClaim, " {")[0]
	for _, test := range []struct {
		name, reply string
		judge       func(modeltest.Request) modeltest.Reply
		claims      []string // with "“" before a quotation
		rejected    string
		notice      answer.Notice
	}{
		{"yes to both", said, modeltest.JudgeWith(modeltest.JudgeYes), []string{length, lanes}, "", answer.NoNotice},
		{"yes to one", said, yesTo("làn xe"), []string{"“" + lengthSentence, lanes}, "judge", answer.NoNotice},
		{"no to both", said, yesTo("voi"), []string{"“" + lengthSentence, "“" + lanesSentence}, "judge judge", answer.OnlyQuoted},
		{"chatty", said, func(r modeltest.Request) modeltest.Reply {
			if strings.Contains(r.Judged()[0].Text, "làn xe") {
				return modeltest.Text("| claim | verdict |\n| C1 | no | it adds people |")
			}
			return modeltest.Text("Let me see.\n\n**C1**: Yes, it says so.")
		},
			[]string{length, "“" + lanesSentence}, "judge", answer.NoNotice},
		{"an answer instead of a verdict", said, modeltest.Always(modeltest.Text(lengthSentence + " [S1]")),
			[]string{"“" + lengthSentence, "“" + lanesSentence}, "judge judge", answer.OnlyQuoted},
		{"cut off", said, modeltest.Always(modeltest.Text("C1: y").WithFinish("length")),
			[]string{"“" + lengthSentence, "“" + lanesSentence}, "judge judge", answer.OnlyQuoted},
		{"dead", said, modeltest.Always(modeltest.Fail(http.StatusForbidden)),
			[]string{"“" + lengthSentence, "“" + lanesSentence}, "judge judge", answer.JudgeFailed},
		{"not asked of the report's own sentence", lengthSentence + " {1.240 mét}", modeltest.Always(modeltest.Fail(http.StatusForbidden)),
			[]string{lengthSentence}, "", answer.NoNotice},
		{"not asked of a false number", strings.Replace(lengthClaim, "1.240", "1.250", 1), modeltest.JudgeWith(modeltest.JudgeYes),
			[]string{"“" + lengthSentence}, "number", answer.OnlyQuoted},
		{"a sentence is quoted once", lengthClaim + "\nCầu này vượt sông. {1.240 mét}", yesTo("voi"), []string{"“" + lengthSentence}, "judge judge", answer.OnlyQuoted},
		{"nor quoted and shown", strings.Replace(lengthClaim, "1.240", "1.250", 1) + "\n" + lengthSentence + " {1.240 mét}", yesTo("voi"),
			[]string{"“" + lengthSentence}, "number citation", answer.OnlyQuoted},
		{"the same words with another citation are checked again", length + " [S99]\n" + lengthClaim, modeltest.JudgeWith(modeltest.JudgeYes),
			[]string{length}, "citation", answer.NoNotice},
		{"a claim without a citation is dropped", lengthClaim + "\nCầu rất đẹp.", modeltest.JudgeWith(modeltest.JudgeYes), []string{length}, "citation", answer.NoNotice},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, _, told := judged(t, test.reply, test.judge)
			var passed []string
			got, err := a.Ask(t.Context(), answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, func(c answer.Claim) {
				passed = append(passed, marked(c))
			})
			if err != nil {
				t.Fatal(err)
			}
			var shown []string
			for _, c := range got.Claims {
				shown = append(shown, marked(c))
			}
			if want := strings.Join(test.claims, "\n"); strings.Join(shown, "\n") != want || strings.Join(passed, "\n") != want {
				t.Errorf("shown\n%s\nstreamed\n%s\nwant\n%s", strings.Join(shown, "\n"), strings.Join(passed, "\n"), want)
			}
			if rejected(got) != test.rejected || got.Notice != test.notice || got.Status != answer.Answered {
				t.Errorf("rejected by %q, want %q; status %q, notice %q", rejected(got), test.rejected, got.Status, got.Notice)
			}
			if failed := test.notice == answer.JudgeFailed; failed != (len(*told) == 1) || failed != (got.Cause != nil) {
				t.Errorf("reported errors %q, cause %v", *told, got.Cause)
			}
		})
	}
}

// marked returns a claim's text, after a quotation mark if it is a quotation.
func marked(c answer.Claim) string {
	if c.Quoted {
		return "“" + c.Text
	}
	return c.Text
}

func TestWithoutAJudgeOnlyShorteningsAreShown(t *testing.T) {
	srv := modeltest.New(t)
	srv.Handle(saying(t, "Cầu Sông Mây dài 1.240 mét. {1.240 mét}\n"+lanesClaim))
	got := ask(t, answererOn(t, srv), lengthQuestion)
	if claims(got) != "Cầu Sông Mây dài 1.240 mét. [1]\n"+lanesSentence+" [2 3]" || rejected(got) != "meaning" || len(srv.Requests()) != 1 {
		t.Errorf("claims %q, rejected by %q, %d requests", claims(got), rejected(got), len(srv.Requests()))
	}
}

func TestJudgePromptGolden(t *testing.T) {
	const said = lengthClaim + "\nNgày 14 tháng 2 năm 2020 có 180 công nhân quay lại làm việc. {180 công nhân}\n"
	a, srv, _ := judged(t, "", modeltest.JudgeWith(modeltest.JudgeYes))
	srv.Handle(func(r modeltest.Request) modeltest.Reply { return modeltest.Chunks(cite(t, r, said)) })
	ask(t, a, "Cầu Sông Mây dài bao nhiêu, có bao nhiêu công nhân?")
	for _, r := range srv.Requests() {
		if modeltest.IsJudge(r) && len(r.Judged()) == 2 {
			golden(t, "testdata/judge.vi.golden", r.Transcript())
			return
		}
	}
	t.Error("no call judges both claims")
}

// Claims are judged while the model writes, waiting ones in one call; the judge's
// tokens and calls are counted.
func TestClaimsAreJudgedWhileTheModelWrites(t *testing.T) {
	srv := modeltest.New(t)
	release := make(chan struct{})
	srv.When(modeltest.IsJudge, func(r modeltest.Request) modeltest.Reply {
		return modeltest.JudgeWith(modeltest.JudgeYes)(r).WithUsage(100, 5)
	})
	srv.Handle(lines(t, lengthClaim+"\n"+lanesClaim+"\n"+costClaim+"\n", func(r modeltest.Reply) modeltest.Reply {
		return r.HoldUntil(1, release).WithUsage(1000, 50)
	}))
	a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}), answer.WithJudge())
	first := make(chan struct{})
	done := make(chan *answer.Answer, 1)
	go func() {
		shown := 0
		got, _ := a.Ask(t.Context(), answer.Request{Question: lengthQuestion}, func(answer.Claim) {
			if shown++; shown == 1 {
				close(first)
			}
		})
		done <- got
	}()
	await(t, first, "the first claim, while the reply is held back")
	close(release)
	got := await(t, done, "the answer")
	if len(got.Claims) != 3 || got.Usage.PromptTokens != 1000+100*(got.Usage.Calls-1) || got.Usage.Calls < 2 || got.Usage.Calls > 4 {
		t.Errorf("%d claims, usage %+v", len(got.Claims), got.Usage)
	}
}

func TestAStopDoesNotWaitForTheJudge(t *testing.T) {
	asked := make(chan struct{}, 8)
	hold := make(chan struct{})
	defer close(hold)
	a, _, _ := judged(t, lengthSentence+" {1.240 mét}\n"+lanesClaim, func(modeltest.Request) modeltest.Reply {
		asked <- struct{}{}
		return modeltest.Text("C1: yes").HoldUntil(0, hold)
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan *answer.Answer, 1)
	go func() {
		got, err := a.Ask(ctx, answer.Request{Question: lengthQuestion}, nil)
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		done <- got
	}()
	await(t, asked, "the judge's call")
	stop()
	begun := time.Now()
	got := await(t, done, "the answer")
	if took := time.Since(begun); took > patience/2 || got == nil || got.Claims[0].Text != lengthSentence || got.Notice != answer.Stopped {
		t.Errorf("after %v: %+v", took, got)
	}
}
