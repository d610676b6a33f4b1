package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
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
	waiting []*writeOp // committed; to be finished after a sync
	dirty   bool       // there are unsynced commits
	failed  error      // of a sync that nobody waited for; reported to the next who waits
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

// committed requests a sync. If writes are waiting it happens at once and they are
// finished after it; else within syncDelay.
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

// Sync returns once all earlier writes survive a power cut.
func (s *Store) Sync() error {
	if s.log == nil {
		return nil
	}
	w := &writeOp{done: make(chan struct{})}
	s.log.committed([]*writeOp{w})
	<-w.done
	return s.explain(w.err)
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

const (
	// emptyLogWithin is how long readers may hold up one try to empty the log; writes wait
	// meanwhile. emptyLogTries is how often it is tried, and emptyLogPause the pause.
	emptyLogWithin = 100 * time.Millisecond
	emptyLogTries  = 10
	emptyLogPause  = 50 * time.Millisecond
)

// emptyLog moves the log's content into the file and empties it: a log keeps what was
// deleted until it is written over. Where long reads prevent that, the next purge
// empties it.
func (s *Store) emptyLog(ctx context.Context) error {
	for range emptyLogTries {
		busy, err := s.tryEmptyLog(ctx)
		s.logFull.Store(busy)
		if err != nil || !busy {
			return err
		}
		time.Sleep(emptyLogPause)
	}
	return nil
}

// tryEmptyLog reports whether readers have prevented it.
func (s *Store) tryEmptyLog(ctx context.Context) (busy bool, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return true, s.explain(err)
	}
	defer conn.Close()
	wait := func(most time.Duration) error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, most.Milliseconds()))
		return err
	}
	if err := wait(emptyLogWithin); err != nil {
		return true, s.explain(err)
	}
	var pages, moved int // -1 without a log
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved)
	if hasCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked) {
		busy, err = true, nil
	}
	return busy, s.explain(errors.Join(err, wait(busyTimeout)))
}
