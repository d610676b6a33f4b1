package store

import (
	"context"
	"time"
)

// Action is an entry of the audit log: what an admin did.
type Action struct {
	At      time.Time
	Who     string // an admin's id, or Shell
	Command string // with its arguments, without the slash: "rollback 3"
	Edition int64  // that it was about; 0: none
}

// Record adds an entry to the audit log, as of now. The log can't be changed:
// the tables themselves refuse it.
func (s *Store) Record(ctx context.Context, who, command string, edition int64) error {
	return s.exec(ctx, durable, `INSERT INTO audit (at, who, command, edition) VALUES (?, ?, ?, ?)`,
		s.now().Unix(), who, command, edition)
}

// Audit returns the last entries of the audit log, newest first; all of them
// for a limit below 0.
func (s *Store) Audit(ctx context.Context, limit int) ([]Action, error) {
	return list(ctx, s, func(r row) (a Action, err error) {
		err = r.Scan(asTime(&a.At), &a.Who, &a.Command, &a.Edition)
		return a, err
	}, `SELECT at, who, command, edition FROM audit ORDER BY id DESC LIMIT ?`, limit)
}
