package answer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model/modeltest"
	"reportbot/store/text"
)

// patience is how long a test waits for an event.
const patience = 10 * time.Second

// result is what Ask returned.
type result struct {
	answer *answer.Answer
	err    error
}

// begin asks in a goroutine of its own. passed gets the claims as they pass.
func begin(ctx context.Context, a *answer.Answerer) (passed chan answer.Claim, done chan result) {
	passed, done = make(chan answer.Claim, 100), make(chan result, 1)
	go func() {
		got, err := a.Ask(ctx, answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, func(c answer.Claim) { passed <- c })
		close(passed)
		done <- result{got, err}
	}()
	return passed, done
}

// await returns what comes from c within patience.
func await[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case value := <-c:
		return value
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
		panic("unreachable")
	}
}

func TestOnlyCheckedClaimsArePassedOnAtOnce(t *testing.T) {
	release := make(chan struct{})
	srv := modeltest.New(t)
	srv.Handle(lines(t, lengthSentence+" {1.240 mét}\nCầu dài 999 mét. {1.240 mét}\n"+lanesSentence+" {bốn làn xe}\n"+nameSentence+" {gọi nó là cầu Mây}",
		func(r modeltest.Reply) modeltest.Reply { return r.HoldUntil(1, release) }))
	passed, done := begin(t.Context(), answererOn(t, srv))

	if first := await(t, passed, "the first claim"); first.Text != lengthSentence {
		t.Fatalf("the first claim is %q", first.Text)
	}
	select {
	case <-done:
		t.Fatal("the answer ended while the model was still writing")
	default:
	}
	close(release)
	got := await(t, done, "the answer")
	if got.err != nil {
		t.Fatal(got.err)
	}
	shown := []string{lengthSentence}
	for claim := range passed {
		shown = append(shown, claim.Text)
	}
	want := []string{lengthSentence, lanesSentence, nameSentence}
	if strings.Join(shown, "|") != strings.Join(want, "|") {
		t.Errorf("shown while the answer streamed\n got %q\nwant %q", shown, want)
	}
	if len(got.answer.Claims) != len(want) || rejected(got.answer) != "number" {
		t.Errorf("the answer has the claims %q, rejected by %q", claims(got.answer), rejected(got.answer))
	}
}

func TestAStopKeepsTheClaimsAndCancelsTheRequest(t *testing.T) {
	srv := modeltest.New(t)
	srv.Key = key
	srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n"+lanesSentence+" {bốn làn xe}\n",
		func(r modeltest.Reply) modeltest.Reply { return r.StallAfter(1) }))
	ctx, stop := context.WithCancel(t.Context())
	passed, done := begin(ctx, answererOn(t, srv))
	await(t, passed, "the first claim")
	stop()
	got := await(t, done, "the answer")
	if got.err != nil {
		t.Fatal(got.err)
	}
	if a := got.answer; a.Status != answer.Answered || a.Mode != answer.ByModel || a.Notice != answer.Stopped {
		t.Errorf("status %q, mode %q, notice %q", a.Status, a.Mode, a.Notice)
	}
	if want := lengthSentence + " [1]"; claims(got.answer) != want || footnotes(got.answer) != "[1]" {
		t.Errorf("claims %q with footnotes %s, want %q", claims(got.answer), footnotes(got.answer), want)
	}
	if got.answer.Footnotes[0].Links == nil {
		t.Error("the footnote has lost its link")
	}
	if !errors.Is(got.answer.Cause, context.Canceled) {
		t.Errorf("the cause is %v", got.answer.Cause)
	}
	holdsNoSecret(t, got.answer.Cause, srv.URL)
	if request := srv.WaitRequest(patience); !request.WaitCancelled(patience) {
		t.Error("the model was left writing")
	}
}

func TestAStopBeforeTheFirstClaimQuotesTheReport(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
	}{
		{"before the head", modeltest.Stalled()},
		{"after the head", modeltest.Text("").StallAfter(0)},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t, test.reply)
			srv.Key = key
			ctx, stop := context.WithCancel(t.Context())
			passed, done := begin(ctx, answererOn(t, srv))
			request := srv.WaitRequest(patience)
			stop()
			got := await(t, done, "the answer")
			if got.err != nil {
				t.Fatal(got.err)
			}
			checkExtractive(t, got.answer, answer.Stopped, context.Canceled.Error(), srv.URL)
			if claim, any := <-passed; any {
				t.Errorf("%q was shown as the model's", claim.Text)
			}
			if !request.WaitCancelled(patience) {
				t.Error("the model was left writing")
			}
		})
	}
}

func TestTheCallersDeadlineIsATimeout(t *testing.T) {
	srv := modeltest.New(t, modeltest.Stalled())
	srv.Key = key
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, done := begin(ctx, answererOn(t, srv))
	got := await(t, done, "the answer")
	if got.err != nil {
		t.Fatal(got.err)
	}
	checkExtractive(t, got.answer, answer.ModelTimeout, "did not answer in time", srv.URL)
}

func TestThinkingCountsAsProgress(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(modeltest.Reply) modeltest.Reply
	}{
		{"with over 300 lines that keep the connection alive", func(r modeltest.Reply) modeltest.Reply { return r.WithKeepAlives(1000) }},
		{"with thoughts in a field of their own", func(r modeltest.Reply) modeltest.Reply { return r.WithReasoning(lanesSentence + " [S2]\n") }},
		{"with a first chunk of nothing", func(r modeltest.Reply) modeltest.Reply { return r.WithEmptyChunk() }},
		{"with pauses shorter than a stall, longer together", func(r modeltest.Reply) modeltest.Reply {
			r.Content = strings.SplitAfter(strings.Join(r.Content, ""), " ")
			return r.WithPause(110 * time.Millisecond)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t)
			srv.Handle(lines(t, lengthSentence+" {1.240 mét}", test.change))
			got := ask(t, hastyOn(t, srv), lengthQuestion)
			if want := lengthSentence + " [1]"; claims(got) != want || got.Notice != answer.NoNotice {
				t.Errorf("claims %q, notice %q, cause %v", claims(got), got.Notice, got.Cause)
			}
		})
	}
}

// A server that doesn't recognize a model's thoughts leaves them in the reply, with
// only their end marked.
func TestThoughtsWithoutAStartTagAreNoClaims(t *testing.T) {
	thoughts := "Hm, để xem nào. Có thể là NOT_IN_REPORT.\n" + lengthSentence + " Có lẽ thế.\n"
	for i := range 50 {
		thoughts += fmt.Sprintf("Xét câu %d.\n", i)
	}
	a, _, _ := judged(t, thoughts+lengthClaim+"\n</think>\n\n"+lengthClaim+"\n"+lanesClaim, modeltest.JudgeWith(modeltest.JudgeYes))
	got := ask(t, a, lengthQuestion)
	if want := "Chiều dài của cầu Sông Mây là 1.240 mét. [1]\nTrên mặt cầu là bốn làn xe và lối cho người đi bộ. [2 3]"; claims(got) != want || len(got.Rejected) != 0 || got.Notice != answer.NoNotice {
		t.Errorf("claims %q, want %q; rejected %+v, notice %q", claims(got), want, got.Rejected, got.Notice)
	}
}

func TestUsageIsReported(t *testing.T) {
	reply := modeltest.Text("NOT_IN_REPORT").WithUsage(1234, 56)
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
		want  answer.Usage
	}{
		{"in a chunk of its own", reply, answer.Usage{PromptTokens: 1234, CompletionTokens: 56, Calls: 1}},
		{"with the finish_reason", func() modeltest.Reply { r := reply; r.UsageWithFinish = true; return r }(),
			answer.Usage{PromptTokens: 1234, CompletionTokens: 56, Calls: 1}},
		{"not at all", reply.WithoutUsage(), answer.Usage{Calls: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ask(t, answererOn(t, modeltest.New(t, test.reply)), lengthQuestion)
			if got.Usage != test.want {
				t.Errorf("usage %+v, want %+v", got.Usage, test.want)
			}
		})
	}
}
