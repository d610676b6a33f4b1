package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"reportbot/bot"
	"reportbot/store"
	"reportbot/store/reload"
)

const (
	// lookEvery is how often serve checks for a new live edition. Questions don't
	// depend on it: each reads the live edition from the store.
	lookEvery = 500 * time.Millisecond
	// purgeEvery is how often serve deletes what is too old.
	purgeEvery = time.Hour
	// warnEvery is how often serve looks who comes near to a daily limit, and warnFor how
	// long telling the admins may take.
	warnEvery, warnFor = 20 * time.Second, 5 * time.Minute
	// stagedFor is how long an upload is kept if no admin decides about it.
	stagedFor = time.Hour
)

// runBackground starts what serve does besides answering, until stop is called: it
// follows the live edition, deletes what is too old, and reloads the report on SIGHUP and, with --watch, when
// its file changes.
func (o *Options) runBackground(ctx context.Context, e *engine, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	var running sync.WaitGroup
	running.Go(func() { e.follow(ctx, log) })
	running.Go(func() { purge(ctx, e.store, time.Duration(o.KeepDays)*24*time.Hour, log) })
	running.Go(func() { e.examine(ctx, log) })
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangups:
				runReload(ctx, e.reloader, e.store, log)
			}
		}
	})
	if o.Watch {
		running.Go(func() {
			if err := e.reloader.Watch(ctx, func() { runReload(ctx, e.reloader, e.store, log) }); err != nil {
				log.Warn("WATCH", "error", err)
			}
		})
	}
	return func() {
		signal.Stop(hangups)
		cancel()
		running.Wait()
	}
}

// follow computes the embeddings of each new live edition, and discards old uploads.
func (e *engine) follow(ctx context.Context, log *slog.Logger) {
	var last int64
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		if live, err := e.store.Live(ctx); err == nil && live.ID != last {
			if last != 0 {
				log.Info("another edition is live", "edition", live.ID, "report", live.Source, "by", live.LoadedBy)
			}
			last = live.ID
			e.prepare(ctx, func(err error) { log.Warn("embeddings", "error", err) })
		}
		if n, err := e.store.DiscardStaged(ctx, time.Now().Add(-stagedFor)); err == nil && n > 0 {
			log.Info("old uploads were discarded", "editions", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// purge deletes what people asked and is too old, at once and every hour.
func purge(ctx context.Context, s *store.Store, keep time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(purgeEvery)
	defer ticker.Stop()
	for {
		deleted, err := s.Purge(ctx, keep)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("what is too old can't be deleted; it is tried again in an hour", "error", err)
		case deleted > 0:
			log.Info("what was too old was deleted", "rows", deleted)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// runWarnings tells the admins who comes near to a daily limit, until stop is called.
func (o *Options) runWarnings(ctx context.Context, b *bot.Bot, tell bot.Tell, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		ticker := time.NewTicker(warnEvery)
		defer ticker.Stop()
		for {
			limited, end := context.WithTimeout(ctx, warnFor)
			if err := b.WarnAdmins(limited, tell); err != nil && ctx.Err() == nil {
				log.Warn("the admins can't be told that a limit is near; it is tried again", "error", err)
			}
			end()
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

// runReload reloads the report and logs the outcome.
func runReload(ctx context.Context, reloader *reload.Reloader, s *store.Store, log *slog.Logger) {
	out, err := reloader.Reload(ctx, "", nil)
	switch {
	case err != nil:
		log.Error("the report was not reloaded; the live edition stays", "error", err)
		return
	case !out.Changed:
		log.Info("the report has not changed", "edition", out.Live.ID, "warnings", out.Warnings)
		return
	}
	attributes := []any{"edition", out.Live.ID, "report", out.Live.Source, "warnings", len(out.Warnings)}
	if c := out.Comparison; c != nil {
		attributes = append(attributes, "paragraphs_new", len(c.Added), "paragraphs_changed", len(c.Changed), "paragraphs_gone", len(c.Gone),
			"notes_new", len(c.FootnotesAdded), "notes_changed", len(c.FootnotesChanged), "notes_gone", len(c.FootnotesGone))
	}
	log.Info("the report was reloaded", attributes...)
	if out.Integrity.Fault != "" {
		log.Error("the store is damaged; `reportbot restore` puts a backup in its place", "fault", out.Integrity.Fault)
	}
}
