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
	Edition int64  // concerned; 0: none
}

// Record adds an entry to the audit log. Triggers refuse changes to entries.
func (s *Store) Record(ctx context.Context, who, command string, edition int64) error {
	return s.exec(ctx, durable, `INSERT INTO audit (at, who, command, edition) VALUES (?, ?, ?, ?)`,
		s.now().Unix(), who, command, edition)
}

// Audit returns at most limit entries of the audit log, newest first; all of them
// if limit is negative.
func (s *Store) Audit(ctx context.Context, limit int) ([]Action, error) {
	return list(ctx, s, func(a *Action) []any {
		return []any{asTime(&a.At), &a.Who, &a.Command, &a.Edition}
	}, `SELECT at, who, command, edition FROM audit ORDER BY id DESC LIMIT ?`, limit)
}
