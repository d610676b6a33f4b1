package main

import (
	"cmp"
	"fmt"

	"reportbot/store"
	"reportbot/store/report"
)

type loadCommand struct {
	Path string `arg:"" help:"The report: a file, a folder, or an http(s) address."`
}

// Run puts a report into the store and makes it the live edition. What was
// live stays so when the report can't be read.
func (c *loadCommand) Run(env *environment, o *Options) error {
	source, err := report.Open(env.ctx, c.Path)
	if err != nil {
		return err
	}
	path := o.DB
	if path == "" {
		path = defaultDB
	}
	s, err := store.Open(env.ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	edition, err := s.Load(env.ctx, source, store.Shell)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "%s: edition %d is live: %s (%d paragraphs, %d notes)\n",
		path, edition.ID, cmp.Or(edition.Title, "(untitled)"), edition.Paragraphs, edition.Footnotes)
	return err
}
