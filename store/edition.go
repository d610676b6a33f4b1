package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"reportbot/store/report"
)

// Edition is a report as it was loaded once.
type Edition struct {
	ID       int64
	Title    string
	Date     string // 2024-11-01 or empty
	Authors  []string
	Sections []string
	Source   string // absolute path, address, or report.Embedded
	SHA256   string
	LoadedAt time.Time

	Paragraphs, Sentences, Passages, Footnotes int
}

const editionColumns = `id, title, date, authors, sections, source, sha256, loaded_at,
	paragraphs, sentences, passages, footnotes`

// Live returns the edition that questions are answered from, ErrNotFound where
// nothing was loaded yet.
func (s *Store) Live(ctx context.Context) (*Edition, error) {
	return s.edition(ctx, `SELECT `+editionColumns+` FROM edition JOIN live ON live.edition = edition.id`)
}

// Edition returns an edition by its id, ErrNotFound if it isn't kept.
func (s *Store) Edition(ctx context.Context, id int64) (*Edition, error) {
	return s.edition(ctx, `SELECT `+editionColumns+` FROM edition WHERE id = ?`, id)
}

// LastLoaded returns the edition that was last loaded from source, live or
// not; ErrNotFound if none was.
func (s *Store) LastLoaded(ctx context.Context, source string) (*Edition, error) {
	return s.edition(ctx, `SELECT `+editionColumns+` FROM edition WHERE source = ? ORDER BY id DESC LIMIT 1`, source)
}

func (s *Store) edition(ctx context.Context, query string, args ...any) (*Edition, error) {
	var e Edition
	var authors, sections string
	var loadedAt int64
	err := s.read.QueryRowContext(ctx, query, args...).Scan(&e.ID, &e.Title, &e.Date, &authors, &sections,
		&e.Source, &e.SHA256, &loadedAt, &e.Paragraphs, &e.Sentences, &e.Passages, &e.Footnotes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(authors), &e.Authors), json.Unmarshal([]byte(sections), &e.Sections))
	}
	if err != nil {
		return nil, s.explain(err)
	}
	e.LoadedAt = time.Unix(loadedAt, 0)
	return &e, nil
}

// Footnote returns note n of an edition, ErrNotFound if it has none.
func (s *Store) Footnote(ctx context.Context, edition int64, n int) (report.Footnote, error) {
	f := report.Footnote{N: n}
	var links, damaged string
	err := s.read.QueryRowContext(ctx,
		`SELECT raw, links, defanged, damaged FROM footnote WHERE edition = ? AND n = ?`, edition, n).
		Scan(&f.Raw, &links, &f.Defanged, &damaged)
	if errors.Is(err, sql.ErrNoRows) {
		return f, ErrNotFound
	}
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(links), &f.Links), json.Unmarshal([]byte(damaged), &f.Damaged))
	}
	if err != nil {
		return f, s.explain(err)
	}
	return f, nil
}
