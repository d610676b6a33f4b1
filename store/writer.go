package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync"
)

// urgency says in which order writes are made and what they guarantee.
type urgency int

const (
	// durable writes survive a power cut once they return.
	durable urgency = iota
	// crashSafe writes survive a crash of the program once they return, and a power cut
	// after syncDelay.
	crashSafe
	// first writes are soon writes that go ahead of all others. They record that
	// Telegram accepted a message: after a crash before that, the bot sends it again.
	first
	// bulk writes are durable and slow. Each has its own transaction, made when no
	// other write waits.
	bulk
)

// groupLimit is the most writes in one transaction.
const groupLimit = 128

// changeFunc makes a change. It may be called again after a rollback, so it must
// reset its results each time.
type changeFunc func(tx *tx)

// writeOp is a queued write.
type writeOp struct {
	ctx     context.Context
	change  changeFunc
	urgency urgency
	begun   bool          // guarded by writer.mu; too late to cancel
	done    chan struct{} // closed once err is set
	err     error
}

func (w *writeOp) finish(err error) {
	w.err = err
	close(w.done)
}

// writer makes all changes to a store, in its own goroutine. Waiting writes are
// committed together, each in a savepoint, so that a failure affects no other.
type writer struct {
	db    *sql.DB // of one connection
	log   *logSync
	ended chan struct{}

	mu      sync.Mutex
	changed *sync.Cond // when something is waiting, or the writer was closed
	waiting [bulk + 1][]*writeOp
	closed  bool
}

func newWriter(db *sql.DB, log *logSync) *writer {
	w := &writer{db: db, log: log, ended: make(chan struct{})}
	w.changed = sync.NewCond(&w.mu)
	go w.run()
	return w
}

func (w *writer) make(next *writeOp) error {
	if err := next.ctx.Err(); err != nil {
		return err
	}
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return errClosed
	}
	w.waiting[next.urgency] = append(w.waiting[next.urgency], next)
	w.mu.Unlock()
	w.changed.Signal()
	select {
	case <-next.done:
	case <-next.ctx.Done():
		w.mu.Lock()
		begun := next.begun
		next.begun = true // the writer skips it
		w.mu.Unlock()
		if !begun {
			return next.ctx.Err()
		}
		<-next.done
	}
	return next.err
}

// run makes writes until the writer is closed and the queue is empty.
func (w *writer) run() {
	defer close(w.ended)
	for group := w.next(); len(group) > 0; group = w.next() {
		w.commit(group)
	}
}

// next waits for writes and takes those of the next transaction from the queue; none if
// the writer is closed and nothing is waiting.
func (w *writer) next() (group []*writeOp) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		for _, urgency := range []urgency{first, durable, crashSafe} {
			group = w.takeQueued(group, urgency, groupLimit)
		}
		if len(group) == 0 {
			group = w.takeQueued(group, bulk, 1)
		}
		if len(group) > 0 || w.closed {
			return group
		}
		w.changed.Wait()
	}
}

// take moves waiting writes of one urgency into a group, up to the limit. The
// caller holds the lock.
func (w *writer) takeQueued(group []*writeOp, urgency urgency, limit int) []*writeOp {
	waiting := w.waiting[urgency]
	for len(waiting) > 0 && len(group) < limit {
		next := waiting[0]
		waiting[0], waiting = nil, waiting[1:]
		if !next.begun { // else it was cancelled
			next.begun = true
			group = append(group, next)
		}
	}
	w.waiting[urgency] = waiting
	return group
}

// commit makes a group of writes and reports their results.
func (w *writer) commit(group []*writeOp) {
	errs, begun, err := w.try(group)
	switch {
	case err == nil:
	case len(group) > 1 && begun:
		// Some failures, such as a full disk, roll back the whole transaction.
		for _, one := range group {
			w.commit([]*writeOp{one})
		}
		return
	default:
		for i := range group {
			errs[i] = err
		}
	}
	waits := func(i int) bool { // for a sync
		return errs[i] == nil && (group[i].urgency == durable || group[i].urgency == bulk)
	}
	if err == nil {
		var waiting []func(error)
		for i, made := range group {
			if waits(i) {
				waiting = append(waiting, made.finish)
			}
		}
		w.log.committed(waiting) // before finish: a Sync that follows covers them
	}
	for i, made := range group {
		if !waits(i) {
			made.finish(errs[i])
		}
	}
}

// try makes a group of writes in one transaction and returns the error of each.
// err means that nothing was changed; begun is false if the transaction could not
// be started.
func (w *writer) try(group []*writeOp) (errs []error, begun bool, err error) {
	errs = make([]error, len(group))
	ctx := context.Background() // an interrupted statement would roll back all
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return errs, false, err
	}
	defer func() { _ = tx.Rollback() }() // no-op after a commit
	if len(group) == 1 {
		if err := group[0].apply(tx); err != nil {
			return errs, true, err
		}
		return errs, true, tx.Commit()
	}
	for i, one := range group {
		if _, err := tx.ExecContext(ctx, `SAVEPOINT one`); err != nil {
			return errs, true, err
		}
		end := `RELEASE one`
		if errs[i] = one.apply(tx); errs[i] != nil {
			end = `ROLLBACK TO one; RELEASE one`
		}
		if _, err := tx.ExecContext(ctx, end); err != nil {
			return errs, true, err
		}
	}
	return errs, true, tx.Commit()
}

// apply makes the change in a transaction. A panic fails this write alone.
func (w *writeOp) apply(in *sql.Tx) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
		}
	}()
	tx := &tx{ctx: context.WithoutCancel(w.ctx), sql: in}
	w.change(tx)
	return cmp.Or(tx.err, w.ctx.Err())
}

// close makes the waiting writes and stops the writer. It returns false if the
// writer was closed already.
func (w *writer) close() bool {
	w.mu.Lock()
	again := w.closed
	w.closed = true
	w.mu.Unlock()
	w.changed.Signal()
	<-w.ended
	return !again
}
