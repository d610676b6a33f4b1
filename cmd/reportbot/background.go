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
	// editionPoll is how often serve checks for a new live edition. It doesn't delay
	// answers: each question reads the live edition from the store.
	editionPoll = 500 * time.Millisecond
	// purgeEvery is how often serve deletes expired data.
	purgeEvery = time.Hour
	// warnEvery is how often serve checks for people and groups near a daily limit;
	// warnTimeout limits how long sending the warnings may take.
	warnEvery, warnTimeout = 20 * time.Second, 5 * time.Minute
	// uploadLifetime is how long an upload waits for an admin's decision before it is deleted.
	uploadLifetime = time.Hour
)

// inBackground runs jobs until stop is called; stop waits until they have returned.
func inBackground(ctx context.Context, jobs ...func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	for _, job := range jobs {
		running.Go(func() { job(ctx) })
	}
	return func() {
		cancel()
		running.Wait()
	}
}

// every calls do at once and again after each interval, until ctx ends.
func every(ctx context.Context, interval time.Duration, do func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for ctx.Err() == nil {
		do()
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// runBackground starts serve's background jobs, which run until stop is called: they
// follow the live edition, delete expired data, and reload the report on SIGHUP and,
// with --watch, when its file changes.
func (o *Options) runBackground(ctx context.Context, e *engine, log *slog.Logger) (stop func()) {
	jobs := []func(context.Context){
		func(ctx context.Context) { e.follow(ctx, log) },
		func(ctx context.Context) { e.examine(ctx, log) },
		func(ctx context.Context) { purge(ctx, e.store, time.Duration(o.KeepDays)*24*time.Hour, log) },
	}
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	jobs = append(jobs, func(ctx context.Context) {
		defer signal.Stop(hangups)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangups:
				runReload(ctx, e.reloader, log)
			}
		}
	})
	if o.Watch {
		jobs = append(jobs, func(ctx context.Context) {
			if err := e.reloader.Watch(ctx, func() { runReload(ctx, e.reloader, log) }); err != nil {
				log.Warn("WATCH", "error", err)
			}
		})
	}
	return inBackground(ctx, jobs...)
}

// follow computes the embeddings of each new live edition, and discards old uploads.
func (e *engine) follow(ctx context.Context, log *slog.Logger) {
	var last int64
	every(ctx, editionPoll, func() {
		if live, err := e.store.Live(ctx); err == nil && live.ID != last {
			if last != 0 {
				log.Info("another edition is live", "edition", live.ID, "report", live.Source, "by", live.LoadedBy)
			}
			last = live.ID
			e.prepare(ctx, live, func(err error) { log.Warn("embeddings", "error", err) })
		}
		if n, err := e.store.DiscardStaged(ctx, time.Now().Add(-uploadLifetime)); err == nil && n > 0 {
			log.Info("discarded old uploads", "editions", n)
		}
	})
}

// examine runs the exam of each new live edition; /report and /check show the result.
func (e *engine) examine(ctx context.Context, log *slog.Logger) {
	var last int64
	every(ctx, editionPoll, func() {
		live, err := e.store.Live(ctx)
		if err != nil || live.ID == last {
			return
		}
		last = live.ID
		switch sat, err := e.examiner.Exam(ctx, live); {
		case err == nil:
			log.Info("the exam is done", "edition", live.ID, "facts", sat.Facts, "examined", sat.Examined, "found", sat.Found)
		case ctx.Err() == nil:
			log.Warn("the exam failed", "edition", live.ID, "error", err)
		}
	})
}

// purge deletes people's expired data, at once and every hour.
func purge(ctx context.Context, s *store.Store, keep time.Duration, log *slog.Logger) {
	every(ctx, purgeEvery, func() {
		switch deleted, err := s.Purge(ctx, keep); {
		case err != nil && ctx.Err() == nil:
			log.Error("expired data can't be deleted; retrying in an hour", "error", err)
		case err == nil && deleted > 0:
			log.Info("deleted expired data", "rows", deleted)
		}
	})
}

// warnAdmins warns the admins about people and groups near a daily limit, until ctx ends.
func warnAdmins(ctx context.Context, b *bot.Bot, send bot.SendPrivate, log *slog.Logger) {
	every(ctx, warnEvery, func() {
		limited, cancel := context.WithTimeout(ctx, warnTimeout)
		defer cancel()
		if err := b.WarnAdmins(limited, send); err != nil && ctx.Err() == nil {
			log.Warn("the admins can't be warned about a limit; retrying", "error", err)
		}
	})
}

// runReload reloads the report and logs the outcome.
func runReload(ctx context.Context, reloader *reload.Reloader, log *slog.Logger) {
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
