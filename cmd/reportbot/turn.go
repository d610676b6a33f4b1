package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram"
	"reportbot/store"
	"reportbot/store/lease"
	"reportbot/store/replica"
)

const (
	// firstReplicaTimeout is how long a term's first replica may take.
	firstReplicaTimeout = 5 * time.Minute
	// lastReplicaTimeout is how long serve waits for the replica at shutdown.
	lastReplicaTimeout = 2 * time.Second
)

// turn is one term of the lease, during which this process runs the bot.
type turn struct {
	term        *lease.Term
	place       *replica.Place       // nil: the processes share one store
	replication *replica.Replication // nil: there is none
	name        string               // of the term's replica
	log         *slog.Logger

	removing     sync.WaitGroup // of an old replica
	stopRemoving context.CancelFunc
}

func newTurn(term *lease.Term, place *replica.Place, log *slog.Logger) *turn {
	record := term.Record()
	name := fmt.Sprintf("%06d-%s", record.Term, strings.ToLower(record.Instance[:8]))
	return &turn{term: term, place: place, name: name, log: log, stopRemoving: func() {}}
}

// markPath is the file next to a store that names the last replica made of it.
func markPath(path string) string { return path + "-replica" }

// restore restores the last holder's store to path and checks it. It does nothing if
// there is no replica yet, or if the replica was made of the store at path, which then
// is at least as new.
func (t *turn) restore(ctx context.Context, path string) error {
	if t.place == nil {
		return nil
	}
	last := t.term.Record().Replica
	mark, _ := os.ReadFile(markPath(path)) // no file: the store is not the last holder's
	_, missing := os.Stat(path)
	switch {
	case last == "" && missing == nil:
		t.log.Warn("no replica in the lease; using this machine's store", "store", path)
		return nil
	case last == "", last == string(mark) && missing == nil:
		return nil
	}
	begun := time.Now()
	restored := path + ".restoring"
	defer os.Remove(restored)
	if err := os.Remove(restored); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := t.place.Restore(ctx, last, restored, t.log); err != nil {
		return fmt.Errorf("the replica %s can't be restored: %w", last, err)
	}
	if _, err := store.Restore(ctx, path, restored); err != nil {
		return fmt.Errorf("the replica %s: %w", last, err)
	}
	t.log.Info("restored the store from the replica", "replica", last, "took", time.Since(begun).Round(time.Millisecond))
	return nil
}

// replicate starts replicating the store at path, and returns once the replica is complete.
func (t *turn) replicate(ctx context.Context, path string) (err error) {
	if t.place == nil {
		return nil
	}
	if t.replication, err = t.place.Start(t.term.Context(), path, t.name, t.log); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			t.replication.Stop()
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, firstReplicaTimeout)
	defer cancel()
	for err = t.replication.Wait(ctx); err != nil; err = t.replication.Wait(ctx) {
		if ctx.Err() != nil {
			return err
		}
	}
	t.term.ReportBehind(t.replication.Behind)
	// Before the next step: if that fails, at worst the store is restored needlessly.
	if err = os.WriteFile(markPath(path), []byte(t.name), 0o600); err != nil {
		return err
	}
	outdated, err := t.term.ReplicaWhole(t.name)
	if err != nil {
		return err
	}
	ctx, t.stopRemoving = context.WithCancel(t.term.Context())
	t.removing.Go(func() { t.remove(ctx, outdated) })
	return nil
}

// remove removes an outdated replica.
func (t *turn) remove(ctx context.Context, outdated string) {
	if err := t.place.Remove(ctx, outdated); err != nil && ctx.Err() == nil {
		t.log.Warn("an old replica can't be removed", "replica", outdated, "error", err)
	}
}

// end syncs the replica a last time, if this process still has the lease, and stops
// replicating.
func (t *turn) end() {
	if t.replication == nil {
		return
	}
	t.stopRemoving()
	t.removing.Wait()
	ctx, cancel := context.WithTimeout(t.term.Context(), lastReplicaTimeout)
	defer cancel()
	if err := t.replication.Wait(ctx); err != nil && t.term.Check() == nil {
		t.log.Warn("the replica lacks the last changes; the next holder may repeat some work", "error", err)
	}
	t.replication.Stop()
}

// shared returns the checks that the transport makes while the bot is shared.
func (t *turn) shared(strict bool) *telegram.Shared {
	shared := &telegram.Shared{Lease: t.term, HoldSends: strict}
	if t.replication != nil {
		shared.Replicated = t.replication.Wait
	}
	return shared
}

// holder returns the holder that /status shows; nil if the bot is not shared.
func (t *turn) holder() *bot.Holder {
	if t == nil {
		return nil
	}
	record := t.term.Record()
	holder := &bot.Holder{Name: record.Holder, Since: record.Since, ReplicaLag: -1}
	if t.replication != nil {
		holder.ReplicaLag = t.replication.Behind()
	}
	return holder
}

// secret returns the webhook's secret for this term; those of earlier holders are refused.
func (t *turn) secret(configured string) string {
	if configured == "" {
		return ""
	}
	code := hmac.New(sha256.New, []byte(configured))
	code.Write([]byte(t.name))
	return hex.EncodeToString(code.Sum(nil))
}
