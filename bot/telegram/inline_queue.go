package telegram

import (
	"sync"

	"reportbot/store"
)

// inlineQueue has, for each person whose inline query is being answered, the latest
// pending one.
type inlineQueue struct {
	mu      sync.Mutex
	pending map[int64]*pendingInline // by person with a query in progress; nil: none is pending
}

type pendingInline struct {
	update store.Update
	query  inlineQuery
}

// add adds a query. now reports whether to answer it now; old is the pending query that it
// replaces, nil if there is none.
func (t *inlineQueue) add(q pendingInline) (now bool, old *pendingInline) {
	t.mu.Lock()
	defer t.mu.Unlock()
	person := q.query.query.Sender.ID
	if t.pending == nil {
		t.pending = map[int64]*pendingInline{}
	}
	waiting, busy := t.pending[person]
	t.pending[person] = nil
	if busy {
		t.pending[person] = &q
	}
	return !busy, waiting
}

// next ends a person's query and returns the pending one; nil if there is none.
func (t *inlineQueue) next(person int64) *pendingInline {
	t.mu.Lock()
	defer t.mu.Unlock()
	waiting := t.pending[person]
	if t.pending[person] = nil; waiting == nil {
		delete(t.pending, person)
	}
	return waiting
}
