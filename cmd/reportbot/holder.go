package main

import (
	"fmt"
	"strings"
)

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
		env.warn(fmt.Errorf("nobody knows which machine holds the bot: %w", err))
	case record.Holder == "" || record.Holder == o.leaseName():
	case changing[command]:
		return fmt.Errorf("%s; run `reportbot %s` there", holderLine(record), command)
	default:
		env.warn(fmt.Errorf("%s; what follows is of this machine's store", holderLine(record)))
	}
	return nil
}
