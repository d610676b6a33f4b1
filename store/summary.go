package store

import (
	"context"
	"database/sql"
)

// keptSummaries is how many summaries of an edition are kept: people name
// topics freely.
const keptSummaries = 200

// SummaryKey is what two requests for one summary have in common.
type SummaryKey struct {
	Edition  int64
	Scope    string // what of the report it sums up; empty: all
	Length   string
	Language string // ISO 639-1
	Mode     string // who words such summaries
}

// SaveSummary stores a summary for whoever asks for it next, in place of one
// with the same key. Of an edition that is gone it stores nothing.
func (s *Store) SaveSummary(ctx context.Context, key SummaryKey, content []byte) error {
	return s.update(ctx, durable, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO summary (edition, scope, length, language, mode, content, made_at)
			 SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM edition WHERE id = ?1
			 ON CONFLICT (edition, scope, length, language, mode) DO UPDATE SET content = excluded.content, made_at = excluded.made_at`,
			key.Edition, key.Scope, key.Length, key.Language, key.Mode, string(content), s.now().Unix())
		if err == nil {
			_, err = tx.ExecContext(ctx,
				`DELETE FROM summary WHERE edition = ?1 AND id NOT IN (SELECT id FROM summary WHERE edition = ?1 ORDER BY made_at DESC, id DESC LIMIT ?2)`,
				key.Edition, keptSummaries)
		}
		return err
	})
}

// Summary returns what was stored under a key, ErrNotFound if nothing was.
func (s *Store) Summary(ctx context.Context, key SummaryKey) ([]byte, error) {
	return get(ctx, s, scanOne[[]byte],
		`SELECT content FROM summary WHERE edition = ? AND scope = ? AND length = ? AND language = ? AND mode = ?`,
		key.Edition, key.Scope, key.Length, key.Language, key.Mode)
}
