package telegram

import (
	"sync"

	"reportbot/store"
)

// typedQueries holds, for each person whose query is being answered, the latest query
// that waits behind it.
type typedQueries struct {
	mu     sync.Mutex
	people map[int64]*typedQuery // by person whose query is being answered: the query that waits behind it, or nil
}

type typedQuery struct {
	update store.Update
	query  inlineQuery
}

// add takes a query. now says whether to answer it now; old is one that it replaces,
// nil: none.
func (t *typedQueries) add(q typedQuery) (now bool, old *typedQuery) {
	t.mu.Lock()
	defer t.mu.Unlock()
	person := q.query.query.Sender.ID
	if t.people == nil {
		t.people = map[int64]*typedQuery{}
	}
	waiting, busy := t.people[person]
	t.people[person] = nil
	if busy {
		t.people[person] = &q
	}
	return !busy, waiting
}

// next ends a person's query and returns the one that waits behind it; nil: none.
func (t *typedQueries) next(person int64) *typedQuery {
	t.mu.Lock()
	defer t.mu.Unlock()
	waiting := t.people[person]
	if t.people[person] = nil; waiting == nil {
		delete(t.people, person)
	}
	return waiting
}
