package main

import (
	"cmp"
	"fmt"

	"reportbot/bot/console"
	"reportbot/store"
	"reportbot/store/reload"
	"reportbot/store/report"
)

type loadCommand struct {
	Path  string `arg:"" help:"The report: a file, a folder, or an http(s) address."`
	Force bool   `help:"Load it even if it has neither a title nor notes."`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Run stores a report and makes it the live edition. If the report can't be read, the
// old edition stays live.
func (c *loadCommand) Run(env *environment, o *Options) error {
	source, err := report.Open(env.ctx, c.Path)
	if err != nil {
		return err
	}
	if source.Report.Doubtful() && !c.Force {
		return fmt.Errorf("%s: has neither a title nor notes, so it may be no report; --force loads it", source.Place())
	}
	path := o.storePath()
	s, err := store.Open(env.ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	out, err := reload.Load(env.ctx, s, source, store.Shell)
	if err != nil {
		return err
	}
	edition := out.Live
	if err := s.Record(env.ctx, store.Shell, "load "+source.Place(), edition.ID); err != nil {
		return err
	}
	if out.Integrity.Fault != "" {
		env.warn(fmt.Errorf("%s: is damaged: %s", path, out.Integrity.Fault))
	}
	count, err := corrections(env.ctx, s, edition.ID)
	if err != nil {
		env.warn(err) // the edition is live
	}
	if c.JSON {
		return env.print(console.Loaded(out, count))
	}
	from := ""
	if source.File != "" {
		from = ", from " + source.Place()
	}
	_, err = fmt.Fprintf(env.out, "%s: edition %d is live: %s (%s, %s)%s\n", path, edition.ID,
		cmp.Or(edition.Title, "(untitled)"), console.Count(edition.Paragraphs, "paragraph"), console.Count(edition.Footnotes, "note"), from)
	if err != nil {
		return err
	}
	if err := env.printCorrections(count); err != nil {
		return err
	}
	// The report is live even if its exam fails.
	switch sat, err := o.examineIn(env.ctx, s, edition); {
	case err == nil && sat.Examined > 0:
		console.WriteExam(env.out, sat)
	case err != nil && env.ctx.Err() == nil:
		env.warn(fmt.Errorf("the exam failed: %w", err))
	}
	return nil
}
