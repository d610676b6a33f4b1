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
	ended   bool
	draft   draft
	err     error
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
	f.update(func() { f.draft, f.err, f.ended = d, err, true })
}

// follow passes on claims until the flight has ended, and returns its draft.
// When ctx ends first, leave is called: with others still there the draft is
// what has passed so far, else what the flight ends with.
func (f *flight) follow(ctx context.Context, passed func(Claim), leave func() bool) (draft, error) {
	seen := 0
	for {
		f.mu.Lock()
		fresh, ended, changed := f.claims[seen:], f.ended, f.changed
		f.mu.Unlock()
		for _, claim := range fresh {
			seen++
			if passed != nil {
				passed(claim)
			}
		}
		if ended {
			return f.draft, f.err
		}
		select {
		case <-changed:
			continue
		case <-ctx.Done():
		}
		if !leave() {
			f.mu.Lock()
			defer f.mu.Unlock()
			if f.found.question == "" {
				return draft{}, ctx.Err() // there is nothing to fall back on yet
			}
			return draft{found: f.found, written: &Written{Claims: slices.Clone(f.claims[:seen])}, err: ctx.Err()}, nil
		}
		d, err := f.wait()
		if d.err != nil {
			d.err = ctx.Err()
		}
		return d, err
	}
}

// wait returns the draft once the flight has ended.
func (f *flight) wait() (draft, error) {
	for {
		f.mu.Lock()
		ended, changed := f.ended, f.changed
		f.mu.Unlock()
		if ended {
			return f.draft, f.err
		}
		<-changed
	}
}
