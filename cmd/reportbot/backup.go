package main

import (
	"fmt"

	"reportbot/store"
)

type backupCommand struct {
	Path  string `arg:"" help:"The file to create." type:"path"`
	Force bool   `help:"Replace an existing file."`
}

// Run copies the store into one file, also while serve writes to it.
func (c *backupCommand) Run(env *environment, o *Options) error {
	s, err := store.OpenReadOnly(env.ctx, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(env.ctx, c.Path, c.Force); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "%s: copied to %s\n", o.storePath(), c.Path)
	return err
}

type restoreCommand struct {
	Path string `arg:"" help:"A file that backup made." type:"path"`
}

// Run replaces the store by a backup; no serve may have it open.
func (c *restoreCommand) Run(env *environment, o *Options) error {
	path := o.storePath()
	replaced, err := store.Restore(env.ctx, path, c.Path)
	if err != nil {
		return err
	}
	s, err := store.OpenExisting(env.ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Record(env.ctx, store.Shell, "restore "+c.Path, 0); err != nil {
		return err
	}
	message := fmt.Sprintf("%s: restored from %s", path, c.Path)
	if replaced != "" {
		message += "; what was there is in " + replaced
	}
	_, err = fmt.Fprintln(env.out, message)
	return err
}
