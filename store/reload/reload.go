// Package reload brings the store up to date with the place that its report
// comes from: on an admin's word, on a signal, or when the file changes.
package reload

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"reportbot/store"
	"reportbot/store/report"
)

// Step is how far a reload has come.
type Step string

// The steps of a reload, in order.
const (
	Reading Step = "reading" // the report is fetched and read
	Storing Step = "storing" // it is written, indexed and checked
)

// Outcome is what came of a reload.
type Outcome struct {
	Live   *store.Edition // that questions are answered from now
	Before *store.Edition // that was live before a change; nil: none was
	// Changed is false if the report is what was last loaded from its place:
	// then nothing was done, whatever edition is live.
	Changed bool
	// Comparison is with the edition that was live before; nil where there was
	// none, or nothing changed.
	Comparison *report.Comparison
	File       string   // that was taken of a folder; empty for none
	Warnings   []string // what is odd in the report, as `check` says it, or in its folder
	Integrity  store.Integrity
}

// Reloader reads one place's report again and again. Its methods may be called
// from any goroutine; one reload runs at a time.
type Reloader struct {
	store    *store.Store
	location string
	running  sync.Mutex
}

// New returns a Reloader of the report at location, as report.Open takes it.
func New(s *store.Store, location string) *Reloader {
	return &Reloader{store: s, location: location}
}

// Reload reads the report, and loads it if it is another than what was last
// loaded from its place, or if nothing is live. by is an admin's id,
// store.Shell, or empty for the program itself; progress may be nil. A report
// that can't be read changes nothing, and the error says what and where in one
// line; store.ErrLoading means that another load is running.
func (r *Reloader) Reload(ctx context.Context, by string, progress func(Step)) (*Outcome, error) {
	if !r.running.TryLock() {
		return nil, store.ErrLoading
	}
	defer r.running.Unlock()
	if progress == nil {
		progress = func(Step) {}
	}
	progress(Reading)
	live, err := r.store.Live(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	last, err := r.last(ctx, live)
	if err != nil {
		return nil, err
	}
	source, err := report.Reopen(ctx, r.location, last)
	var unchanged *report.UnchangedError
	if errors.As(err, &unchanged) {
		out := &Outcome{Live: live}
		for _, why := range unchanged.PassedOver {
			out.Warnings = append(out.Warnings, "passed over: "+why)
		}
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	progress(Storing)
	return Load(ctx, r.store, source, by)
}

// last returns what was last loaded from the place; nothing where no edition
// is live, so that one will be.
func (r *Reloader) last(ctx context.Context, live *store.Edition) (report.Reading, error) {
	place, err := report.Locate(r.location)
	if err != nil || live == nil {
		return report.Reading{}, err
	}
	last, err := r.store.LastReading(ctx, place)
	if errors.Is(err, store.ErrNotFound) {
		return report.Reading{}, nil
	}
	return last, err
}

// Load makes a report that was read the live edition and says what it changed.
func Load(ctx context.Context, s *store.Store, source *report.Source, by string) (*Outcome, error) {
	before, err := s.Live(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	out := &Outcome{Before: before, Changed: true, File: source.File, Warnings: source.Report.Warnings}
	if before != nil {
		old, err := s.Report(ctx, before.ID)
		if err != nil {
			return nil, fmt.Errorf("the live edition can't be compared: %w", err)
		}
		out.Comparison = report.Compare(old, source.Report)
	}
	if out.Live, err = s.Load(ctx, source, by); err != nil {
		return nil, err
	}
	if out.Integrity, err = s.LastCheck(ctx); errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return out, err
}
