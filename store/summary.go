package store

import "context"

// keptSummaries is how many summaries of an edition are kept; people can name any
// topic.
const keptSummaries = 200

// SummaryKey identifies a summary.
type SummaryKey struct {
	Edition  int64
	Scope    string // the part of the report; empty: all of it
	Length   string
	Language string // ISO 639-1
	Mode     string // who writes it
}

// SaveSummary stores a summary, replacing one with the same key. It does nothing
// if the edition was deleted.
func (s *Store) SaveSummary(ctx context.Context, key SummaryKey, content []byte) error {
	return s.update(ctx, durable, func(tx *tx) {
		tx.exec(`INSERT INTO summary (edition, scope, length, language, mode, content, made_at)
			 SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM edition WHERE id = ?1
			 ON CONFLICT (edition, scope, length, language, mode) DO UPDATE SET content = excluded.content, made_at = excluded.made_at`,
			key.Edition, key.Scope, key.Length, key.Language, key.Mode, string(content), s.now().Unix())
		tx.exec(`DELETE FROM summary WHERE edition = ?1 AND id NOT IN (SELECT id FROM summary WHERE edition = ?1 ORDER BY made_at DESC, id DESC LIMIT ?2)`,
			key.Edition, keptSummaries)
	})
}

// Summary returns the summary with a key; ErrNotFound if there is none.
func (s *Store) Summary(ctx context.Context, key SummaryKey) ([]byte, error) {
	return get(ctx, s, single[[]byte],
		`SELECT content FROM summary WHERE edition = ? AND scope = ? AND length = ? AND language = ? AND mode = ?`,
		key.Edition, key.Scope, key.Length, key.Language, key.Mode)
}
