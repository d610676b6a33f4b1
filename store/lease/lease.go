// Package lease decides which of several processes acts for the bot.
//
// The lease is one record. Whoever holds it writes it again and again, each time only
// if nobody else has changed it since. Another process takes it once the record has
// not changed for the lease's time, by that process's own clock: clocks need not agree.
// The holder counts its time from before its last write was sent, and stops earlier
// still: it has stopped by the time that another may begin.
package lease

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"
)

// DefaultTime is how long a lease lasts unless it is renewed.
const DefaultTime = 10 * time.Second

// A lease's time is divided into so many parts: the holder renews it once a part, and
// stops a part before it ends.
const parts = 5

// ErrLost means that this process does not hold the lease any more.
var ErrLost = errors.New("the lease is lost: another process may act for this bot")

// errChanged means that the record was changed by somebody else.
var errChanged = errors.New("the lease was changed by another process")

// Record is what is known of a lease. All who share it can read it.
type Record struct {
	Holder string    `json:"holder"` // its name; empty: nobody
	Since  time.Time `json:"since"`  // by the holder's clock
	Term   int64     `json:"term"`   // counts the holders
	// Instance tells processes of one name apart.
	Instance string `json:"instance"`
	// Replica is where the last whole replica of the store is, and Older the one before;
	// empty: there is none.
	Replica string `json:"replica,omitempty"`
	Older   string `json:"older,omitempty"`
	// Behind is how far the replica was behind the store when this was written.
	Behind time.Duration `json:"behind,omitempty"`
}

// Backend stores the record.
type Backend interface {
	// Load returns the record and its revision, 0 if there is none yet.
	Load(ctx context.Context) (Record, uint64, error)
	// Save replaces the record of that revision and returns the new one's. It fails with
	// errChanged if there is another by now. After any other error nobody knows whether
	// it was replaced.
	Save(ctx context.Context, r Record, revision uint64) (uint64, error)
	Close()
}

// Lease is one process's view of a lease.
type Lease struct {
	backend  Backend
	name     string
	instance string
	time     time.Duration
	log      *slog.Logger
}

// New returns the lease in a backend, for a process of that name. The time is the same
// for all who share the lease; 0: DefaultTime.
func New(backend Backend, name string, lasts time.Duration, log *slog.Logger) *Lease {
	if lasts == 0 {
		lasts = DefaultTime
	}
	return &Lease{backend: backend, name: name, instance: rand.Text(), time: lasts, log: log}
}

// part is one part of the lease's time.
func (l *Lease) part() time.Duration { return l.time / parts }

// Record returns the record as it is now; without a holder if nobody ever held the lease.
func (l *Lease) Record(ctx context.Context) (Record, error) {
	record, _, err := l.backend.Load(ctx)
	return record, err
}

// Close disconnects from the backend. It gives no lease back.
func (l *Lease) Close() { l.backend.Close() }

// load and save bound one call to a part of the lease's time.

func (l *Lease) load(ctx context.Context) (Record, uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, l.part())
	defer cancel()
	return l.backend.Load(ctx)
}

func (l *Lease) save(ctx context.Context, r Record, revision uint64) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, l.part())
	defer cancel()
	return l.backend.Save(ctx, r, revision)
}
