package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

var faultsPeople = flag.Int("faults.people", 20, "how many people ask while both servers fail now and then")

const (
	// hangs is how long a hanging call takes until the server replies.
	hangs = 2 * time.Second
	// inSpite is the time within which every question must be answered despite faults;
	// the pause grows with each retry.
	inSpite = 2 * time.Minute
)

// Telegram and the model fail at random: 5% of the calls return a server error, 2% are
// reset, 2% return "too many requests", and 1% hang. Every question is answered exactly
// once, within inSpite.
func TestEveryQuestionIsAnsweredDespiteFaults(t *testing.T) {
	skipShort(t)
	t.Parallel()
	p, srv := withTelegram(t)
	p.racing = true
	model := modeltest.New(t)
	p.env["OPENAI_BASE_URL"], p.env["SEND_RATE"] = model.URL, "0"
	srv.FailSometimes(1, .05, telegramtest.Fault{Status: http.StatusBadGateway, Body: "<html>502</html>"})
	srv.FailSometimes(2, .02, telegramtest.Fault{Reset: true})
	srv.FailSometimes(3, .02, telegramtest.Fault{RetryAfter: 1})
	srv.FailSometimes(4, .01, telegramtest.Fault{Hang: hangs})
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(5, 0))
	model.Handle(func(r modeltest.Request) modeltest.Reply {
		mu.Lock()
		chance := dice.Float64()
		mu.Unlock()
		good := modeltest.Echo(1)(r)
		switch {
		case chance < .05:
			return modeltest.Fail(http.StatusInternalServerError)
		case chance < .07:
			return modeltest.Dropped()
		case chance < .09:
			return modeltest.RateLimited(time.Second)
		case chance < .10:
			return good.WithDelay(hangs)
		}
		return good
	})
	r := p.start("serve")
	var questions []telegramtest.Message
	for i := range *faultsPeople {
		u := srv.User("Ana", "vi")
		chat := u.Chat()
		if i%2 == 1 {
			chat = srv.Group(fmt.Sprint("Team ", i))
		}
		for range 2 {
			questions = append(questions, u.WritesIn(chat, "/ask "+askedLength))
		}
	}
	begun := time.Now()
	replies := func() map[[2]int64]int {
		count := map[[2]int64]int{}
		for _, m := range srv.Messages(0) {
			if m.ChatID > 0 || m.Edits > 0 { // a group's placeholder is no answer yet
				count[[2]int64{m.ChatID, int64(m.ReplyTo)}]++
			}
		}
		return count
	}
	for len(replies()) < len(questions) && time.Since(begun) < inSpite {
		time.Sleep(50 * time.Millisecond)
	}
	took := time.Since(begun)
	answers := replies()
	for _, q := range questions {
		if n := answers[[2]int64{q.ChatID, int64(q.ID)}]; n != 1 {
			t.Errorf("%v was answered %d times within %v", q, n, inSpite)
		}
	}
	t.Logf("%d questions were answered within %v", len(answers), took.Round(100*time.Millisecond))
	r.end(9, quickly)
}

// One chat fills its queue. Other chats' answers are not delayed by it: at Telegram's
// rate limit its answers alone would take ten seconds.
func TestAFloodFromOneChatDoesNotDelayOthers(t *testing.T) {
	skipShort(t)
	p, srv := withTelegram(t)
	r := p.start("serve")
	flooder := srv.User("Flo", "vi")
	c := newCrowd(srv, 20)
	const perSecond = 10                      // well below what may be sent
	c.steady(500*time.Millisecond, perSecond) // until all is warm
	c.result()

	c.steady(time.Second, perSecond)
	calm := c.result()
	for range 300 {
		flooder.Writes(askedLength)
	}
	c.steady(time.Second, perSecond)
	flooded := c.result()
	t.Logf("others' answers take p50 %v p99 %v, beside a flood p50 %v p99 %v", at(calm, .5), at(calm, .99), at(flooded, .5), at(flooded, .99))
	if len(flooded) < len(calm)*9/10 {
		t.Errorf("%d of the others were answered beside a flood, %d without", len(flooded), len(calm))
	}
	if before, beside := at(calm, .9), at(flooded, .9); beside > before+2*time.Second {
		t.Errorf("nine of ten answers took up to %v, beside a flood %v", before, beside)
	}
	mustEnd(t, r)
}
