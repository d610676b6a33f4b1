package telegram

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// most returns how many of the times lie within one window, at most.
func most(times []time.Duration, window time.Duration) int {
	slices.Sort(times)
	best := 0
	for i := range times {
		n := 0
		for _, t := range times[i:] {
			if t-times[i] < window {
				n++
			}
		}
		best = max(best, n)
	}
	return best
}

// waitTurn waits until a message may be sent to a chat.
func waitTurn(ctx context.Context, p *rateLimiter, chat int64, group bool) error {
	if wait := p.turn(chat, group); wait != nil {
		return wait(ctx)
	}
	return nil
}

// sends lets n messages be sent in each of the chats, each chat's one after
// the other, and returns when.
func sends(t *testing.T, p *rateLimiter, n int, group bool, chats ...int64) map[int64][]time.Duration {
	t.Helper()
	begun := time.Now()
	var mu sync.Mutex
	times := map[int64][]time.Duration{}
	var all sync.WaitGroup
	for _, chat := range chats {
		all.Go(func() {
			for range n {
				if err := waitTurn(t.Context(), p, chat, group); err != nil {
					t.Error(err)
				}
				mu.Lock()
				times[chat] = append(times[chat], time.Since(begun))
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return times
}

func TestRateLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := sends(t, newRateLimiter(30), 10, false, 1)[1]
		if n := most(one, time.Second); n != chatBurst || one[9] > 8*time.Second {
			t.Errorf("in one chat %d were sent within a second, the last at %v", n, one[9])
		}
	})
	synctest.Test(t, func(t *testing.T) {
		group := sends(t, newRateLimiter(30), 45, true, -1)[-1]
		if n := most(group, time.Minute); n != groupMinute || group[44] > 130*time.Second {
			t.Errorf("in a group %d were sent within a minute, the last at %v", n, group[44])
		}
	})
	synctest.Test(t, func(t *testing.T) {
		chats := make([]int64, 200)
		for i := range chats {
			chats[i] = int64(i + 1)
		}
		var all []time.Duration
		for _, times := range sends(t, newRateLimiter(30), 2, false, chats...) {
			all = append(all, times...)
		}
		if n := most(all, time.Second); n > 30 || slices.Max(all) > 16*time.Second {
			t.Errorf("over all %d were sent within a second, the last at %v", n, slices.Max(all))
		}
	})
}

func TestZeroRateIsUnlimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newRateLimiter(0)
		if last := slices.Max(sends(t, p, 100, true, -1)[-1]); last != 0 {
			t.Errorf("the last was sent at %v", last)
		}
		p.pauseChat(-1, 5*time.Second)
		if last := sends(t, p, 1, true, -1)[-1][0]; last != 5*time.Second {
			t.Errorf("where Telegram asked to wait it was sent at %v", last)
		}
	})
}

func TestPausedChatDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newRateLimiter(30)
		p.pauseChat(1, time.Minute)
		waited := sends(t, p, 1, false, 1, 2)
		if waited[1][0] != time.Minute || waited[2][0] != 0 {
			t.Errorf("they were sent at %v", waited)
		}
	})
}

func TestWaitForATurnEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newRateLimiter(30)
		p.pauseChat(1, time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := waitTurn(ctx, p, 1, false); err == nil {
			t.Error("it was its turn")
		}
	})
}

func TestOptionalSendsLeaveATurnForTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newRateLimiter(30)
		for p.tryTurn(-1, true, true) {
		}
		if last := sends(t, p, 1, true, -1)[-1][0]; last != 0 {
			t.Errorf("the answer waited for %v", last)
		}
		shown := 0
		for range 600 { // a minute
			if p.tryTurn(-1, true, true) {
				shown++
			}
			time.Sleep(100 * time.Millisecond)
		}
		if shown == 0 || shown > groupMinute/2 {
			t.Errorf("%d partial answers took their place in the group's minute", shown)
		}
		if n := most(sends(t, p, 5, true, -1)[-1], 5*time.Second); n < 5 {
			t.Errorf("only %d answers found room in the group's minute", n)
		}
	})
}

func TestIdleLimitsAreDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newRateLimiter(0)
		for chat := range int64(1000) {
			_ = waitTurn(t.Context(), p, chat, false)
		}
		p.pauseChat(1, time.Hour)
		time.Sleep(3 * time.Minute)
		_ = waitTurn(t.Context(), p, 2, false)
		if len(p.chats) != 2 {
			t.Errorf("%d chats are kept", len(p.chats))
		}
	})
}
