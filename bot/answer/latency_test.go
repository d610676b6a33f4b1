package answer_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/store/text"
)

// From the last byte of a claim until it is passed on at most 50 ms may pass; the
// program needs a few.
func TestAClaimIsPassedOnWithinFiftyMilliseconds(t *testing.T) {
	const rounds, most = 5, 50 * time.Millisecond
	for _, test := range []struct {
		name string
		on   func(*testing.T, *modeltest.Server) *answer.Answerer
	}{{"asked alone", answererOn}, {"shared", manyOn}} {
		t.Run(test.name, func(t *testing.T) {
			var took []time.Duration
			for range rounds {
				release := make(chan struct{})
				srv := modeltest.New(t)
				srv.Handle(lines(t, lengthSentence+" {1.240 mét}\n", func(r modeltest.Reply) modeltest.Reply { return r.HoldUntil(0, release) }))
				passed, done := begin(t.Context(), test.on(t, srv))
				srv.WaitRequest(patience)
				released := time.Now() // before the server sends it, to be on the safe side
				close(release)
				await(t, passed, "the claim")
				took = append(took, time.Since(released))
				await(t, done, "the answer")
			}
			slices.Sort(took)
			t.Logf("from the claim's last byte to its being passed on: median %v, longest %v", took[rounds/2], took[rounds-1])
			if took[rounds/2] > most {
				t.Errorf("median %v, at most %v", took[rounds/2], most)
			}
		})
	}
}

// BenchmarkJudge measures the time that the judge adds to a complete answer. The server
// takes 300 ms to the first token; the judge is called while the model still writes.
func BenchmarkJudge(b *testing.B) {
	const (
		firstToken = 300 * time.Millisecond
		line       = 250 * time.Millisecond // in which the model writes a claim
	)
	srv := modeltest.New(b)
	srv.When(modeltest.IsJudge, func(r modeltest.Request) modeltest.Reply {
		return modeltest.JudgeWith(modeltest.JudgeYes)(r).WithDelay(firstToken)
	})
	srv.Handle(func(r modeltest.Request) modeltest.Reply {
		cited := r.Sources()[0].N
		claims := make([]string, 3)
		for i, said := range []string{"Chiều dài của cầu Sông Mây là như thế.", "Hai bờ huyện Thạch Lâm được nối lại.", "Người ta nối hai bờ."} {
			claims[i] = fmt.Sprintf("%s [S%d]\n", said, cited)
		}
		return modeltest.Chunks(claims...).WithDelay(firstToken).WithPause(line)
	})
	config := model.Config{URL: srv.URL, Model: modeltest.Model}
	with := answer.New(reading(), reading(), model.New(config), answer.WithJudge())
	without := answer.New(reading(), reading(), model.New(config))
	took := func(a *answer.Answerer) time.Duration {
		begun := time.Now()
		if _, err := a.Ask(b.Context(), answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, nil); err != nil {
			b.Fatal(err)
		}
		return time.Since(begun)
	}
	var added []time.Duration
	for b.Loop() {
		added = append(added, took(with)-took(without))
	}
	slices.Sort(added)
	b.ReportMetric(float64(added[len(added)/2].Milliseconds()), "ms-added(median)")
}
