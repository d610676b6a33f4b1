package modeltest

import (
	"context"
	"sync"
)

// flight watches one request from its arrival until the handler returns, to distinguish
// a client that disconnects from a reply that ends.
type flight struct {
	gone, ended chan struct{}

	ctx     context.Context // ends when the client disconnects or the handler returns
	closing <-chan struct{} // the server's
	unwatch func()

	mu      sync.Mutex
	settled bool // gone is closed, or never will be
}

// watch starts watching for the client to disconnect.
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

// left records that the client disconnected, unless the reply is settled or the server
// is closing.
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

// settle ends the watch. It is called before the last part of a reply is written: a
// client may close the connection after reading it but before the handler returns, which
// is not a cancellation.
func (f *flight) settle() {
	if f.ctx.Err() != nil {
		f.left() // the callback's own call may come later
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
