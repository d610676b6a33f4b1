// Package leasetest holds every backend of a lease to the same rules.
package leasetest

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"reportbot/store/lease"
)

const (
	lasts = time.Second // a lease in these tests
	soon  = 30 * time.Second
)

// opener opens a backend anew, as each process that a test plays does. Those of one test
// share a lease, which has its name.
type opener = func(t *testing.T, name string) lease.Backend

var tests = []struct {
	name string
	run  func(t *testing.T, open opener)
}{
	{"a write by an old revision is refused", oldRevision},
	{"one at a time", oneAtATime},
	{"a holder that is cut off stops before another begins", cutOff},
	{"what is known of replicas goes on to the next holder", replicasGoOn},
	{"two never hold it, whatever is lost on the way", neverTwo},
}

// Run runs the tests.
func Run(t *testing.T, open opener) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open)
		})
	}
}

// RunAtOnce runs the tests by a clock of their own, without waiting. The backend must do
// without goroutines and network.
func RunAtOnce(t *testing.T, open opener) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test.run(t, open) })
		})
	}
}

func oldRevision(t *testing.T, open opener) {
	a, b := open(t, t.Name()), open(t, t.Name())
	defer a.Close()
	defer b.Close()
	_, revision, err := b.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	saved, err := a.Save(t.Context(), lease.Record{Holder: "a"}, revision)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Save(t.Context(), lease.Record{Holder: "b"}, revision); err == nil {
		t.Error("b replaced what a wrote meanwhile")
	}
	if r, _, err := b.Load(t.Context()); err != nil || r.Holder != "a" {
		t.Errorf("the record is %+v, %v", r, err)
	}
	if _, err := a.Save(t.Context(), lease.Record{Holder: "a"}, saved); err != nil {
		t.Errorf("a can't write any more: %v", err)
	}
}

func oneAtATime(t *testing.T, open opener) {
	a, b := process(t, open, "a"), process(t, open, "b")
	first := acquire(t, a)
	if r := first.Record(); r.Holder != "a" || r.Term != 1 || time.Since(r.Since) > soon {
		t.Errorf("a holds %+v", r)
	}
	waiting := make(chan *lease.Term, 1)
	go func() { term, _ := b.Acquire(t.Context()); waiting <- term }()
	select {
	case <-waiting:
		t.Fatal("b got what a holds")
	case <-time.After(3 * lasts):
	}
	if err := first.Check(); err != nil {
		t.Errorf("a renewed, and yet: %v", err)
	}
	if r, err := b.Record(t.Context()); err != nil || r.Holder != "a" {
		t.Errorf("b sees %+v, %v", r, err)
	}
	first.Release()
	select {
	case second := <-waiting:
		if r := second.Record(); r.Holder != "b" || r.Term != 2 {
			t.Errorf("b holds %+v", r)
		}
		second.Release()
	case <-time.After(soon):
		t.Fatal("b did not get what a gave back")
	}
	if err := first.Check(); !errors.Is(err, lease.ErrLost) {
		t.Errorf("after it was given back: %v", err)
	}
}

func cutOff(t *testing.T, open opener) {
	wire := &wire{Backend: open(t, t.Name())}
	a, b := on(t, wire, "a"), process(t, open, "b")
	first := acquire(t, a)
	wire.cut.Store(true)
	begun := time.Now()
	second := acquire(t, b)
	if err := first.Check(); !errors.Is(err, lease.ErrLost) {
		t.Errorf("b holds it, and a may go on: %v", err)
	}
	if took := time.Since(begun); took < lasts-lasts/5 {
		t.Errorf("b took it after %v", took)
	}
	<-first.Context().Done()
	wire.cut.Store(false)
	first.Release() // changes nothing
	if err := second.Check(); err != nil {
		t.Errorf("b lost it to a's release: %v", err)
	}
	second.Release()
}

func replicasGoOn(t *testing.T, open opener) {
	a := process(t, open, "a")
	for i, test := range []struct{ place, outdated string }{{"1", ""}, {"2", ""}, {"2", ""}, {"3", "1"}} {
		term := acquire(t, a)
		outdated, err := term.ReplicaWhole(test.place)
		if err != nil || outdated != test.outdated {
			t.Errorf("%d: outdated is %q, %v; want %q", i, outdated, err, test.outdated)
		}
		term.Release()
	}
	r, err := a.Record(t.Context())
	if err != nil || r.Holder != "" || r.Replica != "3" || r.Older != "2" || r.Term != 4 {
		t.Errorf("the record is %+v, %v", r, err)
	}
}

func neverTwo(t *testing.T, open opener) {
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
	defer cancel()
	var holders, terms atomic.Int32
	var running sync.WaitGroup
	for i := range 4 {
		l := on(t, &wire{Backend: open(t, t.Name()), lossy: true}, string(rune('a'+i)))
		running.Go(func() {
			for ctx.Err() == nil {
				term, err := l.Acquire(ctx)
				if err != nil {
					return
				}
				terms.Add(1)
				if n := holders.Add(1); n != 1 {
					t.Errorf("%d hold it", n)
				}
				for enough := time.Now().Add(rand.N(lasts)); term.Check() == nil && time.Now().Before(enough); {
					time.Sleep(time.Millisecond)
				}
				// Where the lease is given back, nobody takes it before this.
				holders.Add(-1)
				if rand.IntN(2) == 0 {
					term.Release()
				} else {
					term.Lose(errors.New("as if killed"))
					time.Sleep(rand.N(lasts))
				}
			}
		})
	}
	running.Wait()
	if terms.Load() < 3 {
		t.Errorf("it was held only %d times", terms.Load())
	}
}

func process(t *testing.T, open opener, name string) *lease.Lease {
	return on(t, open(t, t.Name()), name)
}

func on(t *testing.T, backend lease.Backend, name string) *lease.Lease {
	l := lease.New(backend, name, lasts, slog.New(slog.DiscardHandler))
	t.Cleanup(l.Close)
	return l
}

func acquire(t *testing.T, l *lease.Lease) *lease.Term {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	term, err := l.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { term.Lose(nil) })
	return term
}

// wire is a connection to a backend that can be cut, or that loses calls and replies.
type wire struct {
	lease.Backend
	cut   atomic.Bool
	lossy bool
}

var errCut = errors.New("the connection is cut")

func (w *wire) Load(ctx context.Context) (lease.Record, uint64, error) {
	if w.lose(ctx) {
		return lease.Record{}, 0, errCut
	}
	return w.Backend.Load(ctx)
}

func (w *wire) Save(ctx context.Context, r lease.Record, revision uint64) (uint64, error) {
	if w.lose(ctx) {
		return 0, errCut
	}
	saved, err := w.Backend.Save(ctx, r, revision)
	if w.lose(ctx) {
		return 0, errCut
	}
	return saved, err
}

// lose waits as long as a call may take, if it is to be lost.
func (w *wire) lose(ctx context.Context) bool {
	if !w.cut.Load() && !(w.lossy && rand.IntN(4) == 0) {
		return false
	}
	select {
	case <-ctx.Done():
	case <-time.After(lasts):
	}
	return true
}
