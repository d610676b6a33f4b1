package store

import (
	"cmp"
	"os"
	"sync"
	"time"
)

// syncDelay is the longest that a commit stays unsynced if nobody waits for it.
const syncDelay = 20 * time.Millisecond

// logSync syncs the log file, in its own goroutine. A commit in the log survives a
// crash of the program; after a sync it survives a power cut too. One sync serves
// all who wait for it.
type logSync struct {
	log   *os.File // nil: SQLite syncs every commit, or the store is in memory
	ended chan struct{}

	mu      sync.Mutex
	sync    func(*os.File) error
	waiting []func(error) // called after a sync
	dirty   bool          // there are unsynced commits
	failed  error         // of a sync that nobody waited for; reported to the next who waits
	timer   *time.Timer
	wake    chan struct{} // holds one value while a sync is wanted at once
	closed  bool
}

func newLogSync(log *os.File) *logSync {
	l := &logSync{log: log, sync: datasync, ended: make(chan struct{}), timer: time.NewTimer(0), wake: make(chan struct{}, 1)}
	<-l.timer.C
	go l.run()
	return l
}

// committed requests a sync. If somebody waits it is made at once, and those who wait are
// called with its error; else within syncDelay.
func (l *logSync) committed(waiting []func(error)) {
	if l.log == nil {
		call(waiting, nil)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		call(waiting, errClosed)
		return
	}
	l.waiting = append(l.waiting, waiting...)
	if !l.dirty {
		l.dirty = true
		l.timer.Reset(syncDelay)
	}
	if len(waiting) > 0 {
		l.notify()
	}
}

func call(waiting []func(error), err error) {
	for _, finish := range waiting {
		finish(err)
	}
}

func (l *logSync) notify() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *logSync) run() {
	defer close(l.ended)
	for {
		select {
		case <-l.wake:
		case <-l.timer.C:
		}
		l.mu.Lock()
		waiting, dirty, closed, failed, sync := l.waiting, l.dirty, l.closed, l.failed, l.sync
		l.waiting, l.dirty = nil, false
		l.timer.Stop()
		l.mu.Unlock()
		if dirty {
			failed = cmp.Or(failed, sync(l.log))
			call(waiting, failed)
			if len(waiting) > 0 {
				failed = nil
			}
			l.mu.Lock()
			l.failed = failed
			l.mu.Unlock()
		}
		if closed {
			return
		}
	}
}

// close makes a last sync and ends the goroutine. The writer must be stopped.
func (l *logSync) close() error {
	l.mu.Lock()
	l.closed = true
	l.notify()
	l.mu.Unlock()
	<-l.ended
	if l.log == nil {
		return nil
	}
	return l.log.Close()
}
