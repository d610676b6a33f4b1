package main

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// engine is something that finds documents, here a report's passages.
type engine struct {
	name string
	// build indexes a report in files below the folder dir.
	build func(ctx context.Context, dir string, r *report.Report) error
	// open opens what build left there.
	open func(ctx context.Context, dir string) (searcher, error)
}

// searcher is an open index.
type searcher interface {
	// Search returns the numbers, from 0, of the k passages nearest to a
	// question, nearest first. It has their text at hand then.
	Search(ctx context.Context, question string, k int) ([]int, error)
	Close() error
}

// engines are what is compared; ours comes first.
var engines = []engine{
	{"ours", buildOurs, openOurs},
	{"FTS5", buildPlain, openPlain},
	{"bleve", buildBleve(standard), openBleve},
	{"bleve, folding", buildBleve(folding), openBleve},
}

// ours is the program's own store and retrieval.
type ours struct {
	store    *store.Store
	edition  *store.Edition
	searcher *retrieval.Searcher
}

func buildOurs(ctx context.Context, dir string, r *report.Report) error {
	s, err := store.Open(ctx, filepath.Join(dir, "reports.db"))
	if err != nil {
		return err
	}
	_, err = s.Load(ctx, &report.Source{Location: "bench", Report: r}, "")
	return errors.Join(err, s.Close())
}

func openOurs(ctx context.Context, dir string) (searcher, error) {
	s, err := store.OpenReadOnly(ctx, filepath.Join(dir, "reports.db"))
	if err != nil {
		return nil, err
	}
	edition, err := s.Live(ctx)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &ours{s, edition, retrieval.New(s)}, nil
}

func (o *ours) Search(ctx context.Context, question string, k int) ([]int, error) {
	hits, err := o.searcher.Search(ctx, o.edition, question, k)
	numbers := make([]int, len(hits))
	for i, hit := range hits {
		numbers[i] = int(hit.ID) - 1 // a new store counts them from 1, in order
	}
	return numbers, err
}

func (o *ours) Close() error { return o.store.Close() }

// plain is FTS5 as its manual begins: the default tokenizer, the question's
// words joined by OR, bm25.
type plain struct{ db *sql.DB }

func plainPath(dir string) string { return "file:" + filepath.Join(dir, "plain.db") }

func buildPlain(ctx context.Context, dir string, r *report.Report) error {
	db, err := sql.Open("sqlite3", plainPath(dir))
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	if _, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE plain USING fts5(body)`); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO plain (rowid, body) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, p := range r.Passages() {
		if _, err := insert.ExecContext(ctx, i, p.Text()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func openPlain(ctx context.Context, dir string) (searcher, error) {
	db, err := sql.Open("sqlite3", plainPath(dir)+"?mode=ro")
	if err != nil {
		return nil, err
	}
	return &plain{db}, db.PingContext(ctx)
}

func (p *plain) Search(ctx context.Context, question string, k int) ([]int, error) {
	var quoted []string
	for _, word := range text.Words(question) {
		quoted = append(quoted, `"`+question[word.Start:word.End]+`"`)
	}
	if len(quoted) == 0 {
		return nil, nil
	}
	rows, err := p.db.QueryContext(ctx, `SELECT rowid, body FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?`,
		strings.Join(quoted, " OR "), k)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []int
	for rows.Next() {
		var number int
		var body string
		if err := rows.Scan(&number, &body); err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, rows.Err()
}

func (p *plain) Close() error { return p.db.Close() }
