package answer

import (
	"context"
	"slices"
	"sync"
)

// flight is a draft that is being made, and who waits for it.
type flight struct {
	cancel context.CancelFunc
	askers int // guarded by the sharing's lock

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
	found   found
	claims  []Claim // that have passed so far

	ended chan struct{} // closed once draft and err are there
	draft draft
	err   error
}

func newFlight(cancel context.CancelFunc) *flight {
	return &flight{cancel: cancel, changed: make(chan struct{}), ended: make(chan struct{})}
}

// update changes the flight and wakes those who follow it.
func (f *flight) update(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
	close(f.changed)
	f.changed = make(chan struct{})
}

func (f *flight) know(what found) { f.update(func() { f.found = what }) }

func (f *flight) pass(claim Claim) { f.update(func() { f.claims = append(f.claims, claim) }) }

func (f *flight) end(d draft, err error) {
	f.draft, f.err = d, err
	close(f.ended)
}

// follow passes on claims until the flight has ended, and returns its draft.
// When ctx ends first, leave is called: with others still there the draft is
// what has passed so far, else what the flight ends with.
func (f *flight) follow(ctx context.Context, passed func(Claim), leave func() bool) (draft, error) {
	seen := 0
	catchUp := func() (changed <-chan struct{}) {
		f.mu.Lock()
		fresh, changed := f.claims[seen:], f.changed
		f.mu.Unlock()
		for _, claim := range fresh {
			seen++
			if passed != nil {
				passed(claim)
			}
		}
		return changed
	}
	for {
		changed := catchUp()
		select {
		case <-changed:
		case <-f.ended:
			catchUp()
			return f.draft, f.err
		case <-ctx.Done():
			if leave() {
				<-f.ended
				return f.draft.left(ctx), f.err
			}
			return f.sofar(ctx, seen)
		}
	}
}

// sofar is the draft of one who leaves while others stay.
func (f *flight) sofar(ctx context.Context, seen int) (draft, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.found.question == "" {
		return draft{}, ctx.Err() // there is nothing to fall back on yet
	}
	return draft{found: f.found, written: &Written{Claims: slices.Clone(f.claims[:seen])}, err: ctx.Err()}, nil
}

// left returns a draft that was cancelled because ctx had ended.
func (d draft) left(ctx context.Context) draft {
	if d.err != nil {
		d.err = ctx.Err()
	}
	return d
}
