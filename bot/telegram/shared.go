package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"reportbot/bot"
)

// Shared says how the transport shares its bot with other processes, of which one at a
// time may act for it.
type Shared struct {
	Lease Lease
	// Replicated returns once all that the store has is stored elsewhere too; nil: nothing
	// is waited for. An update is confirmed to Telegram only after that, and with HoldSends
	// a new message is sent only after that.
	Replicated func(ctx context.Context) error
	HoldSends  bool
}

// Lease is the right to act for the bot, for a time.
type Lease interface {
	// Check fails if the right is lost.
	Check() error
	// Context ends once it is.
	Context() context.Context
}

// errNotReplicated means that something was not done since it isn't stored elsewhere yet.
var errNotReplicated = errors.New("it is not stored elsewhere yet")

// notHolder is the error of a call that was not made, or cut off, because another process
// may act by now. That one finds in the replica what is left to do.
func leaseLost(err error) error { return fmt.Errorf("%w: %w", bot.ErrRequeued, err) }

// permit returns a call that ends once the bot is not ours any more. It fails if that is
// so already. Call done after the call.
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

// dialer is what connects to Telegram.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// dial returns a dialer whose connections write only while the bot is ours. The program may
// be stopped for a while at any place, also between permit and the write.
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

// lost returns why the bot is not ours any more; nil: it is.
func (s *Shared) lost() error {
	if s == nil || s.Lease.Context().Err() == nil {
		return nil
	}
	return context.Cause(s.Lease.Context())
}

// confirm returns nil once updates that are stored may be confirmed to Telegram.
func (s *Shared) confirm(ctx context.Context) error {
	if s == nil {
		return nil
	}
	if err := s.replicated(ctx); err != nil {
		return err
	}
	return s.Lease.Check()
}

// beforeSend returns nil once a new message may be sent.
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
