package telegram

import (
	"sync"

	"reportbot/store"
)

// typedQueries holds, for each person whose query is being answered, the latest query
// that waits behind it.
type inlineQueue struct {
	mu      sync.Mutex
	pending map[int64]*pendingInline // by person whose query is being answered: the query that waits behind it, or nil
}

type pendingInline struct {
	update store.Update
	query  inlineQuery
}

// add takes a query. now says whether to answer it now; old is one that it replaces,
// nil: none.
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

// next ends a person's query and returns the one that waits behind it; nil: none.
func (t *inlineQueue) next(person int64) *pendingInline {
	t.mu.Lock()
	defer t.mu.Unlock()
	waiting := t.pending[person]
	if t.pending[person] = nil; waiting == nil {
		delete(t.pending, person)
	}
	return waiting
}
