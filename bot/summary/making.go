package summary

import (
	"context"
	"sync"

	"reportbot/store"
)

// makings are the summaries that are being made. The zero value is ready.
type makings struct {
	mu      sync.Mutex
	running map[store.SummaryKey]*making
}

// making is one summary that somebody makes, for everybody who asks for it
// meanwhile.
type making struct {
	done chan struct{} // closed at the end; then summary is set, if it was made

	summary *Summary // nil: who made it was stopped, or failed

	mu       sync.Mutex
	step, of int
	stepped  chan struct{} // closed with the next step
}

// once calls make, or waits for who is making the same and returns what they
// made. Where they were stopped, one of those who wait makes it.
func (m *makings) once(ctx context.Context, key store.SummaryKey, progress Progress, make func(Progress) (*Summary, error)) (*Summary, error) {
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

// begin returns a making of one's own, or the one that there is.
func (m *makings) begin(key store.SummaryKey) (own, other *making) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if other := m.running[key]; other != nil {
		return nil, other
	}
	if m.running == nil {
		m.running = map[store.SummaryKey]*making{}
	}
	own = &making{done: make(chan struct{}), stepped: make(chan struct{})}
	m.running[key] = own
	return own, nil
}

func (m *makings) run(key store.SummaryKey, own *making, progress Progress, make func(Progress) (*Summary, error)) (*Summary, error) {
	defer func() { // also where make panics
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

func (m *making) set(step, of int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.step, m.of = step, of
	close(m.stepped)
	m.stepped = make(chan struct{})
}

// wait returns when the making is over, or with ctx's error.
func (m *making) wait(ctx context.Context, progress Progress) error {
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
