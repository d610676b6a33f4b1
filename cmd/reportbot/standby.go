package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"reportbot/bot/telegram"
	"reportbot/store/lease"
	"reportbot/store/replica"
)

// retryPause is the pause before serve tries to acquire the lease again after a failed
// turn; it lets other processes acquire it first.
const retryPause = 5 * time.Second

// serveInTurns runs the bot whenever this process has the lease.
func (o *Options) serveInTurns(env *environment, config telegram.Config, log *slog.Logger) error {
	l, err := o.openLease(log)
	if err != nil {
		return err
	}
	if l == nil {
		return usage(errors.New("STANDBY needs a lease: LEASE, a file, for serves on one machine, or NATS_URL for several machines"))
	}
	defer l.Close()
	place, err := o.replicas()
	if err != nil {
		return err
	}
	for env.ctx.Err() == nil {
		term, err := o.awaitTurn(env.ctx, l)
		if env.ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		err = o.serveTurn(env, config, log, newTurn(term, place, log))
		lost := term.Check() != nil
		term.Release()
		switch {
		case errors.Is(err, telegram.ErrToken):
			return err
		case env.ctx.Err() != nil: // in-flight work was aborted
			if err != nil {
				log.Warn("stopped", "error", err)
			}
			return nil
		case errors.Is(err, telegram.ErrConflict):
			log.Warn("another program polls this bot's updates; standing by", "error", err)
		case lost:
			log.Warn("the lease is lost; standing by")
			continue
		default:
			log.Error("the bot can't be served here; standing by", "error", err)
		}
		select {
		case <-env.ctx.Done():
		case <-time.After(retryPause):
		}
	}
	return nil
}

// serveTurn runs the bot until env's context or the term ends.
func (o *Options) serveTurn(env *environment, config telegram.Config, log *slog.Logger, t *turn) error {
	ctx, cancel := context.WithCancel(env.ctx)
	defer cancel()
	defer context.AfterFunc(t.term.Context(), cancel)()
	if err := t.restore(ctx, o.storePath()); err != nil {
		return err
	}
	config.Webhook.Secret = t.secret(config.Webhook.Secret)
	inTurn := *env
	inTurn.ctx = ctx
	return o.runBot(&inTurn, config, log, t)
}

// awaitTurn waits for the lease. Meanwhile /healthz reports success, and /readyz names
// the lease's holder.
func (o *Options) awaitTurn(ctx context.Context, l *lease.Lease) (*lease.Term, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", (&state{}).healthz)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		message := "standing by"
		if record, err := l.Record(r.Context()); err == nil && record.Holder != "" {
			message += ": " + holderLine(record)
		}
		http.Error(w, message, http.StatusServiceUnavailable)
	})
	stop, err := listen("LISTEN", o.Listen, mux)
	if err != nil {
		return nil, err
	}
	defer stop()
	return l.Acquire(ctx)
}

// replicas returns the place of the replicas, nil if there is none.
func (o *Options) replicas() (*replica.Place, error) {
	if o.Replica == "" {
		return nil, nil
	}
	place, err := replica.At(o.Replica)
	if err != nil {
		return nil, err
	}
	return &place, replica.Find()
}
