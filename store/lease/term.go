package lease

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Acquire waits until the lease can be had, takes it and renews it until it is lost or
// released. It fails only when ctx ends.
func (l *Lease) Acquire(ctx context.Context) (*Term, error) {
	var seen uint64     // the revision
	var first time.Time // when it was seen first
	var holder string
	failing := false
	for ctx.Err() == nil {
		record, revision, err := l.load(ctx)
		now := time.Now()
		if err != nil && !failing && ctx.Err() == nil {
			l.log.Warn("the lease can't be read; trying again until it can", "error", err)
		}
		failing = err != nil
		if err == nil {
			if revision != seen || first.IsZero() {
				seen, first = revision, now
			}
			if free := record.Holder == "" || record.Instance == l.instance; free || now.Sub(first) >= l.time {
				if t := l.take(ctx, record, revision); t != nil {
					return t, nil
				}
			} else if record.Holder != holder {
				holder = record.Holder
				l.log.Info("standing by", "holder", holder, "since", record.Since)
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(l.part() / 2):
		}
	}
	return nil, ctx.Err()
}

// take tries to become the holder; nil if that failed.
func (l *Lease) take(ctx context.Context, before Record, revision uint64) *Term {
	asked := time.Now()
	record := before
	record.Holder, record.Instance, record.Term, record.Since, record.Behind = l.name, l.instance, before.Term+1, asked, 0
	revision, err := l.save(ctx, record, revision)
	if err != nil { // somebody was faster, or the next Load shows who holds it
		return nil
	}
	l.log.Info("took the lease", "term", record.Term, "before", before.Holder)
	return newTerm(l, record, revision, asked)
}

// Term is the time for which this process holds a lease.
type Term struct {
	lease *Lease
	ctx   context.Context
	lose  context.CancelCauseFunc
	ended chan struct{} // closed once nothing renews any more
	saves sync.Mutex    // held while the record is written

	mu       sync.Mutex
	record   Record
	revision uint64
	until    time.Time   // when this process must stop; with a monotonic clock
	timer    *time.Timer // ends the term then
	behind   func() time.Duration
}

func newTerm(l *Lease, record Record, revision uint64, asked time.Time) *Term {
	t := &Term{lease: l, record: record, revision: revision, until: l.until(asked), ended: make(chan struct{})}
	t.ctx, t.lose = context.WithCancelCause(context.Background())
	t.timer = time.AfterFunc(time.Until(t.until), func() { _ = t.Check() })
	go t.keep()
	return t
}

// until returns when a holder must stop whose last write was sent at that time.
func (l *Lease) until(asked time.Time) time.Time { return asked.Add(l.time - l.part()) }

// Context ends when the term does, with ErrLost as its cause or what Lose was given.
func (t *Term) Context() context.Context { return t.ctx }

// Check fails if this process may not act for the bot now. Call it right before each act.
func (t *Term) Check() error {
	t.mu.Lock()
	until := t.until
	t.mu.Unlock()
	if over(time.Now(), until) {
		t.lose(ErrLost)
	}
	if t.ctx.Err() != nil {
		return ErrLost
	}
	return nil
}

// over reports whether a time is past, by the monotonic clock or by the wall clock: the
// former stands still while a machine sleeps, the latter may be set back.
func over(now, until time.Time) bool {
	return !now.Before(until) || !now.Round(0).Before(until.Round(0))
}

// Record returns the record as this process last wrote it.
func (t *Term) Record() Record {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.record
}

// ReplicaWhole records that the store's replica at a place is whole: who takes over
// restores that one. It returns the place of one that nobody needs any more, empty if
// there is none.
func (t *Term) ReplicaWhole(place string) (outdated string, err error) {
	err = t.change(func(r *Record) {
		if r.Replica != place {
			outdated, r.Older, r.Replica = r.Older, r.Replica, place
		}
	})
	return outdated, err
}

// ReportBehind has each renewal record how far the replica is behind.
func (t *Term) ReportBehind(behind func() time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.behind = behind
}

// Lose ends the term at once, for a reason. Others wait for the lease's end.
func (t *Term) Lose(why error) {
	t.lose(why)
	<-t.ended
}

// Release ends the term and gives the lease back, so that another can take it at once.
// Nothing may be acted on any more when it is called.
func (t *Term) Release() {
	held := t.Check() == nil
	t.Lose(ErrLost)
	if !held {
		return
	}
	if err := t.change(func(r *Record) { r.Holder, r.Behind = "", 0 }); err != nil {
		t.lease.log.Warn("the lease can't be given back; it ends by itself", "error", err)
	}
}

// keep renews the lease until the term ends.
func (t *Term) keep() {
	defer close(t.ended)
	defer t.timer.Stop()
	for wait := t.lease.part(); ; {
		select {
		case <-t.ctx.Done():
		case <-time.After(wait):
		}
		if t.Check() != nil {
			return
		}
		wait = t.lease.part()
		err := t.change(func(*Record) {})
		switch {
		case err == nil:
		case errors.Is(err, errChanged):
			t.lose(ErrLost)
		default:
			wait /= 4
			t.lease.log.Warn("the lease can't be renewed", "error", err)
		}
	}
}

// change writes the record with a change, which renews the lease. It fails with
// errChanged if another process holds it.
func (t *Term) change(do func(*Record)) error {
	t.saves.Lock()
	defer t.saves.Unlock()
	t.mu.Lock()
	record, revision, behind := t.record, t.revision, t.behind
	t.mu.Unlock()
	if behind != nil {
		record.Behind = behind()
	}
	do(&record)
	// Not t.ctx: a released lease is written too. While it is written the term may end.
	ctx, cancel := context.WithTimeout(context.Background(), t.lease.part())
	defer cancel()
	asked := time.Now()
	saved, err := t.lease.save(ctx, record, revision)
	if errors.Is(err, errChanged) {
		// An earlier write may have been made though it seemed to fail.
		there, at, loadErr := t.lease.load(ctx)
		switch {
		case loadErr != nil:
			return fmt.Errorf("nobody knows who changed it: %w", loadErr)
		case there.Instance != record.Instance || there.Term != record.Term || there.Holder == "":
			return errChanged
		}
		asked = time.Now()
		if saved, err = t.lease.save(ctx, record, at); errors.Is(err, errChanged) {
			err = errors.New("what was read was old already")
		}
	}
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record, t.revision = record, saved
	t.until = t.lease.until(asked)
	t.timer.Reset(time.Until(t.until))
	return nil
}
