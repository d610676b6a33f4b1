package telegram

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestOneChatsJobsRunInOrderAndOneAtATime(t *testing.T) {
	q := newQueues()
	var running atomic.Int32
	var mu sync.Mutex
	ran := map[int64][]int{}
	for n := range 100 {
		for _, chat := range []int64{1, -2, 3} {
			q.add(t.Context(), chat, func() {
				if chat == 1 && running.Add(1) > 1 {
					t.Error("two jobs of one chat ran at once")
				}
				mu.Lock()
				ran[chat] = append(ran[chat], n)
				mu.Unlock()
				if chat == 1 {
					running.Add(-1)
				}
			})
		}
	}
	q.wait()
	for chat, order := range ran {
		if len(order) != 100 || !slices.IsSorted(order) {
			t.Errorf("chat %d ran %v", chat, order)
		}
	}
	if len(q.waiting) > 0 {
		t.Errorf("%d chats are left in the queues", len(q.waiting))
	}
}

func TestAChatThatWaitsHoldsUpNoOther(t *testing.T) {
	q := newQueues()
	other := make(chan struct{})
	q.add(t.Context(), 1, func() { <-other })
	q.add(t.Context(), 2, func() { close(other) })
	q.wait() // for ever, if the chats ran one after the other
}

func TestOnlySoManyChatsAreAnsweredAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues()
		var running, ran atomic.Int32
		release := make(chan struct{})
		for chat := range int64(atOnce + 5) {
			q.add(t.Context(), chat, func() {
				running.Add(1)
				<-release
				running.Add(-1)
				ran.Add(1)
			})
		}
		synctest.Wait()
		if n := running.Load(); n != atOnce {
			t.Errorf("%d jobs run at once, want %d", n, atOnce)
		}
		close(release)
		q.wait()
		if n := ran.Load(); n != atOnce+5 {
			t.Errorf("%d jobs ran, want %d", n, atOnce+5)
		}
	})
}

func TestWhatHasNotBegunAtTheEndIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues()
		ctx, end := context.WithCancel(t.Context())
		release := make(chan struct{})
		var finished atomic.Int32
		for chat := range int64(atOnce + 5) { // some wait for a chat's turn, some for a slot
			for range 3 {
				q.add(ctx, chat, func() {
					<-release
					finished.Add(1)
				})
			}
		}
		synctest.Wait()
		end()
		synctest.Wait()
		close(release)
		q.wait()
		if n := finished.Load(); n != atOnce {
			t.Errorf("%d jobs were finished, want the %d that had begun", n, atOnce)
		}
	})
}

func TestAChatIsAnsweredAgainAfterItsQueueWasEmpty(t *testing.T) {
	q := newQueues()
	ran := 0
	for range 3 {
		q.add(t.Context(), 1, func() { ran++ })
		q.wait()
	}
	if ran != 3 {
		t.Errorf("%d jobs ran, want 3", ran)
	}
}
