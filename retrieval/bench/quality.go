package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"reportbot/retrieval/eval"
	"reportbot/store"
	"reportbot/store/report"
)

// quality scores the engines on the development data, a table a data set.
func quality(ctx context.Context, m *material, engines []engine) ([]table, error) {
	xquad := table{title: fmt.Sprintf("XQuAD, %d paragraphs", len(m.xquad.Paragraphs)), columns: names(engines)}
	original := table{title: fmt.Sprintf("The original report, %d passages", len(m.report.Passages())), columns: names(engines)}
	for i, e := range engines {
		// A document is a paragraph. The program cuts long ones itself.
		documents := m.xquad
		if e.name != engines[0].name {
			documents = whole(m.xquad)
		}
		scores, err := score(ctx, e, documents, m.xquadQuestions, true)
		if err != nil {
			return nil, err
		}
		for _, kind := range []string{"vietnamese", "no diacritics", "english"} {
			s := scores.Kinds[kind]
			xquad.set(i, fmt.Sprintf("MRR@10, %s, %d questions", kind, s.N), "%.3f", s.MRR)
			xquad.set(i, "nDCG@10, "+kind, "%.3f", s.NDCG)
		}
		if scores, err = score(ctx, e, m.sentences, m.sentenceGold, true); err != nil {
			return nil, err
		}
		s := scores.Kinds["sentences"]
		xquad.set(i, fmt.Sprintf("MRR@10, %d sentences, %d questions", len(m.sentences.Paragraphs), s.N), "%.3f", s.MRR)

		if scores, err = score(ctx, e, m.report, m.reportQuestions, false); err != nil {
			return nil, err
		}
		for _, kind := range slices.SortedFunc(maps.Keys(scores.Kinds), cmp.Compare) {
			s := scores.Kinds[kind]
			for _, cutoff := range eval.Cutoffs {
				original.set(i, fmt.Sprintf("recall@%d, %s, %d questions", cutoff, kind, s.N), "%.3f", s.Recall[cutoff])
			}
		}
	}
	return []table{xquad, original}, nil
}

// whole returns the report with each paragraph as one sentence, which nothing
// cuts.
func whole(r *report.Report) *report.Report {
	uncut := &report.Report{}
	for _, p := range r.Paragraphs {
		text := report.Passage{Sentences: p.Sentences}.Text()
		uncut.Paragraphs = append(uncut.Paragraphs, paragraph(p.N, report.Sentence{Text: text}))
	}
	return uncut
}

// score asks an engine, on a report of its own, all questions. Where
// paragraphs are wanted, only the first passage of each counts.
func score(ctx context.Context, e engine, r *report.Report, questions []eval.Question, paragraphs bool) (scores *eval.Scores, err error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := e.build(ctx, dir, r); err != nil {
		return nil, fmt.Errorf("%s: %w", e.name, err)
	}
	s, err := e.open(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.name, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	passages := r.Passages()
	return eval.Run(ctx, questions, func(ctx context.Context, question string, k int) ([]store.Passage, error) {
		numbers, err := s.Search(ctx, question, k)
		var found []store.Passage
		seen := map[int]bool{}
		for _, number := range numbers {
			p := passages[number]
			if paragraphs && seen[p.Paragraph.N] {
				continue
			}
			seen[p.Paragraph.N] = true
			found = append(found, store.Passage{Paragraph: p.Paragraph.N, Sentences: p.Sentences})
		}
		return found, err
	})
}
