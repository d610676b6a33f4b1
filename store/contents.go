package store

import (
	"context"
	"iter"
)

// Section is a section of an edition.
type Section struct {
	Title      string // empty for paragraphs outside of any section
	First      int    // its first paragraph, from 1
	Paragraphs int
}

// Contents returns the sections of an edition in the report's order. Sections with
// the same title count as one.
func (s *Store) Contents(ctx context.Context, edition int64) ([]Section, error) {
	return list(ctx, s, func(r row) (section Section, err error) {
		err = r.Scan(&section.Title, &section.First, &section.Paragraphs)
		return section, err
	}, `SELECT section, min(paragraph), count(DISTINCT paragraph)
		FROM passage WHERE edition = ? GROUP BY section ORDER BY min(paragraph)`, edition)
}

// Read yields the passages of an edition in the report's order. It ends after an
// error.
func (s *Store) Read(ctx context.Context, edition int64) iter.Seq2[Passage, error] {
	return func(yield func(Passage, error) bool) {
		rows, err := s.read.QueryContext(ctx, selectPassages+`WHERE edition = ? ORDER BY id`, edition)
		if err != nil {
			yield(Passage{}, s.explain(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			p, err := scanPassage(rows)
			if !yield(p, s.explain(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Passage{}, s.explain(err))
		}
	}
}
