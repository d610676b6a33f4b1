package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"reportbot/bot"
)

// Shared configures how several processes share a bot. One of them at a time, the holder of
// the lease, acts for it.
type Shared struct {
	Lease Lease
	// Replicated waits until the replica has everything in the store; nil: no waiting. An
	// update is confirmed to Telegram only after that, and with HoldSends a new message is
	// sent only after that.
	Replicated func(ctx context.Context) error
	HoldSends  bool
}

// Lease is the right to act for the bot, for a time.
type Lease interface {
	// Check fails if the lease is lost.
	Check() error
	// Context ends when the lease is lost.
	Context() context.Context
}

// errNotReplicated means that a call was not made because the replica is behind.
var errNotReplicated = errors.New("the replica is behind")

// leaseLost returns the error of a call that was not made, or was cancelled, because
// another process may act for the bot now. That process finds the pending work in the
// replica.
func leaseLost(err error) error { return fmt.Errorf("%w: %w", bot.ErrRequeued, err) }

// permit returns a request that is cancelled when the lease is lost. It fails if the lease
// is lost already. Call done after the call.
func (s *Shared) permit(request *http.Request) (permitted *http.Request, done func(), err error) {
	if s == nil {
		return request, func() {}, nil
	}
	if err := s.Lease.Check(); err != nil {
		return nil, nil, leaseLost(err)
	}
	ctx, cancel := context.WithCancel(request.Context())
	stop := context.AfterFunc(s.Lease.Context(), cancel)
	return request.WithContext(ctx), func() { stop(); cancel() }, nil
}

// dialer opens connections to Telegram.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// dial returns a dialer whose connections write only while the lease is held. The process
// may be suspended at any point, also between permit and the write.
func (s *Shared) dial(plain dialer) dialer {
	if s == nil {
		return plain
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := plain(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return leasedConn{conn, s.Lease}, nil
	}
}

// leasedConn is a connection that writes only while a lease is held.
type leasedConn struct {
	net.Conn
	lease Lease
}

func (c leasedConn) Write(p []byte) (int, error) {
	if err := c.lease.Check(); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// lost returns why the lease was lost; nil: it is held.
func (s *Shared) lost() error {
	if s == nil || s.Lease.Context().Err() == nil {
		return nil
	}
	return context.Cause(s.Lease.Context())
}

// confirm waits until stored updates may be confirmed to Telegram.
func (s *Shared) confirm(ctx context.Context) error {
	if s == nil {
		return nil
	}
	if err := s.replicated(ctx); err != nil {
		return err
	}
	return s.Lease.Check()
}

// beforeSend waits until a new message may be sent.
func (s *Shared) beforeSend(ctx context.Context) error {
	if s == nil || !s.HoldSends {
		return nil
	}
	return s.replicated(ctx)
}

func (s *Shared) replicated(ctx context.Context) error {
	if s.Replicated == nil {
		return nil
	}
	if err := s.Replicated(ctx); err != nil {
		return fmt.Errorf("%w: %w", errNotReplicated, err)
	}
	return nil
}
