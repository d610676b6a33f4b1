package modeltest

import (
	"context"
	"sync"
)

// flight follows one request from its arrival until the handler returns, to tell
// a client that goes away from a reply that ends.
type flight struct {
	gone, ended chan struct{}

	ctx     context.Context // ends when the client goes away, or after the handler
	closing <-chan struct{} // the server's
	unwatch func()

	mu      sync.Mutex
	settled bool // gone is closed, or never will be
}

// watch begins to watch for the client to go away.
func (s *Server) watch(ctx context.Context) *flight {
	f := &flight{
		gone:    make(chan struct{}),
		ended:   make(chan struct{}),
		ctx:     ctx,
		closing: s.closing,
	}
	seen := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		f.left()
		close(seen)
	})
	f.unwatch = func() {
		if !stop() {
			<-seen
		}
	}
	return f
}

// left notes that the client has gone away, unless the reply is settled or it is
// the server that goes away.
func (f *flight) left() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.settled {
		return
	}
	select {
	case <-f.closing:
	default:
		f.settled = true
		close(f.gone)
	}
}

// settle ends the watch. It is called before the last of a reply is written: a
// client that has read all it wants may close the connection before the handler
// has returned, and that is no cancellation.
func (f *flight) settle() {
	if f.ctx.Err() != nil {
		f.left() // its own call may be still to come
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.settled = true
}

func (f *flight) end() {
	f.settle()
	f.unwatch()
	close(f.ended)
}
