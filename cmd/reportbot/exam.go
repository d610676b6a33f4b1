package main

import (
	"context"
	"log/slog"
	"time"

	"reportbot/bot/console"
	"reportbot/bot/exam"
	"reportbot/store"
	"reportbot/store/report"
)

// examine has a report sit its exam, in a store in memory.
func (o *Options) examine(ctx context.Context, source *report.Source) (*console.Exam, error) {
	s, err := store.Open(ctx, store.Memory)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	edition, err := s.Load(ctx, source, store.Shell)
	if err != nil {
		return nil, err
	}
	return o.examineIn(ctx, s, edition)
}

// examineIn has an edition of a store sit its exam.
func (o *Options) examineIn(ctx context.Context, s *store.Store, edition *store.Edition) (*console.Exam, error) {
	searcher, err := o.newSearcher(s)
	if err != nil {
		return nil, err
	}
	result, err := exam.New(s, searcher).Exam(ctx, edition)
	if err != nil {
		return nil, err
	}
	offered, err := s.ExamQuestions(ctx, edition.ID)
	return &console.Exam{Exam: result, Offered: offered}, err
}

// examine has each new live edition sit its exam, behind the switch, until ctx ends.
func (e *engine) examine(ctx context.Context, log *slog.Logger) {
	var last int64
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		if live, err := e.store.Live(ctx); err == nil && live.ID != last {
			last = live.ID
			switch sat, err := e.examiner.Exam(ctx, live); {
			case err == nil:
				log.Info("the edition has sat its exam", "edition", live.ID, "facts", sat.Facts, "examined", sat.Examined, "found", sat.Found)
			case ctx.Err() == nil:
				log.Warn("an exam has no result", "edition", live.ID, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
