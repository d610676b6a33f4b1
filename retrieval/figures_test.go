package retrieval_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"reportbot/retrieval/eval"
	"reportbot/store"
)

// The question set asks the report that the embedded one restates under the
// same footnotes: there a question is answered by the sentences that carry the
// footnotes of its answer. The golden file shows how that comes out, so that a
// change in ranking is seen in the diff.
func TestFiguresOfTheEmbeddedReport(t *testing.T) {
	const file = "eval/testdata/questions.jsonl"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	questions, err := eval.ReadQuestions(bytes.NewReader(data), file)
	if err != nil {
		t.Fatal(err)
	}
	source := loaded(t).source
	carrying := map[int]eval.Gold{}
	for _, p := range source.Report.Paragraphs {
		for i, s := range p.Sentences {
			for _, n := range s.Footnotes {
				carrying[n] = eval.Gold{Paragraph: p.N, Sentences: []int{i + 1}}
			}
		}
	}
	for i := range questions {
		q := &questions[i]
		q.Gold = nil
		for _, n := range q.Footnotes {
			gold, ok := carrying[n]
			if !ok {
				t.Fatalf("%q: no sentence of the embedded report carries [%d]", q.Text, n)
			}
			q.Gold = append(q.Gold, gold)
		}
	}
	if err := eval.Resolve(questions, source.Report); err != nil {
		t.Fatal(err)
	}
	searcher, edition := embedded(t)
	scores, err := eval.Run(context.Background(), questions, func(ctx context.Context, question string, k int) ([]store.Passage, error) {
		hits, err := searcher.Search(ctx, edition, question, k)
		found := make([]store.Passage, len(hits))
		for i, hit := range hits {
			found[i] = hit.Passage
		}
		return found, err
	})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for _, kind := range slices.Sorted(maps.Keys(scores.Kinds)) {
		s := scores.Kinds[kind]
		fmt.Fprintf(&got, "%-12s %3d questions  recall@1 %.3f  @3 %.3f  @5 %.3f  @10 %.3f  MRR %.3f  nDCG %.3f  in 4,000 characters %.3f\n",
			kind, s.N, s.Recall[1], s.Recall[3], s.Recall[5], s.Recall[10], s.MRR, s.NDCG, s.AtBudget)
	}
	mustBeGolden(t, "testdata/figures.golden", got.String(), "the figures have changed")
}
