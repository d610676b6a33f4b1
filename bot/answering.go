package bot

import (
	"context"
	"sync"
)

// answering holds the answers in progress by thread. A thread has one at a time.
type answering struct {
	mu      sync.Mutex
	threads map[string]*running
}

type running struct {
	asker  Sender
	cancel context.CancelCauseFunc
}

// begin registers an answer in a thread. It returns the answer's context, and a function to call at its end.
func (a *answering) begin(ctx context.Context, thread string, asker Sender) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &running{asker, cancel}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.threads == nil {
		a.threads = map[string]*running{}
	}
	a.threads[thread] = r
	return ctx, func() {
		cancel(nil)
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.threads[thread] == r {
			delete(a.threads, thread)
		}
	}
}

func (a *answering) in(thread string) *running {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.threads[thread]
}
