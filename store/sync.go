package store

import (
	"cmp"
	"os"
	"sync"
	"time"
)

// syncDelay is how long a commit that nobody waits for may be unsynced.
const syncDelay = 20 * time.Millisecond

// logSync brings commits to the disk, in a goroutine of its own. SQLite appends
// each commit to the log file; from then on it outlives the program. Once the
// log is synced, all commits that are in it outlive a power cut. One sync
// serves all that wait for it.
type logSync struct {
	log   *os.File // nil: every commit is synced by SQLite, or the store is in memory
	ended chan struct{}

	mu      sync.Mutex
	sync    func(*os.File) error
	waiting []*writeOp // committed, and finished once they are synced
	dirty   bool       // something is committed and not synced
	failed  error      // of a sync that nobody waited for; the next who waits is told
	timer   *time.Timer
	wake    chan struct{} // holds one value while there is something to sync at once
	closed  bool
}

func newLogSync(log *os.File) *logSync {
	l := &logSync{log: log, sync: datasync, ended: make(chan struct{}), timer: time.NewTimer(0), wake: make(chan struct{}, 1)}
	<-l.timer.C
	go l.run()
	return l
}

// committed has the log synced: at once, and the waiting writes finished
// then, or without any within syncDelay.
func (l *logSync) committed(waiting []*writeOp) {
	if l.log == nil {
		for _, w := range waiting {
			w.finish(nil)
		}
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		for _, w := range waiting {
			w.finish(errClosed)
		}
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
			for _, w := range waiting {
				w.finish(failed)
			}
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

// Sync returns once all that was written before outlives a power cut.
func (s *Store) Sync() error {
	if s.log == nil {
		return nil
	}
	w := &writeOp{done: make(chan struct{})}
	s.log.committed([]*writeOp{w})
	<-w.done
	return s.explain(w.err)
}

// close syncs what is not synced and ends the goroutine. No write may be under
// way.
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
