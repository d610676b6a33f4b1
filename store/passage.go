package store

import (
	"context"
	"iter"

	"reportbot/store/report"
)

// Passage is one stored passage.
type Passage struct {
	ID        int64 // never reused
	Paragraph int
	Section   string
	Entry     string
	Year      int
	Sentences []report.Sentence
}

// Text returns the passage in the report's own words.
func (p Passage) Text() string { return report.Passage{Sentences: p.Sentences}.Text() }

// Page returns the page that it begins on; 0 if the format has no pages.
func (p Passage) Page() int { return report.Passage{Sentences: p.Sentences}.Page() }

// Footnotes returns the numbers of its footnotes, each once.
func (p Passage) Footnotes() []int { return report.Passage{Sentences: p.Sentences}.Footnotes() }

// Passages returns the passages with these ids, in any order; unknown ids are
// ignored.
func (s *Store) Passages(ctx context.Context, ids []int64) ([]Passage, error) {
	return s.passages(ctx, `WHERE id IN (SELECT value FROM json_each(?))`, array(ids))
}

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

// Section is a section of an edition.
type Section struct {
	Title      string // empty for paragraphs outside of any section
	First      int    // its first paragraph, from 1
	Paragraphs int
}

// Contents returns the sections of an edition in the report's order. Sections with
// the same title count as one.
func (s *Store) Contents(ctx context.Context, edition int64) ([]Section, error) {
	return list(ctx, s, func(section *Section) []any {
		return []any{&section.Title, &section.First, &section.Paragraphs}
	}, `SELECT section, min(paragraph), count(DISTINCT paragraph)
		FROM passage WHERE edition = ? GROUP BY section ORDER BY min(paragraph)`, edition)
}

// Read yields the passages of an edition in the report's order. It ends after an
// error.
func (s *Store) Read(ctx context.Context, edition int64) iter.Seq2[Passage, error] {
	return func(yield func(Passage, error) bool) {
		for p, err := range each(ctx, s.read, scanPassage, selectPassages+`WHERE edition = ? ORDER BY id`, edition) {
			if !yield(p, s.explain(err)) {
				return
			}
		}
	}
}

// passages reads the passages that match a condition.
func (s *Store) passages(ctx context.Context, where string, args ...any) ([]Passage, error) {
	return list(ctx, s, scanPassage, selectPassages+where, args...)
}

const selectPassages = `SELECT id, paragraph, section, entry, year, sentences FROM passage `

func scanPassage(p *Passage) []any {
	return []any{&p.ID, &p.Paragraph, &p.Section, &p.Entry, &p.Year, asSentences(&p.Sentences)}
}

// sentenceRow is a sentence as stored in the passage table.
type sentenceRow struct {
	Text      string `json:"t"`
	Footnotes []int  `json:"n,omitempty"`
	Page      int    `json:"p,omitempty"` // that it begins on
}

func sentenceRows(sentences []report.Sentence) []sentenceRow {
	rows := make([]sentenceRow, len(sentences))
	for i, s := range sentences {
		rows[i] = sentenceRow(s)
	}
	return rows
}

// asSentences decodes what sentenceRows stored.
func asSentences(into *[]report.Sentence) column {
	return func(value any) error {
		var rows []sentenceRow
		if err := asJSON(&rows)(value); err != nil {
			return err
		}
		*into = make([]report.Sentence, len(rows))
		for i, row := range rows {
			(*into)[i] = report.Sentence(row)
		}
		return nil
	}
}
