package main

import (
	"context"

	"reportbot/bot/console"
	"reportbot/bot/exam"
	"reportbot/store"
	"reportbot/store/report"
)

// examine runs a report's exam in a temporary store in memory.
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

// examineIn runs the exam of an edition in a store.
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
