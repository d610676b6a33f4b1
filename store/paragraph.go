package store

import (
	"context"
	"database/sql"
)

// Paragraph returns a whole paragraph of an edition as one passage, by its
// number from 1; its ID is that of its first passage. ErrNotFound if the
// edition has none, or is no longer kept.
func (s *Store) Paragraph(ctx context.Context, edition int64, n int) (Passage, error) {
	pieces, err := s.passages(ctx, `WHERE edition = ? AND paragraph = ? ORDER BY id`, edition, n)
	if err != nil {
		return Passage{}, err
	}
	if len(pieces) == 0 {
		return Passage{}, ErrNotFound
	}
	whole := pieces[0]
	for _, piece := range pieces[1:] {
		whole.Sentences = append(whole.Sentences, piece.Sentences...)
	}
	return whole, nil
}

// Body returns all passages of an edition, in the report's order.
func (s *Store) Body(ctx context.Context, edition int64) ([]Passage, error) {
	return s.passages(ctx, `WHERE edition = ? ORDER BY id`, edition)
}

// Marked returns the passages of an edition that have a sentence with footnote
// n, in the report's order.
func (s *Store) Marked(ctx context.Context, edition int64, n int) ([]Passage, error) {
	return s.passages(ctx, `WHERE edition = ? AND EXISTS (SELECT 1 FROM json_each(sentences) AS sentence,
		json_each(sentence.value, '$.n') AS mark WHERE mark.value = ?) ORDER BY id`, edition, n)
}

// passages reads the passages that a condition selects.
func (s *Store) passages(ctx context.Context, where string, args ...any) ([]Passage, error) {
	rows, err := s.read.QueryContext(ctx, selectPassages+where, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	passages, err := scanPassages(rows)
	if err != nil {
		return nil, s.explain(err)
	}
	return passages, nil
}

const selectPassages = `SELECT id, paragraph, section, entry, year, sentences FROM passage `

func scanPassages(rows *sql.Rows) ([]Passage, error) {
	defer rows.Close()
	var passages []Passage
	for rows.Next() {
		p, err := scanPassage(rows)
		if err != nil {
			return nil, err
		}
		passages = append(passages, p)
	}
	return passages, rows.Err()
}

func scanPassage(rows *sql.Rows) (p Passage, err error) {
	var encoded string
	if err = rows.Scan(&p.ID, &p.Paragraph, &p.Section, &p.Entry, &p.Year, &encoded); err == nil {
		p.Sentences, err = decodeSentences(encoded)
	}
	return p, err
}
