package store

import "context"

// Paragraph returns a whole paragraph of an edition as one passage, by its number
// from 1, with the ID of its first passage. ErrNotFound if there is no such
// paragraph or edition.
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

// passages reads the passages that match a condition.
func (s *Store) passages(ctx context.Context, where string, args ...any) ([]Passage, error) {
	return list(ctx, s, scanPassage, selectPassages+where, args...)
}

const selectPassages = `SELECT id, paragraph, section, entry, year, sentences FROM passage `

func scanPassage(r row) (p Passage, err error) {
	err = r.Scan(&p.ID, &p.Paragraph, &p.Section, &p.Entry, &p.Year, asSentences(&p.Sentences))
	return p, err
}
