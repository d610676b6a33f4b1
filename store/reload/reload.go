// Package reload loads a report again from its source: on an admin's command, on a
// signal, or when the file changes.
package reload

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"reportbot/store"
	"reportbot/store/report"
)

// Step is a step of a reload.
type Step string

// The steps of a reload, in order.
const (
	Reading Step = "reading" // fetching and parsing the report
	Storing Step = "storing" // writing, indexing and checking it
)

// Outcome is the result of a reload.
type Outcome struct {
	Live   *store.Edition // the live edition afterwards
	Before *store.Edition // the live edition before a change; nil if none
	// Changed is false if the report was the same as last time: then nothing was
	// done, whichever edition is live.
	Changed bool
	// Comparison is with Before; nil if there was none or nothing changed.
	Comparison *report.Comparison
	File       string   // taken from a folder; empty if the location is no folder
	Warnings   []string // about the report, as `check` prints them, or its folder
	Integrity  store.Integrity
}

// Reloader reloads the report at one location. Its methods may be called from any
// goroutine; one reload runs at a time.
type Reloader struct {
	store    *store.Store
	location string
	running  sync.Mutex
}

// New returns a Reloader for the report at location, as in report.Open.
func New(s *store.Store, location string) *Reloader {
	return &Reloader{store: s, location: location}
}

// Reload reads the report, and loads it if it differs from the last one loaded from
// this location, or if nothing is live. by is an admin's id, store.Shell, or empty
// for the program itself; progress may be nil. If the report can't be read, nothing
// changes, and the error says in one line what is wrong, and where.
// store.ErrLoading means that another load is running.
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

// last returns what was last loaded from the location; nothing if no edition is
// live, so that the report is loaded.
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

// Load stores a report as the live edition and compares it with the one before.
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
