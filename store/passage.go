package store

import (
	"context"
	"database/sql"
	"strings"

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

// snapshot runs read in a read transaction. Reading an index needs one: SQLite
// fails if another edition's tables are created between opening the index's table
// and reading its settings.
func (s *Store) snapshot(ctx context.Context, read func(tx *sql.Tx) error) error {
	s.searches.Add(1)
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing was changed
	var live int
	if err = tx.QueryRowContext(ctx, `SELECT count(*) FROM live`).Scan(&live); err == nil { // starts the snapshot
		err = read(tx)
	}
	return err
}

// Passages returns the passages with these ids, in any order; unknown ids are
// ignored.
func (s *Store) Passages(ctx context.Context, ids []int64) ([]Passage, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return s.passages(ctx, `WHERE id IN (?`+strings.Repeat(", ?", len(ids)-1)+`)`, args...)
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
