package telegram

import (
	"net/http"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

func TestBackoffGrowsWithJitter(t *testing.T) {
	var b backoff
	for _, want := range []time.Duration{1, 2, 4, 5, 5, 5} {
		if got := b.next(); got != want*time.Second {
			t.Errorf("a pause of %v, want %d s", got, want)
		}
	}
	b.reset()
	if got := b.next(); got != minPause {
		t.Errorf("after a success the pause is %v", got)
	}
	seen := map[time.Duration]bool{}
	for range 100 {
		d := withJitter(maxPause)
		if seen[d] = true; d <= maxPause/2 || d > maxPause {
			t.Errorf("a pause of %v", d)
		}
	}
	if len(seen) < 90 {
		t.Errorf("of 100 pauses only %d differ", len(seen))
	}
}

func TestFirstAnswerWithinTenSecondsOfAnOutage(t *testing.T) {
	slow(t)
	for name, fault := range map[string]telegramtest.Fault{
		"reset": {Reset: true}, "a proxy's page": {Status: http.StatusBadGateway, Body: "<html>"}, "an error": {Status: http.StatusInternalServerError},
		"too many requests, without a word how long": {Status: http.StatusTooManyRequests},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, bridge)
			s.start()
			s.srv.Fail("", -1, fault)
			ana := s.srv.User("Ana", "vi")
			question := ana.Writes(lengthQuestion)
			time.Sleep(12 * time.Second) // the pauses have grown
			s.srv.Recover()
			begun := time.Now()
			s.once(t, lengthAnswer, question)
			if took := time.Since(begun); took > 10*time.Second {
				t.Errorf("the answer came after %v", took)
			}
		})
	}
}
