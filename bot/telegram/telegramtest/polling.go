package telegramtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"
)

// maxPoll is the longest a poll waits, whatever it asks for.
const maxPoll = 50 * time.Second

// poll is a getUpdates call that waits.
type poll struct {
	ended chan *apiError // sent to once, when another takes over
}

func conflict() *apiError {
	return &apiError{status: http.StatusConflict, description: "Conflict: terminated by other getUpdates request; " +
		"make sure that only one bot instance is running"}
}

// getUpdates answers at once if something waits, else when something arrives,
// another poll begins, a webhook is set, or the time is over.
func (s *Server) getUpdates(r *request) (any, *apiError) {
	limit := int(r.params.Int("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	timeout := min(max(time.Duration(r.params.Int("timeout"))*time.Second, 0), maxPoll)
	timer := time.NewTimer(timeout)
	defer timer.Stop()

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return nil, &apiError{status: http.StatusConflict, description: "Conflict: can't use getUpdates method while " +
			"webhook is active; use deleteWebhook to delete the webhook first"}
	}
	if s.queue.poll != nil {
		s.queue.poll.ended <- conflict()
		s.queue.poll = nil
	}
	if err := s.queue.readAllowed(r); err != nil {
		return nil, err
	}
	s.skipTo(r.params.Int("offset"))
	if len(s.queue.waiting) > 0 || timeout == 0 {
		return s.queue.first(limit), nil
	}
	me := &poll{ended: make(chan *apiError, 1)}
	s.queue.poll = me
	err := s.awaitUpdate(r, me, timer.C)
	if s.queue.poll == me {
		s.queue.poll = nil
	}
	if err != nil {
		return nil, err
	}
	return s.queue.first(limit), nil
}

// skipTo applies an offset: above 0 it confirms what is below it, below 0 all
// but that many at the end.
func (s *Server) skipTo(offset int64) {
	switch {
	case offset > 0:
		s.queue.confirm(offset)
	case offset < 0 && int64(len(s.queue.waiting)) > -offset:
		s.queue.confirm(s.queue.waiting[int64(len(s.queue.waiting))+offset].id)
	}
	s.notify()
}

// awaitUpdate waits until something is in the queue, the poll ends or the
// time is over. The lock is held, but not while waiting.
func (s *Server) awaitUpdate(r *request, me *poll, timeUp <-chan time.Time) *apiError {
	for len(s.queue.waiting) == 0 {
		changed := s.changed
		s.mu.Unlock()
		var err *apiError
		over := false
		select {
		case <-changed:
		case err = <-me.ended:
		case <-timeUp:
			over = true
		case <-r.ctx.Done():
			over = true
		case <-s.done:
			over = true
		}
		s.mu.Lock()
		if r.ctx.Err() != nil {
			return nil // nobody to tell
		}
		if err != nil || over {
			return err
		}
	}
	// Somebody took over in the same moment: theirs are the updates.
	select {
	case err := <-me.ended:
		return err
	default:
		return nil
	}
}

func (q *queue) first(limit int) any {
	list := []json.RawMessage{}
	valid := true
	for _, u := range q.waiting[:min(limit, len(q.waiting))] {
		list = append(list, u.raw)
		valid = valid && json.Valid(u.raw)
	}
	if valid {
		return list
	}
	// A broken update breaks the whole answer, which no encoder would write.
	return brokenJSON("[" + string(bytes.Join(toBytes(list), []byte(","))) + "]")
}

// brokenJSON is a result that is written as it is.
type brokenJSON string

func toBytes(list []json.RawMessage) [][]byte {
	parts := make([][]byte, len(list))
	for i, raw := range list {
		parts[i] = raw
	}
	return parts
}
