package store

import (
	"context"

	"reportbot/store/report"
)

// Compare returns what changed from one edition to another; ErrNotFound if one of
// them doesn't exist.
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

// Report returns an edition as a report; ErrNotFound if it doesn't exist. Warnings
// are not stored, and empty.
func (s *Store) Report(ctx context.Context, edition int64) (*report.Report, error) {
	e, err := s.Edition(ctx, edition)
	if err != nil {
		return nil, err
	}
	r := &report.Report{Title: e.Title, Date: e.Date, Authors: e.Authors, Sections: e.Sections}
	if r.Paragraphs, err = s.paragraphs(ctx, edition); err != nil {
		return nil, err
	}
	if r.Footnotes, err = list(ctx, s, scanFootnote, selectFootnotes+` ORDER BY n`, edition); err != nil {
		return nil, err
	}
	r.CrossCheck()
	return r, nil
}

// paragraphs joins an edition's passages to paragraphs.
func (s *Store) paragraphs(ctx context.Context, edition int64) ([]report.Paragraph, error) {
	passages, err := s.Body(ctx, edition)
	var paragraphs []report.Paragraph
	for _, p := range passages {
		if last := len(paragraphs) - 1; last >= 0 && paragraphs[last].N == p.Paragraph {
			paragraphs[last].Sentences = append(paragraphs[last].Sentences, p.Sentences...)
			continue
		}
		paragraphs = append(paragraphs, report.Paragraph{
			N: p.Paragraph, Section: p.Section, Entry: p.Entry, Year: p.Year, Sentences: p.Sentences,
		})
	}
	return paragraphs, err
}
