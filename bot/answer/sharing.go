package answer

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/store"
	"reportbot/store/text"
)

// keptDrafts is how many answered questions are kept; each is some kilobytes.
const keptDrafts = 500

// draftKey is what makes two questions the same.
type draftKey struct {
	edition  int64
	question string
	language text.Language
	length   Length
}

func keyOf(edition *store.Edition, q question) draftKey {
	asked := strings.ToLower(strings.TrimRight(text.Clean(q.Question), "?!. "))
	return draftKey{edition.ID, asked, q.language, q.Length}
}

// sharing keeps drafts of questions that stand alone, and lets those who ask
// the same at the same moment share one.
type sharing struct {
	kept   *lru.Cache[draftKey, draft]
	quoted *lru.Cache[draftKey, quoting] // where there is no model

	mu      sync.Mutex
	flights map[draftKey]*flight
}

func newSharing() *sharing {
	kept, err := lru.New[draftKey, draft](keptDrafts)
	quoted, quotedErr := lru.New[draftKey, quoting](keptDrafts)
	if err = errors.Join(err, quotedErr); err != nil {
		panic("answer: a cache's size is positive: " + err.Error())
	}
	return &sharing{kept: kept, quoted: quoted, flights: map[draftKey]*flight{}}
}

// composer makes a draft.
type composer func(ctx context.Context, known func(found), passed func(Claim)) (draft, error)

// do returns the draft that is kept under key, takes part in the one that is
// being made, or makes one. passed is called from the calling goroutine. Who
// stops gets what has passed; making the draft ends with the last who asks for
// it. Only who began it is told what it used of the model.
func (s *sharing) do(ctx context.Context, key draftKey, passed func(Claim), compose composer) (draft, error) {
	s.mu.Lock()
	if d, ok := s.kept.Get(key); ok {
		s.mu.Unlock()
		for _, claim := range d.written.Claims {
			if passed != nil {
				passed(claim)
			}
		}
		return d, nil
	}
	f, joined := s.flights[key]
	if !joined {
		made, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f = newFlight(cancel)
		s.flights[key] = f
		go s.make(made, key, f, compose)
	}
	f.askers++
	s.mu.Unlock()

	d, err := f.follow(ctx, passed, func() bool { return s.leave(key, f) })
	if joined {
		d.usage = Usage{}
	}
	return d, err
}

// make makes the draft of a flight and keeps it if it is a whole answer.
func (s *sharing) make(ctx context.Context, key draftKey, f *flight, compose composer) {
	defer f.cancel()
	var d draft
	err := func() (err error) {
		defer func() {
			if p := recover(); p != nil { // here it would end the program
				err = fmt.Errorf("answering panicked: %v\n%s", p, debug.Stack())
			}
		}()
		d, err = compose(ctx, f.know, f.pass)
		return err
	}()
	s.mu.Lock()
	if err == nil && d.whole() {
		kept := d
		kept.usage, kept.took, kept.writing = Usage{}, times{}, 0
		s.kept.Add(key, kept)
	}
	s.forget(key, f)
	s.mu.Unlock()
	f.end(d, err)
}

// leave takes one who asks off a flight. It reports whether that was the last:
// then the flight is cancelled.
func (s *sharing) leave(key draftKey, f *flight) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.askers--
	if f.askers > 0 {
		return false
	}
	s.forget(key, f)
	f.cancel()
	return true
}

// forget makes a flight one that nobody can join.
func (s *sharing) forget(key draftKey, f *flight) {
	if s.flights[key] == f {
		delete(s.flights, key)
	}
}

// whole reports whether the model has answered, or said that the report
// doesn't, and nothing is missing.
func (d draft) whole() bool {
	return d.err == nil && d.written != nil && d.written.Unjudged == nil && (len(d.written.Claims) > 0 || d.written.Refused)
}
