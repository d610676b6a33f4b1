package telegram

import (
	"context"
	"sync"
)

// atOnce is how many chats are answered at the same time.
const atOnce = 16

// queues runs jobs one at a time and in order for each chat, many chats side
// by side.
type queues struct {
	slots   chan struct{}
	running sync.WaitGroup

	mu      sync.Mutex
	waiting map[int64][]func() // by chat; present while a worker runs for it
}

func newQueues() *queues {
	return &queues{slots: make(chan struct{}, atOnce), waiting: map[int64][]func(){}}
}

// add puts a job behind those of its chat. It returns at once. After ctx has
// ended jobs that haven't begun are left out.
func (q *queues) add(ctx context.Context, chat int64, job func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	jobs, busy := q.waiting[chat]
	q.waiting[chat] = append(jobs, job)
	if !busy {
		q.running.Add(1)
		go q.work(ctx, chat)
	}
}

// aside runs a job that must not wait for its chat's turn. It returns at once.
func (q *queues) aside(job func()) {
	q.running.Add(1)
	go func() {
		defer q.running.Done()
		job()
	}()
}

func (q *queues) work(ctx context.Context, chat int64) {
	defer q.running.Done()
	for {
		q.mu.Lock()
		jobs := q.waiting[chat]
		if len(jobs) == 0 {
			delete(q.waiting, chat)
			q.mu.Unlock()
			return
		}
		q.waiting[chat] = jobs[1:]
		q.mu.Unlock()
		select {
		case q.slots <- struct{}{}:
			if ctx.Err() == nil {
				jobs[0]()
			}
			<-q.slots
		case <-ctx.Done():
		}
	}
}

// wait returns when no job runs any more.
func (q *queues) wait() { q.running.Wait() }
