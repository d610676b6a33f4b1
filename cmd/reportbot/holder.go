package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"reportbot/bot/console"
	"reportbot/store/lease"
)

// leaseTimeout is how long a command waits for the lease's record.
const leaseTimeout = 3 * time.Second

// Commands on the store. Where each machine has one, only the holder's counts: what is
// changed elsewhere is gone when that machine takes over, and what is read there may be old.
var (
	changing = map[string]bool{"load": true, "rollback": true, "restore": true}
	reading  = map[string]bool{"versions": true, "diff": true, "status": true, "export": true, "backup": true}
)

// askHolder refuses a command that changes the store if another machine holds the bot, and
// says so before one that reads it.
func (o *Options) askHolder(env *environment, command string) error {
	command, _, _ = strings.Cut(command, " ")
	if !changing[command] && !reading[command] || !o.Standby || o.Replica == "" {
		return nil
	}
	record, err := o.readLease(env)
	switch {
	case err != nil && changing[command]:
		return fmt.Errorf("nobody knows which machine holds the bot: %w", err)
	case err != nil:
		env.tell(fmt.Errorf("nobody knows which machine holds the bot: %w", err))
	case record.Holder == "" || record.Holder == o.leaseName():
	case changing[command]:
		return fmt.Errorf("%s; run `reportbot %s` there", sayHolder(record), command)
	default:
		env.tell(fmt.Errorf("%s; what follows is of this machine's store", sayHolder(record)))
	}
	return nil
}

// readLease returns the lease's record as it is now.
func (o *Options) readLease(env *environment) (lease.Record, error) {
	l, err := o.openLease(slog.New(slog.DiscardHandler))
	if err != nil || l == nil {
		return lease.Record{}, err
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(env.ctx, leaseTimeout)
	defer cancel()
	return l.Record(ctx)
}

// statusHolder returns what `status` says of the holder; nil where the bot is not shared,
// or the lease can't be read.
func (o *Options) statusHolder(env *environment) *console.Holder {
	if !o.Standby {
		return nil
	}
	record, err := o.readLease(env)
	if err != nil {
		env.tell(err)
		return nil
	}
	holder := &console.Holder{Name: record.Holder, Since: record.Since.UTC().Format(time.RFC3339), Here: record.Holder == o.leaseName()}
	if record.Replica != "" {
		behind := record.Behind.Seconds()
		holder.Behind = &behind
	}
	return holder
}

// sayHolder says in one line who holds the lease.
func sayHolder(r lease.Record) string {
	return fmt.Sprintf("%s holds the bot since %s", r.Holder, r.Since.UTC().Format(time.RFC3339))
}
