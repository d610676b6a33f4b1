package lease

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// bucket is where leases are, a key for each bot.
const bucket = "reportbot-lease"

// Copies returns on how many servers to keep what must not be lost: three of a cluster.
func Copies(connection *nats.Conn) int {
	if connection.ConnectedClusterName() == "" {
		return 1
	}
	return 3
}

// NATS stores a lease in the key-value store of NATS JetStream, for processes on several
// machines.
type NATS struct {
	connection *nats.Conn
	stream     jetstream.JetStream
	key        string

	mu     sync.Mutex
	bucket jetstream.KeyValue // nil until it was reached
}

// Connect connects to NATS servers, now or as soon as one can be reached. The address may
// have several, separated by commas, and a user and password. The bot is the key.
func Connect(address, bot string) (*NATS, error) {
	connection, err := nats.Connect(address, nats.Name("reportbot"),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(500*time.Millisecond), nats.Timeout(2*time.Second),
		nats.PingInterval(2*time.Second), nats.MaxPingsOutstanding(2),
		nats.ReconnectBufSize(-1)) // a write that waited may be made when it counts no more
	if err != nil {
		return nil, fmt.Errorf("NATS_URL: %w", err)
	}
	stream, err := jetstream.New(connection)
	if err != nil {
		connection.Close()
		return nil, fmt.Errorf("NATS_URL: %w", err)
	}
	return &NATS{connection: connection, stream: stream, key: bot}, nil
}

// reach returns the bucket, which it creates if necessary.
func (n *NATS) reach(ctx context.Context) (jetstream.KeyValue, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.bucket != nil {
		return n.bucket, nil
	}
	there, err := n.stream.KeyValue(ctx, bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		there, err = n.stream.CreateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: bucket, Description: "who acts for which bot", Replicas: Copies(n.connection),
		})
	}
	if err != nil {
		return nil, fmt.Errorf("NATS: %w", err)
	}
	n.bucket = there
	return there, nil
}

// Load reads the record. What it reads may be a moment old; Save notices.
func (n *NATS) Load(ctx context.Context) (Record, uint64, error) {
	var r Record
	there, err := n.reach(ctx)
	if err != nil {
		return r, 0, err
	}
	entry, err := there.Get(ctx, n.key)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return r, 0, nil
	case err != nil:
		return r, 0, fmt.Errorf("NATS: %w", err)
	}
	if err := json.Unmarshal(entry.Value(), &r); err != nil {
		return r, 0, fmt.Errorf("NATS: the lease of %s is none: %w", n.key, err)
	}
	return r, entry.Revision(), nil
}

// Save replaces the record.
func (n *NATS) Save(ctx context.Context, r Record, revision uint64) (uint64, error) {
	there, err := n.reach(ctx)
	if err != nil {
		return 0, err
	}
	data, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	saved, err := there.Update(ctx, n.key, data, revision)
	switch {
	case errors.Is(err, jetstream.ErrKeyExists), errors.Is(err, jetstream.ErrKeyRevisionMismatch):
		return 0, errChanged
	case err != nil:
		return 0, fmt.Errorf("NATS: %w", err)
	}
	return saved, nil
}

// Close disconnects.
func (n *NATS) Close() { n.connection.Close() }
