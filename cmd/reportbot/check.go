package main

import (
	"context"

	"reportbot/bot/console"
	"reportbot/bot/exam"
	"reportbot/store"
	"reportbot/store/report"
)

type checkCommand struct {
	Path string `arg:"" optional:"" help:"The report. Default: that of --report."`
	Exam bool   `help:"Ask the report the questions that its own sentences answer, and say which nobody can find."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run reads a report and says what is wrong with it; nothing is stored.
func (c *checkCommand) Run(env *environment, o *Options) error {
	location := c.Path
	if location == "" {
		location = o.location()
	}
	source, err := report.Open(env.ctx, location)
	if err != nil {
		return err
	}
	var sat *console.Exam
	if c.Exam {
		if sat, err = o.examine(env.ctx, source); err != nil {
			return err
		}
	}
	if c.JSON {
		return env.print(console.Check(source.Report, sat))
	}
	console.WriteCheck(env.out, source.Place(), source.Report)
	if sat != nil {
		console.WriteExam(env.out, sat)
	}
	return nil
}

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
