package main

import (
	"reportbot/store"
	"reportbot/store/export"
)

type exportCommand struct {
	Table  export.Table  `arg:"" optional:"" enum:"unanswered,feedback,audit" default:"unanswered" help:"unanswered (the default), feedback or audit."`
	Format export.Format `enum:"csv,jsonl" default:"csv" help:"csv (the default) or jsonl." placeholder:"FORMAT"`
}

// Run prints unanswered questions, feedback or the audit log.
func (c *exportCommand) Run(env *environment, o *Options) error {
	s, err := store.OpenReadOnly(env.ctx, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	return export.Write(env.ctx, env.out, s, c.Table, c.Format)
}
