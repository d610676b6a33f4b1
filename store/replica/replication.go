package replica

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// lookEvery is how often the replica is brought up to date if nobody waits for it.
	lookEvery = 250 * time.Millisecond
	// tryEvery is the pause after that failed.
	tryEvery = 250 * time.Millisecond
	// syncTimeout bounds one call to Litestream.
	syncTimeout = 20 * time.Second
	// startAgain is the pause before Litestream is started again after it ended.
	startAgain = time.Second
)

// errBehind means that the replica does not have all that the store has.
var errBehind = errors.New("the replica is behind")

// Replication replicates a store by a Litestream of its own.
type Replication struct {
	store  string // whole path
	folder string // of the socket
	socket http.Client
	log    *slog.Logger
	end    context.CancelFunc
	ended  sync.WaitGroup

	mu      sync.Mutex
	waiting []chan error // of callers of Wait
	wake    chan struct{}
	whole   time.Time // as of when the replica is known to have everything
}

// Start begins to replicate the store at path, which must exist, to a new replica with
// that name. It goes on until Stop, or at once when ctx ends.
func (p Place) Start(ctx context.Context, path, name string, log *slog.Logger) (*Replication, error) {
	store, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(metaOf(store)); err != nil { // of another replica
		return nil, err
	}
	if err := p.prepare(ctx, name); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "reportbot-") // short: a socket's path has at most 107 characters
	if err != nil {
		return nil, err
	}
	socket := filepath.Join(folder, "socket")
	config, err := configuration(socket, store, p.replica(name))
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	r := &Replication{store: store, folder: folder, log: log, wake: make(chan struct{}, 1)}
	r.socket.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}
	ctx, r.end = context.WithCancel(ctx)
	r.ended.Go(func() { r.supervise(ctx, config) })
	r.ended.Go(func() { r.run(ctx) })
	return r, nil
}

// Stop ends Litestream at once. What must be in the replica is waited for before.
func (r *Replication) Stop() {
	r.end()
	r.ended.Wait()
	r.socket.CloseIdleConnections()
	os.RemoveAll(r.folder)
}

// supervise runs Litestream, again and again should it end.
func (r *Replication) supervise(ctx context.Context, config []byte) {
	for ctx.Err() == nil {
		err := litestream(ctx, r.log, config, "replicate")
		if ctx.Err() == nil {
			r.log.Error("Litestream ended; it is started again", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(startAgain):
			}
		}
	}
}

// Wait returns once the replica has all that the store has now. It fails with errBehind.
// One call to Litestream serves all who wait.
func (r *Replication) Wait(ctx context.Context) error {
	done := make(chan error, 1)
	r.mu.Lock()
	r.waiting = append(r.waiting, done)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", errBehind, context.Cause(ctx))
	}
}

// Behind returns for how long the replica has not been known to have everything.
func (r *Replication) Behind() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.whole.IsZero() {
		return 0
	}
	return max(0, time.Since(r.whole)-lookEvery)
}

// run brings the replica up to date for those who wait.
func (r *Replication) run(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	failing := false
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-ticker.C:
		}
		r.mu.Lock()
		waiting := r.waiting
		r.waiting = nil
		r.mu.Unlock()
		begun := time.Now()
		err := r.sync(ctx)
		for _, done := range waiting {
			done <- err
		}
		if err == nil {
			r.mu.Lock()
			r.whole = begun
			r.mu.Unlock()
		} else if !failing && ctx.Err() == nil {
			r.log.Warn("the replica can't be brought up to date; trying again until it is", "error", err)
		}
		if failing = err != nil; failing {
			select {
			case <-ctx.Done():
			case <-time.After(tryEvery):
			}
		}
	}
}

// sync has Litestream replicate everything.
func (r *Replication) sync(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, syncTimeout)
	defer cancel()
	body, err := json.Marshal(map[string]any{"path": r.store, "wait": true, "timeout": syncTimeout / time.Second})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://litestream/sync", bytes.NewReader(body))
	if err != nil {
		return err
	}
	reply, err := r.socket.Do(request)
	if err != nil {
		return fmt.Errorf("%w: %w", errBehind, err)
	}
	defer reply.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(reply.Body, 1<<16)) // what can't be read is left out
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: litestream answered %s: %s", errBehind, reply.Status, bytes.TrimSpace(said))
	}
	return nil
}
