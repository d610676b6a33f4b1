package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	standardanalyzer "github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"

	"reportbot/store/report"
)

// bleve's analyzers: its standard one, and one of its parts that makes ế an e
// and đ a d.
const (
	standard = standardanalyzer.Name
	folding  = "folding"
)

// batch is how many documents bleve is given at once.
const batch = 1000

type bleveIndex struct{ index bleve.Index }

// bleveMapping is one stored text field, without what this search needs none
// of. The scoring is the default, tf-idf: BM25, which bleve has too, finds less
// here.
func bleveMapping(analyzer string) (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if analyzer == folding {
		if err := m.AddCustomAnalyzer(folding, map[string]any{
			"type": custom.Name, "tokenizer": unicode.Name,
			"char_filters": []string{asciifolding.Name}, "token_filters": []string{lowercase.Name},
		}); err != nil {
			return nil, err
		}
	}
	body := bleve.NewTextFieldMapping()
	body.Analyzer = analyzer
	body.IncludeTermVectors, body.IncludeInAll, body.DocValues = false, false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt("body", body)
	m.DefaultMapping = document
	return m, nil
}

func buildBleve(analyzer string) func(context.Context, string, *report.Report) error {
	return func(ctx context.Context, dir string, r *report.Report) error {
		m, err := bleveMapping(analyzer)
		if err != nil {
			return err
		}
		index, err := bleve.New(filepath.Join(dir, "bleve"), m)
		if err != nil {
			return err
		}
		return errors.Join(fillBleve(ctx, index, r), index.Close())
	}
}

func fillBleve(ctx context.Context, index bleve.Index, r *report.Report) error {
	documents := index.NewBatch()
	for i, p := range r.Passages() {
		if err := documents.Index(strconv.Itoa(i), map[string]any{"body": p.Text()}); err != nil {
			return err
		}
		if documents.Size() == batch {
			if err := errors.Join(ctx.Err(), index.Batch(documents)); err != nil {
				return err
			}
			documents.Reset()
		}
	}
	return index.Batch(documents)
}

func openBleve(_ context.Context, dir string) (searcher, error) {
	index, err := bleve.OpenUsing(filepath.Join(dir, "bleve"), map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	return &bleveIndex{index}, nil
}

func (b *bleveIndex) Search(ctx context.Context, question string, k int) ([]int, error) {
	query := bleve.NewMatchQuery(question)
	query.SetField("body")
	request := bleve.NewSearchRequestOptions(query, k, 0, false)
	request.Fields = []string{"body"}
	result, err := b.index.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	numbers := make([]int, len(result.Hits))
	for i, hit := range result.Hits {
		if numbers[i], err = strconv.Atoi(hit.ID); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

func (b *bleveIndex) Close() error { return b.index.Close() }
