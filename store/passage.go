package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"reportbot/store/report"
)

// Passage is one stored passage.
type Passage struct {
	ID        int64 // never used for another passage
	Paragraph int
	Section   string
	Entry     string
	Year      int
	Sentences []report.Sentence
}

// Text returns the passage in the report's own words.
func (p Passage) Text() string { return report.Passage{Sentences: p.Sentences}.Text() }

// Footnotes returns the numbers its sentences carry, each once.
func (p Passage) Footnotes() []int { return report.Passage{Sentences: p.Sentences}.Footnotes() }

// Column is a column of the search index.
type Column string

// The index's columns: exact words, folded words, folded neighbours joined.
const (
	Exact  Column = "x"
	Folded Column = "f"
	Pairs  Column = "g"
)

// Term is a token to look for in one column.
type Term struct {
	Column Column
	Token  string
}

// quoted returns the term for MATCH: whatever the token holds is a string
// there, never an operator.
func (t Term) quoted() string {
	return string(t.Column) + `:"` + strings.ReplaceAll(strings.ReplaceAll(t.Token, "\x00", ""), `"`, `""`) + `"`
}

// Match returns the ids of the passages of an edition that hold any of the
// terms, best BM25 first, at most limit.
func (s *Store) Match(ctx context.Context, edition int64, terms []Term, limit int) ([]int64, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	quoted := make([]string, len(terms))
	for i, term := range terms {
		quoted[i] = term.quoted()
	}
	var ids []int64
	err := s.snapshot(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, fmt.Sprintf(
			`SELECT rowid FROM passage_fts_%d WHERE passage_fts_%[1]d MATCH ? ORDER BY rank LIMIT ?`, edition),
			strings.Join(quoted, " OR "), limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, s.explain(err)
	}
	return ids, nil
}

// snapshot runs read on the store as it is now. An index can only be opened
// so: while another edition's tables are made, SQLite fails where it finds the
// schema changed between opening an index's table and reading its settings.
func (s *Store) snapshot(ctx context.Context, read func(tx *sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it has changed nothing
	var live int
	if err = tx.QueryRowContext(ctx, `SELECT count(*) FROM live`).Scan(&live); err == nil { // begins it
		err = read(tx)
	}
	return err
}

// Passages returns passages by their ids, in any order; ids that no passage
// has are left out.
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

func decodeSentences(encoded string) ([]report.Sentence, error) {
	var rows []sentenceRow
	if err := json.Unmarshal([]byte(encoded), &rows); err != nil {
		return nil, err
	}
	sentences := make([]report.Sentence, len(rows))
	for i, row := range rows {
		sentences[i] = report.Sentence(row)
	}
	return sentences, nil
}

// Frequencies returns in how many of the edition's passages each term is.
// Terms that none has are left out.
func (s *Store) Frequencies(ctx context.Context, edition int64, terms []Term) (map[Term]int, error) {
	frequencies := make(map[Term]int, len(terms))
	err := s.snapshot(ctx, func(tx *sql.Tx) error {
		statement, err := tx.PrepareContext(ctx, fmt.Sprintf(
			`SELECT doc FROM passage_vocab_%d WHERE term = ? AND col = ?`, edition))
		if err != nil {
			return err
		}
		defer statement.Close()
		for _, term := range terms {
			var count int
			err := statement.QueryRowContext(ctx, term.Token, string(term.Column)).Scan(&count)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			frequencies[term] = count
		}
		return nil
	})
	if err != nil {
		return nil, s.explain(err)
	}
	return frequencies, nil
}
