package telegram

import (
	"context"
	"sync"
)

const (
	// atOnce is how many chats are answered at the same time, and how many
	// priority jobs run beside them.
	atOnce = 64
	// mostPutOff is how many people of one chat are told to wait at the same
	// time; from then on it is a flood, and gets no more words.
	mostPutOff = 100
	// mostPrioritized is how many priority jobs one person may have, running or
	// waiting.
	mostPrioritized = 10
	// defaultWaiting is how many jobs of a chat may wait.
	defaultWaiting = 20
)

// job is something to be done in a chat.
type job struct {
	person int64 // who asked for it; 0: nobody in particular
	run    func(s *slot)
	drop   func() // instead of run, when the chat is forgotten
}

// queues runs jobs one at a time and in order for each chat, many chats side
// by side.
type queues struct {
	slots, priority chan struct{}
	limit           int // of jobs that wait, per chat and per person
	running         sync.WaitGroup

	mu          sync.Mutex
	chats       map[int64][]job // by chat; present while a worker runs for it, the running job first
	people      map[int64]int   // jobs by person, running ones too
	prioritized map[int64]int   // priority jobs by person
	putOff      map[int64]int   // people who are being told to wait, by chat
	same        map[int64]int64 // a chat's new id to the one that its jobs run under
}

func newQueues(limit int) *queues {
	return &queues{
		slots: make(chan struct{}, atOnce), priority: make(chan struct{}, atOnce), limit: limit,
		chats: map[int64][]job{}, people: map[int64]int{}, prioritized: map[int64]int{}, putOff: map[int64]int{}, same: map[int64]int64{},
	}
}

// add puts a job behind those of its chat. It returns at once. After ctx has
// ended jobs that haven't begun are left out.
func (q *queues) add(ctx context.Context, chat int64, j job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(ctx, chat, j)
}

// offer adds a job unless as many as may wait do, in its chat or of its
// person; then it reports false.
func (q *queues) offer(ctx context.Context, chat int64, j job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	// One more than may wait: the first is being run.
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
		go q.work(ctx, chat)
	}
}

// prioritize runs a job without waiting for those of its chat.
func (q *queues) prioritize(ctx context.Context, run func(s *slot)) {
	q.running.Add(1)
	go func() {
		defer q.running.Done()
		s := &slot{of: q.priority}
		if s.take(ctx) {
			defer s.release()
			run(s)
		}
	}()
}

// prioritizeFor runs a person's job without waiting for those of its chat, unless
// they have too many of such jobs; then it reports false.
func (q *queues) prioritizeFor(ctx context.Context, person int64, run func(s *slot)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.prioritized[person] == mostPrioritized {
		return false
	}
	q.prioritized[person]++
	q.running.Add(1)
	go func() {
		defer q.running.Done()
		defer q.count(q.prioritized, person)
		s := &slot{of: q.priority}
		if s.take(ctx) {
			defer s.release()
			run(s)
		}
	}()
	return true
}

// count takes one from a count that is kept while it isn't nought.
func (q *queues) count(of map[int64]int, key int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if of[key]--; of[key] == 0 {
		delete(of, key)
	}
}

// decline runs a job that tells somebody of a chat to wait, as a priority job. It
// reports false, and runs nothing, where too many are told already.
func (q *queues) decline(ctx context.Context, chat int64, run func(s *slot)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.putOff[chat] == mostPutOff {
		return false
	}
	q.putOff[chat]++
	q.prioritize(ctx, func(s *slot) {
		defer q.count(q.putOff, chat)
		run(s)
	})
	return true
}

// key returns the id that a chat's jobs run under. The lock is held.
func (q *queues) key(chat int64) int64 {
	if old, ok := q.same[chat]; ok {
		return old
	}
	return chat
}

// join makes jobs of a chat that has got a new id follow those of its old one.
func (q *queues) join(old, new int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, busy := q.chats[new]; !busy && old != new {
		q.same[new] = q.key(old)
	}
}

// clear drops the jobs of a chat that have not begun.
func (q *queues) clear(chat int64) {
	q.mu.Lock()
	chat = q.key(chat)
	var dropped []job
	if jobs := q.chats[chat]; len(jobs) > 1 {
		dropped = jobs[1:]
		q.chats[chat] = jobs[:1:1]
		for _, j := range dropped {
			q.left(j)
		}
	}
	q.mu.Unlock()
	for _, j := range dropped {
		j.drop()
	}
}

// waiting counts the jobs that have not begun.
func (q *queues) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	count := 0
	for _, jobs := range q.chats {
		count += len(jobs) - 1
	}
	return count
}

func (q *queues) work(ctx context.Context, chat int64) {
	defer q.running.Done()
	for {
		q.mu.Lock()
		j := q.chats[chat][0]
		q.mu.Unlock()
		s := &slot{of: q.slots}
		if s.take(ctx) {
			j.run(s)
			s.release()
		}
		q.mu.Lock()
		q.left(j)
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

// left forgets a job of its person. The lock is held.
func (q *queues) left(j job) {
	if j.person == 0 {
		return
	}
	if q.people[j.person]--; q.people[j.person] == 0 {
		delete(q.people, j.person)
	}
}

// wait returns when no job runs any more.
func (q *queues) wait() { q.running.Wait() }

// slot is a place among those that are answered at once.
type slot struct {
	of   chan struct{}
	held bool
}

// take waits for a place; false if ctx ends before.
func (s *slot) take(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case s.of <- struct{}{}:
		s.held = true
	case <-ctx.Done():
	}
	return s.held
}

func (s *slot) release() {
	if s.held {
		s.held = false
		<-s.of
	}
}

// without gives the place away while do waits for something. Once ctx has
// ended no place is needed for what is left to do.
func (s *slot) without(ctx context.Context, do func() error) error {
	if s == nil {
		return do()
	}
	s.release()
	err := do()
	s.take(ctx)
	return err
}
