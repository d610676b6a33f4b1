package telegram

import (
	"context"
	"sync"
)

const (
	// maxRunning limits the chats whose jobs run concurrently; as many priority jobs may run
	// beside them.
	maxRunning = 64
	// maxWaitNotices limits the concurrent notices to wait per chat; beyond that it is a
	// flood, which gets no reply.
	maxWaitNotices = 100
	// maxPriorityJobs limits the priority jobs of one person, running or pending.
	maxPriorityJobs = 10
	// defaultQueueLimit is the default limit of pending jobs per chat.
	defaultQueueLimit = 20
)

// job is the handling of one update in a chat.
type job struct {
	person int64 // who caused it; 0: not counted for anybody
	run    func(s *slot)
	drop   func() // called instead of run by dropPending
}

// queues runs the jobs of each chat one at a time and in order, and those of different
// chats concurrently.
type queues struct {
	slots, priority chan struct{}
	limit           int // of pending jobs, per chat and per person
	running         sync.WaitGroup

	mu          sync.Mutex
	chats       map[int64][]job // by chat while it has a worker; the first job is running
	people      map[int64]int   // jobs by person, running or pending
	prioritized map[int64]int   // priority jobs by person
	waitNotices map[int64]int   // notices to wait by chat
	aliases     map[int64]int64 // from a chat's new id to the id its jobs are queued under
}

func newQueues(limit int) *queues {
	return &queues{
		slots: make(chan struct{}, maxRunning), priority: make(chan struct{}, maxRunning), limit: limit,
		chats: map[int64][]job{}, people: map[int64]int{}, prioritized: map[int64]int{}, waitNotices: map[int64]int{}, aliases: map[int64]int64{},
	}
}

// add appends a job to its chat's queue. Once ctx has ended no further job starts.
func (q *queues) add(ctx context.Context, chat int64, j job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(ctx, chat, j)
}

// offer is add with a limit: it reports false, and adds nothing, if the chat or the person
// has the maximum of pending jobs.
func (q *queues) offer(ctx context.Context, chat int64, j job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	// The first job of a chat is running, the others are pending.
	if len(q.chats[q.key(chat)]) > q.limit || j.person != 0 && q.people[j.person] > q.limit {
		return false
	}
	q.put(ctx, chat, j)
	return true
}

func (q *queues) put(ctx context.Context, chat int64, j job) {
	chat = q.key(chat)
	jobs, busy := q.chats[chat]
	q.chats[chat] = append(jobs, j)
	if j.person != 0 {
		q.people[j.person]++
	}
	if !busy {
		q.running.Add(1)
		go q.runChat(ctx, chat)
	}
}

// prioritize runs a job outside its chat's queue.
func (q *queues) prioritize(ctx context.Context, run func(s *slot)) {
	q.startPriority(ctx, run, func() {})
}

// startPriority runs a priority job, and calls done when it has ended or can't start any
// more.
func (q *queues) startPriority(ctx context.Context, run func(s *slot), done func()) {
	q.running.Add(1)
	go func() {
		defer q.running.Done()
		defer done()
		s := &slot{pool: q.priority}
		if s.acquire(ctx) {
			defer s.release()
			run(s)
		}
	}()
}

// prioritizeFor is prioritize with a limit: it reports false, and runs nothing, if the
// person has maxPriorityJobs already.
func (q *queues) prioritizeFor(ctx context.Context, person int64, run func(s *slot)) bool {
	return q.runLimited(ctx, q.prioritized, person, maxPriorityJobs, run)
}

// runLimited runs a priority job, and counts it under key until it ends. It reports false,
// and runs nothing, if the count is at most already.
func (q *queues) runLimited(ctx context.Context, count map[int64]int, key int64, most int, run func(s *slot)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if count[key] == most {
		return false
	}
	count[key]++
	q.startPriority(ctx, run, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		decrement(count, key)
	})
	return true
}

// decrement lowers of[key] by one and deletes it at zero.
func decrement(of map[int64]int, key int64) {
	if of[key]--; of[key] == 0 {
		delete(of, key)
	}
}

// queueWaitNotice runs a priority job that sends a notice to wait. It reports false, and
// runs nothing, if the chat has maxWaitNotices already.
func (q *queues) queueWaitNotice(ctx context.Context, chat int64, run func(s *slot)) bool {
	return q.runLimited(ctx, q.waitNotices, chat, maxWaitNotices, run)
}

// key returns the id that a chat's jobs are queued under. The caller holds the lock.
func (q *queues) key(chat int64) int64 {
	if old, ok := q.aliases[chat]; ok {
		return old
	}
	return chat
}

// join puts jobs for a chat's new id into the queue of its old one.
func (q *queues) join(old, new int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, busy := q.chats[new]; !busy && old != new {
		q.aliases[new] = q.key(old)
	}
}

// dropPending drops a chat's pending jobs.
func (q *queues) dropPending(chat int64) {
	q.mu.Lock()
	chat = q.key(chat)
	var dropped []job
	if jobs := q.chats[chat]; len(jobs) > 1 {
		dropped = jobs[1:]
		q.chats[chat] = jobs[:1:1]
		for _, j := range dropped {
			q.uncount(j)
		}
	}
	q.mu.Unlock()
	for _, j := range dropped {
		j.drop()
	}
}

// waiting counts the pending jobs.
func (q *queues) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	count := 0
	for _, jobs := range q.chats {
		count += len(jobs) - 1
	}
	return count
}

func (q *queues) runChat(ctx context.Context, chat int64) {
	defer q.running.Done()
	for {
		q.mu.Lock()
		j := q.chats[chat][0]
		q.mu.Unlock()
		s := &slot{pool: q.slots}
		if s.acquire(ctx) {
			j.run(s)
			s.release()
		}
		q.mu.Lock()
		q.uncount(j)
		rest := q.chats[chat][1:]
		if len(rest) == 0 {
			delete(q.chats, chat)
			q.mu.Unlock()
			return
		}
		q.chats[chat] = rest
		q.mu.Unlock()
	}
}

// uncount no longer counts a job for its person. The caller holds the lock.
func (q *queues) uncount(j job) {
	if j.person != 0 {
		decrement(q.people, j.person)
	}
}

// wait returns when no job runs any more.
func (q *queues) wait() { q.running.Wait() }

// slot is a job's place in a pool, which limits the concurrent jobs.
type slot struct {
	pool chan struct{}
	held bool
}

// acquire waits for a place; false if ctx ends first.
func (s *slot) acquire(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case s.pool <- struct{}{}:
		s.held = true
	case <-ctx.Done():
	}
	return s.held
}

func (s *slot) release() {
	if s.held {
		s.held = false
		<-s.pool
	}
}

// releaseWhile releases the place while do waits for something. If ctx has ended
// afterwards the job continues without a place.
func (s *slot) releaseWhile(ctx context.Context, do func(ctx context.Context) error) error {
	if s == nil {
		return do(ctx)
	}
	s.release()
	err := do(ctx)
	s.acquire(ctx)
	return err
}
