package eval

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Tokenizers of FTS5.
const (
	DefaultTokenizer = "unicode61"
	PorterTokenizer  = "porter unicode61" // English words without their endings
)

// Plain is what a user would take instead: the same passages in an FTS5 table,
// the question's words joined by OR, ranked by bm25.
type Plain struct {
	db       *sql.DB
	passages []store.Passage // by rowid less one
}

// NewPlain indexes the report's passages by one of FTS5's tokenizers.
func NewPlain(ctx context.Context, r *report.Report, tokenizer string) (*Plain, error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	p := &Plain{db: db}
	if err := p.fill(ctx, r, tokenizer); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return p, nil
}

func (p *Plain) fill(ctx context.Context, r *report.Report, tokenizer string) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	if _, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE plain USING fts5(body, tokenize='`+tokenizer+`')`); err != nil {
		return err
	}
	for _, passage := range r.Passages() {
		p.passages = append(p.passages, store.Passage{
			ID: int64(len(p.passages) + 1), Paragraph: passage.Paragraph.N,
			Section: passage.Paragraph.Section, Entry: passage.Paragraph.Entry, Sentences: passage.Sentences,
		})
		if _, err := tx.ExecContext(ctx, `INSERT INTO plain (body) VALUES (?)`, passage.Text()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Search returns the k best passages by bm25.
func (p *Plain) Search(ctx context.Context, question string, k int) ([]store.Passage, error) {
	var quoted []string
	for _, word := range text.Words(question) {
		quoted = append(quoted, `"`+question[word.Start:word.End]+`"`)
	}
	if len(quoted) == 0 {
		return nil, nil
	}
	rows, err := p.db.QueryContext(ctx, `SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?`,
		strings.Join(quoted, " OR "), k)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []store.Passage
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		found = append(found, p.passages[id-1])
	}
	return found, rows.Err()
}

// Close frees the table.
func (p *Plain) Close() error { return p.db.Close() }
