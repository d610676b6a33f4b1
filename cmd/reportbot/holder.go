package main

import (
	"fmt"
	"strings"
)

// Commands on the store. Where each machine has a store, only the lease holder's is
// current: changes made on another machine are lost when it acquires the lease, and
// reads there may be outdated.
var (
	changing = map[string]bool{"load": true, "rollback": true, "restore": true}
	reading  = map[string]bool{"versions": true, "diff": true, "status": true, "export": true, "backup": true}
)

// askHolder returns an error for a command that changes the store while another machine
// has the lease. Before a command that only reads the store it prints a warning.
func (o *Options) askHolder(env *environment, command string) error {
	command, _, _ = strings.Cut(command, " ")
	if !changing[command] && !reading[command] || !o.Standby || o.Replica == "" {
		return nil
	}
	record, err := o.readLease(env)
	switch {
	case err != nil && changing[command]:
		return fmt.Errorf("the lease can't be read: %w", err)
	case err != nil:
		env.warn(fmt.Errorf("the lease can't be read: %w", err))
	case record.Holder == "" || record.Holder == o.leaseName():
	case changing[command]:
		return fmt.Errorf("%s; run `reportbot %s` there", holderLine(record), command)
	default:
		env.warn(fmt.Errorf("%s; showing this machine's store", holderLine(record)))
	}
	return nil
}
