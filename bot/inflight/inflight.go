// Package inflight lets callers who want the same result at the same time share
// the one job that makes it.
package inflight

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// ErrLeft is returned to a caller whose context ended while others still wait
// for the job.
var ErrLeft = errors.New("the job goes on for others")

// Group runs one job at a time for each key. A job reports values of type P while
// it runs and ends with a V. The zero value is ready to use.
type Group[K comparable, P, V any] struct {
	mu   sync.Mutex
	jobs map[K]*job[P, V]
}

// job is one run and the callers that wait for it.
type job[P, V any] struct {
	cancel  context.CancelFunc
	callers int // guarded by the group's mu

	mu       sync.Mutex
	reported []P
	changed  chan struct{} // closed and replaced at each report

	done  chan struct{} // closed once value and err are set
	value V
	err   error
}

// Do returns the result of the job for key, which it starts with run or joins.
// passed is called with all that the job has reported since it started, in order,
// from the calling goroutine. The job's context ends when the contexts of all its
// callers have ended: the last caller waits for the job's result, those before it
// get ErrLeft and ctx's error. joined reports whether another caller had started
// the job. A panic of run is returned as an error.
func (g *Group[K, P, V]) Do(ctx context.Context, key K, passed func(P), run func(ctx context.Context, report func(P)) (V, error)) (value V, joined bool, err error) {
	j, joined := g.join(ctx, key, run)
	seen := 0
	catchUp := func() <-chan struct{} {
		fresh, changed := j.since(seen)
		for _, p := range fresh {
			passed(p)
		}
		seen += len(fresh)
		return changed
	}
	for {
		changed := catchUp()
		select {
		case <-changed:
		case <-j.done:
			catchUp()
			return j.value, joined, j.err
		case <-ctx.Done():
			if !g.leave(key, j) {
				return value, joined, fmt.Errorf("%w: %w", ErrLeft, ctx.Err())
			}
			<-j.done
			return j.value, joined, j.err
		}
	}
}

// join returns the job for key as one of its callers, and whether it was there.
func (g *Group[K, P, V]) join(ctx context.Context, key K, run func(ctx context.Context, report func(P)) (V, error)) (*job[P, V], bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if j, ok := g.jobs[key]; ok {
		j.callers++
		return j, true
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	j := &job[P, V]{cancel: cancel, callers: 1, changed: make(chan struct{}), done: make(chan struct{})}
	if g.jobs == nil {
		g.jobs = map[K]*job[P, V]{}
	}
	g.jobs[key] = j
	go func() {
		defer cancel()
		j.value, j.err = recovered(func() (V, error) { return run(ctx, j.report) })
		g.mu.Lock()
		g.forget(key, j)
		g.mu.Unlock()
		close(j.done)
	}()
	return j, false
}

// recovered returns what run returns, or its panic as an error: in the job's own
// goroutine it would end the program.
func recovered[V any](run func() (V, error)) (value V, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return run()
}

// leave takes a caller off the job. It reports whether that was the last one: then
// the job is cancelled and nobody can join it any more.
func (g *Group[K, P, V]) leave(key K, j *job[P, V]) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	j.callers--
	if j.callers > 0 {
		return false
	}
	g.forget(key, j)
	j.cancel()
	return true
}

func (g *Group[K, P, V]) forget(key K, j *job[P, V]) {
	if g.jobs[key] == j {
		delete(g.jobs, key)
	}
}

func (j *job[P, V]) report(p P) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reported = append(j.reported, p)
	close(j.changed)
	j.changed = make(chan struct{})
}

// since returns what was reported after the first n, and what is closed at the
// next report.
func (j *job[P, V]) since(n int) ([]P, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.reported[n:], j.changed
}
