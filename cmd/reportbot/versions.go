package main

import (
	"cmp"
	"errors"
	"fmt"

	"reportbot/bot/console"
	"reportbot/store"
)

// explainNoEdition replaces the store's error for an unknown edition with advice.
func explainNoEdition(path string, edition int64, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%s: there is no edition %d; `reportbot versions` lists them", path, edition)
	}
	return err
}

type versionsCommand struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run lists the editions in the store, newest first.
func (c *versionsCommand) Run(env *environment, o *Options) error {
	s, err := store.OpenReadOnly(env.ctx, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	editions, err := s.Versions(env.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.print(console.Versions(editions))
	}
	return console.WriteVersions(env.out, editions)
}

type rollbackCommand struct {
	Edition int64 `arg:"" name:"n" help:"The edition, as versions lists it."`
}

// Run makes a stored edition the live one.
func (c *rollbackCommand) Run(env *environment, o *Options) error {
	s, err := store.OpenExisting(env.ctx, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	count, err := corrections(env.ctx, s, c.Edition) // before serve begins
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		env.warn(err)
	}
	if err := s.MakeLive(env.ctx, c.Edition); err != nil {
		return explainNoEdition(o.storePath(), c.Edition, err)
	}
	if err := s.Record(env.ctx, store.Shell, fmt.Sprintf("rollback %d", c.Edition), c.Edition); err != nil {
		return err
	}
	edition, err := s.Edition(env.ctx, c.Edition)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "%s: edition %d is live: %s\n", o.storePath(), edition.ID, cmp.Or(edition.Title, "(untitled)"))
	if err != nil {
		return err
	}
	return env.printCorrections(count)
}

type diffCommand struct {
	Before int64 `arg:"" name:"a" help:"The earlier edition, as versions lists it."`
	After  int64 `arg:"" name:"b" help:"The later edition."`
	JSON   bool  `name:"json" help:"Print one JSON object."`
}

// Run prints the differences between two editions.
func (c *diffCommand) Run(env *environment, o *Options) error {
	s, err := store.OpenReadOnly(env.ctx, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	for _, id := range []int64{c.Before, c.After} {
		if _, err := s.Edition(env.ctx, id); err != nil {
			return explainNoEdition(o.storePath(), id, err)
		}
	}
	comparison, err := s.Compare(env.ctx, c.Before, c.After)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.print(console.Comparison(c.Before, c.After, comparison))
	}
	return console.WriteComparison(env.out, comparison)
}

type statusCommand struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run checks the store and prints what it holds. It fails if the store is damaged.
func (c *statusCommand) Run(env *environment, o *Options) error {
	path := o.storePath()
	s, err := store.OpenExisting(env.ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	checked, err := s.Check(env.ctx)
	if err != nil {
		return err
	}
	live, err := s.Live(env.ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	stats, err := s.Stats(env.ctx)
	if err != nil {
		return err
	}
	status := console.Status(path, versionText(), live, stats, checked)
	status.Holder = o.statusHolder(env)
	if c.JSON {
		err = env.print(status)
	} else {
		err = console.WriteStatus(env.out, status, live)
	}
	if err == nil && checked.Fault != "" {
		err = fmt.Errorf("%s: is damaged: %s; `reportbot restore` puts a backup in its place", path, checked.Fault)
	}
	return err
}
