package store

import (
	"context"
	"fmt"
	"time"

	"reportbot/store/report"
)

// Edition is one loaded version of a report.
type Edition struct {
	ID       int64
	Title    string
	Date     string // 2024-11-01 or empty
	Authors  []string
	Sections []string
	Source   string // absolute path, address, or report.Embedded
	SHA256   string
	LoadedAt time.Time
	LoadedBy string // an admin's id, Shell, or empty: the program itself

	Staged    bool      // waits for MakeLive or Discard
	LiveSince time.Time // zero: it isn't live

	Paragraphs, Sentences, Passages, Footnotes int
}

// Live reports whether it was the live edition when it was read.
func (e *Edition) Live() bool { return !e.LiveSince.IsZero() }

// Shell stands for an admin's id where somebody uses the command line.
const Shell = "shell"

// selectEdition reads editions, without those that are still being written.
const selectEdition = `SELECT id, title, date, authors, sections, source, sha256, loaded_at, loaded_by,
	state = 'staged', coalesce(live.since, 0), paragraphs, sentences, passages, footnotes
	FROM edition LEFT JOIN live ON live.edition = edition.id WHERE state <> 'loading'`

// Live returns the edition that questions are answered from; ErrNotFound if
// nothing was loaded yet.
func (s *Store) Live(ctx context.Context) (*Edition, error) {
	// Every question calls this, so the edition is cached.
	var since time.Time
	id, err := get(ctx, s, func(id *int64) []any { return []any{id, asTime(&since)} }, `SELECT edition, since FROM live`)
	if err != nil {
		return nil, err
	}
	if known := s.live.Load(); known != nil && known.ID == id && known.LiveSince.Equal(since) {
		e := *known
		return &e, nil
	}
	e, err := get(ctx, s, scanEdition, selectEdition+` AND live.edition = edition.id`)
	if err == nil {
		known := *e
		s.live.Store(&known)
	}
	return e, err
}

// Edition returns an edition, live or not; ErrNotFound if it is unknown or was
// deleted.
func (s *Store) Edition(ctx context.Context, id int64) (*Edition, error) {
	return get(ctx, s, scanEdition, selectEdition+` AND id = ?`, id)
}

// Versions returns all editions, also staged ones, newest first.
func (s *Store) Versions(ctx context.Context) ([]*Edition, error) {
	return list(ctx, s, scanEdition, selectEdition+` ORDER BY id DESC`)
}

func scanEdition(edition **Edition) []any {
	e := &Edition{}
	*edition = e
	return []any{&e.ID, &e.Title, &e.Date, asJSON(&e.Authors), asJSON(&e.Sections), &e.Source, &e.SHA256, asTime(&e.LoadedAt), &e.LoadedBy,
		&e.Staged, asTime(&e.LiveSince), &e.Paragraphs, &e.Sentences, &e.Passages, &e.Footnotes}
}

// LastReading returns what was last loaded (not staged) from a source, even if its
// edition was deleted; ErrNotFound if nothing was.
func (s *Store) LastReading(ctx context.Context, source string) (report.Reading, error) {
	return get(ctx, s, func(last *report.Reading) []any {
		return []any{&last.SHA256, &last.ETag, &last.LastModified}
	}, `SELECT sha256, etag, last_modified FROM reading WHERE source = ?`, source)
}

// MakeLive makes a stored edition the live one, atomically; it is no longer staged
// then. It returns ErrNotFound for an unknown edition, and does nothing if it is
// live already.
func (s *Store) MakeLive(ctx context.Context, edition int64) error {
	return s.update(ctx, durable, func(tx *tx) {
		tx.execOne(makeLive+` AND state <> 'loading'`+replacesLive, edition, s.now().Unix())
	})
}

// makeLive and replacesLive, with further WHERE conditions between them, are one
// statement, which makes an edition live. If it is live already, since stays.
const (
	makeLive     = `INSERT INTO live (only, edition, since) SELECT 1, id, ?2 FROM edition WHERE id = ?1`
	replacesLive = ` ON CONFLICT (only) DO UPDATE SET
		since = iif(edition = excluded.edition, since, excluded.since), edition = excluded.edition`
)

// Discard deletes a staged edition; ErrNotFound if it doesn't exist or isn't staged
// any more.
func (s *Store) Discard(ctx context.Context, edition int64) error {
	discarded, err := s.drop(ctx, `state = 'staged' AND id = ?`, edition)
	if err == nil && discarded == 0 {
		return ErrNotFound
	}
	return err
}

// DiscardStaged deletes the editions that were staged before a time and returns
// their number.
func (s *Store) DiscardStaged(ctx context.Context, before time.Time) (int, error) {
	const old = `state = 'staged' AND loaded_at < ?`
	// Usually there are none, and the write lock isn't needed.
	if ids, err := list(ctx, s, single[int64], editionIDs+old, before.Unix()); err != nil || len(ids) == 0 {
		return 0, err
	}
	return s.drop(ctx, old, before.Unix())
}

// drop deletes the editions that match a condition, in one transaction, and
// returns their number.
func (s *Store) drop(ctx context.Context, where string, args ...any) (count int, err error) {
	err = s.update(ctx, durable, func(tx *tx) { count = dropEditions(tx, where, args...) })
	return count, err
}

// dropEditions deletes the editions that match a condition, with their indexes,
// and returns their number.
func dropEditions(tx *tx, where string, args ...any) int {
	ids := listIn(tx, single[int64], editionIDs+where, args...)
	for _, id := range ids {
		tx.exec(fmt.Sprintf(`DROP TABLE passage_fts_%d; DELETE FROM edition WHERE id = %[1]d`, id))
	}
	return len(ids)
}

// editionIDs, with a condition, selects the ids of editions.
const editionIDs = `SELECT id FROM edition WHERE `

// Footnote returns note n of an edition, ErrNotFound if it has none.
func (s *Store) Footnote(ctx context.Context, edition int64, n int) (report.Footnote, error) {
	return get(ctx, s, scanFootnote, selectFootnotes+` AND n = ?`, edition, n)
}

const selectFootnotes = `SELECT n, raw, links, defanged, damaged FROM footnote WHERE edition = ?`

func scanFootnote(f *report.Footnote) []any {
	return []any{&f.N, &f.Raw, asJSON(&f.Links), &f.Defanged, asJSON(&f.Damaged)}
}
