package summary

import (
	"context"
	"sync"

	"reportbot/store"
)

// inFlight is the summaries in progress, by key. The zero value is ready.
type inFlight struct {
	mu      sync.Mutex
	running map[store.SummaryKey]*run
}

// run is a summary in progress, shared by all who ask for it meanwhile.
type run struct {
	done chan struct{} // closed at the end

	summary *Summary // set before done is closed; nil: stopped or failed

	mu       sync.Mutex
	step, of int
	stepped  chan struct{} // closed at the next step
}

// once calls make, or waits for the run with the same key and returns its summary.
// If that run was stopped or failed, one of those waiting calls make.
func (m *inFlight) once(ctx context.Context, key store.SummaryKey, progress Progress, make func(Progress) (*Summary, error)) (*Summary, error) {
	for {
		own, other := m.begin(key)
		if own != nil {
			return m.run(key, own, progress, make)
		}
		if err := other.wait(ctx, progress); err != nil {
			return nil, err
		}
		if other.summary != nil {
			return other.summary, nil
		}
	}
}

// begin returns a new run, or the run in progress.
func (m *inFlight) begin(key store.SummaryKey) (own, other *run) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if other := m.running[key]; other != nil {
		return nil, other
	}
	if m.running == nil {
		m.running = map[store.SummaryKey]*run{}
	}
	own = &run{done: make(chan struct{}), stepped: make(chan struct{})}
	m.running[key] = own
	return own, nil
}

func (m *inFlight) run(key store.SummaryKey, own *run, progress Progress, make func(Progress) (*Summary, error)) (*Summary, error) {
	defer func() { // also if make panics
		m.mu.Lock()
		delete(m.running, key)
		m.mu.Unlock()
		close(own.done)
	}()
	made, err := make(func(done, of int) {
		own.set(done, of)
		progress(done, of)
	})
	if err == nil {
		own.summary = made
	}
	return made, err
}

func (m *run) set(step, of int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.step, m.of = step, of
	close(m.stepped)
	m.stepped = make(chan struct{})
}

// wait returns when the run has ended, or with ctx's error.
func (m *run) wait(ctx context.Context, progress Progress) error {
	for {
		m.mu.Lock()
		step, of, stepped := m.step, m.of, m.stepped
		m.mu.Unlock()
		if of > 0 {
			progress(step, of)
		}
		select {
		case <-m.done:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-stepped:
		}
	}
}
