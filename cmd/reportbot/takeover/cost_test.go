package takeover

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

// asks is how many questions each figure is of, one after the other.
const asks = 300

// TestCostOfConfirmingLate measures what the replica adds to a question: until its update is
// confirmed to Telegram, and until its answer is there.
func TestCostOfConfirmingLate(t *testing.T) {
	if *takeovers < 2 {
		t.Skip("a benchmark: make takeover")
	}
	for _, test := range []struct{ replica, sync string }{
		{"", ""}, {"folder", "updates"}, {"folder", "strict"}, {"nats", "updates"}, {"nats", "strict"},
	} {
		srv := telegramtest.New(t)
		m := newMachine(t, srv, "a")
		m.env["LEASE"] = "lease"
		switch test.replica {
		case "":
			delete(m.env, "STANDBY")
		case "folder":
			m.env["REPLICA"], m.env["SYNC"] = t.TempDir(), test.sync
		case "nats":
			m.env["REPLICA"], m.env["SYNC"] = startNATS(t)+"/store", test.sync
		}
		confirmed, answered := measure(m, srv)
		t.Logf("table replica %q, sync %q: confirmed after p50 %v, p99 %v; answered after p50 %v, p99 %v", test.replica, test.sync,
			at(confirmed, .5), at(confirmed, .99), at(answered, .5), at(answered, .99))
		m.stop()
	}
}

// measure asks on a machine of its own, a question at a time in turn of 20 people.
func measure(m *machine, srv *telegramtest.Server) (confirmed, answered []time.Duration) {
	var mu sync.Mutex
	replies := map[int]time.Time{}
	srv.Observe(func(message telegramtest.Message) {
		if strings.Contains(message.Text, "1.200 mét") {
			mu.Lock()
			defer mu.Unlock()
			replies[message.ReplyTo] = time.Now()
		}
	})
	m.start()
	m.waitSaid("connected")
	var people []*telegramtest.User
	for range 20 {
		people = append(people, srv.User("Ana", "vi"))
	}
	for i := range asks + len(people) { // the first ones warm up
		begun := time.Now()
		asked := people[i%len(people)].Writes("Cầu Bạch Yến dài bao nhiêu mét?")
		srv.Wait(soon, "confirmation", func() bool { return len(srv.Pending()) == 0 })
		sure := time.Since(begun)
		var replied time.Time
		srv.Wait(soon, "answer", func() bool {
			mu.Lock()
			defer mu.Unlock()
			replied = replies[asked.ID]
			return !replied.IsZero()
		})
		if i >= len(people) {
			confirmed, answered = append(confirmed, sure), append(answered, replied.Sub(begun))
		}
	}
	slices.Sort(confirmed)
	slices.Sort(answered)
	return confirmed, answered
}

func at(sorted []time.Duration, share float64) time.Duration {
	return sorted[int(share*float64(len(sorted)-1))].Round(100 * time.Microsecond)
}
