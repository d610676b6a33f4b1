package store

import (
	"context"

	"reportbot/store/report"
)

// Compare says what is different in the edition after, against before.
// ErrNotFound means that one of them isn't there.
func (s *Store) Compare(ctx context.Context, before, after int64) (*report.Comparison, error) {
	old, err := s.Report(ctx, before)
	if err != nil {
		return nil, err
	}
	changed, err := s.Report(ctx, after)
	if err != nil {
		return nil, err
	}
	return report.Compare(old, changed), nil
}

// Report returns an edition as the report that was loaded, ErrNotFound if it
// isn't there. What was found odd in reading it is not stored: Warnings are
// empty.
func (s *Store) Report(ctx context.Context, edition int64) (*report.Report, error) {
	e, err := s.Edition(ctx, edition)
	if err != nil {
		return nil, err
	}
	r := &report.Report{Title: e.Title, Date: e.Date, Authors: e.Authors, Sections: e.Sections}
	if r.Paragraphs, err = s.paragraphs(ctx, edition); err == nil {
		r.Footnotes, err = s.footnotes(ctx, edition)
	}
	if err != nil {
		return nil, s.explain(err)
	}
	r.CrossCheck()
	return r, nil
}

// paragraphs joins an edition's passages again.
func (s *Store) paragraphs(ctx context.Context, edition int64) ([]report.Paragraph, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT paragraph, section, entry, year, sentences FROM passage WHERE edition = ? ORDER BY id`, edition)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var paragraphs []report.Paragraph
	for rows.Next() {
		var p report.Paragraph
		var encoded string
		if err := rows.Scan(&p.N, &p.Section, &p.Entry, &p.Year, &encoded); err != nil {
			return nil, err
		}
		if p.Sentences, err = decodeSentences(encoded); err != nil {
			return nil, err
		}
		if last := len(paragraphs) - 1; last >= 0 && paragraphs[last].N == p.N {
			paragraphs[last].Sentences = append(paragraphs[last].Sentences, p.Sentences...)
			continue
		}
		paragraphs = append(paragraphs, p)
	}
	return paragraphs, rows.Err()
}

func (s *Store) footnotes(ctx context.Context, edition int64) ([]report.Footnote, error) {
	rows, err := s.read.QueryContext(ctx, selectFootnotes+` ORDER BY n`, edition)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var footnotes []report.Footnote
	for rows.Next() {
		f, err := scanFootnote(rows)
		if err != nil {
			return nil, err
		}
		footnotes = append(footnotes, f)
	}
	return footnotes, rows.Err()
}
