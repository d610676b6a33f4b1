package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// Load stores a report as a new edition and makes it live, in one transaction:
// until it ends the edition that was live stays so, and a failure, or a kill,
// leaves nothing behind.
func (s *Store) Load(ctx context.Context, source *report.Source) (*Edition, error) {
	id, err := s.add(ctx, source)
	if err != nil {
		return nil, s.explain(err)
	}
	return s.Edition(ctx, id)
}

// makeLive is what makes an edition the live one.
const makeLive = `INSERT INTO live (only, edition, since) VALUES (1, ?, ?)
	ON CONFLICT (only) DO UPDATE SET edition = excluded.edition, since = excluded.since`

// MakeLive makes a stored edition the one that questions are answered from.
func (s *Store) MakeLive(ctx context.Context, edition int64) error {
	if _, err := s.write.ExecContext(ctx, makeLive, edition, s.now().Unix()); err != nil {
		return s.explain(err)
	}
	return nil
}

func (s *Store) add(ctx context.Context, source *report.Source) (id int64, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	if id, err = insertEdition(ctx, tx, source, s.now().Unix()); err == nil {
		err = insertPassages(ctx, tx, id, source.Report.Passages())
	}
	if err == nil {
		err = insertFootnotes(ctx, tx, id, source.Report.Footnotes)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, makeLive, id, s.now().Unix())
	}
	if err == nil {
		err = tx.Commit()
	}
	return id, err
}

func insertEdition(ctx context.Context, tx *sql.Tx, source *report.Source, now int64) (int64, error) {
	r := source.Report
	result, err := tx.ExecContext(ctx,
		`INSERT INTO edition (title, date, authors, sections, source, sha256, loaded_at, paragraphs, sentences, passages, footnotes)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Title, r.Date, array(r.Authors), array(r.Sections), source.Location, source.SHA256, now,
		len(r.Paragraphs), r.SentenceCount(), len(r.Passages()), len(r.Footnotes))
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// insertPassages fills the passages and their index, three columns wide: x the
// exact words, f the folded ones, g folded neighbours joined as one token, and
// dates as one.
// Heading and date are searched with every passage under them.
func insertPassages(ctx context.Context, tx *sql.Tx, edition int64, passages []report.Passage) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf(
		`CREATE VIRTUAL TABLE passage_fts_%d USING fts5(x, f, g, content='',
		 tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
		 CREATE VIRTUAL TABLE passage_vocab_%[1]d USING fts5vocab(passage_fts_%[1]d, col)`, edition))
	if err != nil {
		return err
	}
	rows, err := tx.PrepareContext(ctx,
		`INSERT INTO passage (edition, paragraph, section, entry, year, sentences) VALUES (?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	index, err := tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO passage_fts_%d (rowid, x, f, g) VALUES (?, ?, ?, ?)`, edition))
	if err != nil {
		return err
	}
	defer index.Close()
	for _, p := range passages {
		result, err := rows.ExecContext(ctx, edition, p.Paragraph.N, p.Paragraph.Section, p.Paragraph.Entry,
			p.Paragraph.Year, array(sentenceRows(p.Sentences)))
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		exact, folded, pairs := columns(Searched(p.Paragraph.Section, p.Paragraph.Entry, p.Text()))
		if _, err := index.ExecContext(ctx, id, exact, folded, pairs); err != nil {
			return err
		}
	}
	return nil
}

// Searched returns the text under which a passage is found: its own, under its
// section's title and its entry's date.
func Searched(section, entry, body string) string {
	return section + "\n" + entry + ".\n" + body
}

// columns returns the three indexed forms of a text.
func columns(searched string) (exact, folded, pairs string) {
	words := text.Words(searched)
	x := make([]string, len(words))
	f := make([]string, len(words))
	for i, word := range words {
		x[i], f[i] = word.Exact, word.Folded
	}
	return strings.Join(x, " "), strings.Join(f, " "), strings.Join(append(text.Pairs(searched, words), text.DateTokens(searched, words)...), " ")
}

func insertFootnotes(ctx context.Context, tx *sql.Tx, edition int64, footnotes []report.Footnote) error {
	for _, f := range footnotes {
		_, err := tx.ExecContext(ctx, `INSERT INTO footnote (edition, n, raw, links, defanged, damaged) VALUES (?, ?, ?, ?, ?, ?)`,
			edition, f.N, f.Raw, array(f.Links), f.Defanged, array(f.Damaged))
		if err != nil {
			return err
		}
	}
	return nil
}

// sentenceRow is a sentence as the passage table has it.
type sentenceRow struct {
	Text      string `json:"t"`
	Footnotes []int  `json:"n,omitempty"`
}

func sentenceRows(sentences []report.Sentence) []sentenceRow {
	rows := make([]sentenceRow, len(sentences))
	for i, s := range sentences {
		rows[i] = sentenceRow(s)
	}
	return rows
}

// array returns v as a JSON array; an empty one for nil.
func array[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("store: strings and numbers always encode: " + err.Error())
	}
	return string(encoded)
}
