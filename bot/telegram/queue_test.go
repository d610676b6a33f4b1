package telegram

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// does is a job of nobody in particular.
func does(run func()) job { return job{run: func(*slot) { run() }} }

func TestJobsOfAChatRunInOrderOneAtATime(t *testing.T) {
	q := newQueues(20)
	var running atomic.Int32
	var mu sync.Mutex
	ran := map[int64][]int{}
	for n := range 100 {
		for _, chat := range []int64{1, -2, 3} {
			q.add(t.Context(), chat, does(func() {
				if chat == 1 && running.Add(1) > 1 {
					t.Error("two jobs of one chat ran at once")
				}
				mu.Lock()
				ran[chat] = append(ran[chat], n)
				mu.Unlock()
				if chat == 1 {
					running.Add(-1)
				}
			}))
		}
	}
	q.wait()
	for chat, order := range ran {
		if len(order) != 100 || !slices.IsSorted(order) {
			t.Errorf("chat %d ran %v", chat, order)
		}
	}
	if len(q.chats) > 0 || len(q.people) > 0 || q.waiting() > 0 {
		t.Errorf("left in the queues are %v, of %v", q.chats, q.people)
	}
}

func TestChatsDoNotBlockEachOther(t *testing.T) {
	q := newQueues(20)
	other := make(chan struct{})
	q.add(t.Context(), 1, does(func() { <-other }))
	q.add(t.Context(), 2, does(func() { close(other) }))
	q.wait() // for ever, if the chats ran one after the other
}

func TestRunningChatsAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(20)
		var running, ran atomic.Int32
		release := make(chan struct{})
		for chat := range int64(maxRunning + 5) {
			q.add(t.Context(), chat, does(func() {
				running.Add(1)
				<-release
				running.Add(-1)
				ran.Add(1)
			}))
		}
		synctest.Wait()
		if n := running.Load(); n != maxRunning {
			t.Errorf("%d jobs run at once, want %d", n, maxRunning)
		}
		close(release)
		q.wait()
		if n := ran.Load(); n != maxRunning+5 {
			t.Errorf("%d jobs ran, want %d", n, maxRunning+5)
		}
	})
}

func TestPendingJobsDoNotStartAfterCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(20)
		ctx, end := context.WithCancel(t.Context())
		release := make(chan struct{})
		var finished atomic.Int32
		for chat := range int64(maxRunning + 5) { // some wait for a chat's turn, some for a slot
			for range 3 {
				q.add(ctx, chat, does(func() {
					<-release
					finished.Add(1)
				}))
			}
		}
		synctest.Wait()
		end()
		synctest.Wait()
		close(release)
		q.wait()
		if n := finished.Load(); n != maxRunning {
			t.Errorf("%d jobs were finished, want the %d that had begun", n, maxRunning)
		}
	})
}

func TestChatRestartsAfterItsQueueWasEmpty(t *testing.T) {
	q := newQueues(20)
	ran := 0
	for range 3 {
		q.add(t.Context(), 1, does(func() { ran++ }))
		q.wait()
	}
	if ran != 3 {
		t.Errorf("%d jobs ran, want 3", ran)
	}
}

func TestPendingJobsAreLimitedPerChatAndPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(2)
		release := make(chan struct{})
		by := func(person int64) job { return job{person: person, run: func(*slot) { <-release }} }
		offers := []struct {
			chat, person int64
			want         bool
		}{
			{1, 10, true}, {1, 11, true}, {1, 12, true}, {1, 13, false}, // one runs, two wait
			{2, 10, true}, {3, 10, true}, {4, 10, false}, // as for the person
			{5, 0, true}, {5, 0, true}, {5, 0, true}, {5, 0, false}, {6, 11, true},
		}
		for i, offer := range offers {
			if got := q.offer(t.Context(), offer.chat, by(offer.person)); got != offer.want {
				t.Errorf("offer %d, %+v: %v", i, offer, got)
			}
		}
		if n := q.waiting(); n != 4 {
			t.Errorf("%d wait, want 4", n)
		}
		close(release)
		q.wait()
		if !q.offer(t.Context(), 1, by(10)) {
			t.Error("it is full though all is done")
		}
		q.wait()
	})
}

func TestDropPending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(20)
		release := make(chan struct{})
		var ran, dropped atomic.Int32
		for range 3 {
			q.add(t.Context(), 1, job{person: 5, run: func(*slot) { <-release; ran.Add(1) }, drop: func() { dropped.Add(1) }})
		}
		synctest.Wait()
		q.dropPending(1)
		q.dropPending(2)
		close(release)
		q.wait()
		if ran.Load() != 1 || dropped.Load() != 2 || len(q.people) > 0 {
			t.Errorf("%d ran, %d were dropped, left are %v", ran.Load(), dropped.Load(), q.people)
		}
	})
}

func TestMigratedChatKeepsItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(20)
		release := make(chan struct{})
		var order []int
		q.add(t.Context(), -1, does(func() { <-release; order = append(order, 1) }))
		q.add(t.Context(), -1, does(func() { order = append(order, 2) }))
		q.join(-1, -1001)
		q.add(t.Context(), -1001, does(func() { order = append(order, 3) }))
		synctest.Wait()
		close(release)
		q.wait()
		if !slices.Equal(order, []int{1, 2, 3}) {
			t.Errorf("they ran in the order %v", order)
		}
	})
}

func TestPriorityJobDoesNotWaitForItsChat(t *testing.T) {
	q := newQueues(20)
	stop := make(chan struct{})
	q.add(t.Context(), 1, does(func() { <-stop }))
	q.prioritize(t.Context(), func(*slot) { close(stop) })
	q.wait() // for ever, if it stood behind the chat's jobs
}

func TestSlotIsReleasedDuringWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(20)
		release := make(chan struct{})
		var others atomic.Int32
		for chat := range int64(maxRunning) {
			q.add(t.Context(), chat, job{run: func(s *slot) {
				if err := s.releaseWhile(t.Context(), func(context.Context) error { <-release; return nil }); err != nil {
					t.Error(err)
				}
			}})
		}
		q.add(t.Context(), maxRunning, does(func() { others.Add(1) }))
		synctest.Wait()
		if others.Load() != 1 {
			t.Error("another chat waits with them")
		}
		close(release)
		q.wait()
	})
}

func TestWaitNoticesAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueues(2)
		release := make(chan struct{})
		told := 0
		for range maxWaitNotices + 50 {
			if q.queueWaitNotice(t.Context(), 1, func(s *slot) { _ = s.releaseWhile(t.Context(), func(context.Context) error { <-release; return nil }) }) {
				told++
			}
		}
		if told != maxWaitNotices {
			t.Errorf("%d were told to wait, want %d", told, maxWaitNotices)
		}
		if !q.queueWaitNotice(t.Context(), 2, func(*slot) {}) {
			t.Error("nobody in another chat is told")
		}
		close(release)
		q.wait()
		if len(q.waitNotices) > 0 {
			t.Errorf("left are %v", q.waitNotices)
		}
	})
}
