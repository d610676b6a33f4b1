package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"reportbot/bot/console"
	"reportbot/store/lease"
)

// leaseTimeout is how long a command waits for the lease's record.
const leaseTimeout = 3 * time.Second

// openLease opens the lease of the options; nil if there is none.
func (o *Options) openLease(log *slog.Logger) (*lease.Lease, error) {
	var backend lease.Backend
	var err error
	switch {
	case o.Lease != "" && o.NATSURL != "":
		return nil, usage(errors.New("LEASE and NATS_URL are both set; a bot has one lease"))
	case o.Lease != "":
		backend, err = lease.OpenFile(o.Lease)
	case o.NATSURL != "":
		id, _, _ := strings.Cut(o.TelegramToken, ":")
		if id == "" {
			return nil, errors.New("TELEGRAM_BOT_TOKEN is not set; it identifies the bot's lease")
		}
		backend, err = lease.Connect(o.NATSURL, id)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return lease.New(backend, o.leaseName(), 0, log), nil
}

// leaseName is this process's name in the lease.
func (o *Options) leaseName() string {
	if o.LeaseName != "" {
		return o.LeaseName
	}
	if name, err := os.Hostname(); err == nil {
		return name
	}
	return "unnamed"
}

// readLease returns the lease's current record.
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

// holderLine describes the lease's holder in one line.
func holderLine(r lease.Record) string {
	return fmt.Sprintf("%s holds the bot since %s", r.Holder, r.Since.UTC().Format(time.RFC3339))
}

// statusHolder returns the holder that `status` shows; nil if the bot is not shared or
// the lease can't be read.
func (o *Options) statusHolder(env *environment) *console.Holder {
	if !o.Standby {
		return nil
	}
	record, err := o.readLease(env)
	if err != nil {
		env.warn(err)
		return nil
	}
	holder := &console.Holder{Name: record.Holder, Since: record.Since.UTC().Format(time.RFC3339), Here: record.Holder == o.leaseName()}
	if record.Replica != "" {
		behind := record.Behind.Seconds()
		holder.Behind = &behind
	}
	return holder
}
