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
func (q *inlineQueue) add(latest pendingInline) (now bool, old *pendingInline) {
	q.mu.Lock()
	defer q.mu.Unlock()
	person := latest.query.query.Sender.ID
	if q.pending == nil {
		q.pending = map[int64]*pendingInline{}
	}
	waiting, busy := q.pending[person]
	q.pending[person] = nil
	if busy {
		q.pending[person] = &latest
	}
	return !busy, waiting
}

// next ends a person's query and returns the pending one; nil if there is none.
func (q *inlineQueue) next(person int64) *pendingInline {
	q.mu.Lock()
	defer q.mu.Unlock()
	waiting := q.pending[person]
	if q.pending[person] = nil; waiting == nil {
		delete(q.pending, person)
	}
	return waiting
}
