package answer_test

import (
	"slices"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model/modeltest"
)

// From the last byte of a claim to its being passed on no more than 50 ms may
// go by; the check and the way through the program take a few.
func TestAClaimIsPassedOnWithinFiftyMilliseconds(t *testing.T) {
	const rounds, most = 15, 50 * time.Millisecond
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
