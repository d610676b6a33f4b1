package retrieval

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"reportbot/retrieval/eval"
	"reportbot/store"
	"reportbot/store/report"
)

// englishParagraphs reads XQuAD's English paragraphs as a report, with their questions.
func englishParagraphs(t *testing.T) (*report.Report, []eval.Question) {
	t.Helper()
	file := shared + "/xquad/en-dev.jsonl"
	if _, err := os.Stat(file); err != nil {
		t.Skip("the development data isn't here")
	}
	r := &report.Report{}
	var questions []eval.Question
	each(t, file, func(line []byte) error {
		var p struct {
			Paragraph string
			Questions []string
		}
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		parsed, err := report.Parse([]byte("Report\n\n" + p.Paragraph))
		if err != nil {
			return err
		}
		n := len(r.Paragraphs) + 1
		paragraph := report.Paragraph{N: n}
		for _, cut := range parsed.Paragraphs {
			paragraph.Sentences = append(paragraph.Sentences, cut.Sentences...)
		}
		r.Paragraphs = append(r.Paragraphs, paragraph)
		for _, q := range p.Questions {
			questions = append(questions, eval.Question{Kind: "native", Text: q, Gold: []eval.Gold{{Paragraph: n}}})
		}
		return nil
	})
	return r, questions
}

// An English report is searched better than by FTS5 with Porter's stems. `make learn`
// asks all questions.
func TestEnglishReports(t *testing.T) {
	ctx := context.Background()
	r, all := englishParagraphs(t)
	questions := all
	if !*learn { // one of five is enough to see a fault
		questions = nil
		for i := 0; i < len(all); i += 5 {
			questions = append(questions, all[i])
		}
	}
	searcher, edition, close := searcherOver(t, r)
	defer close()
	scores := map[string]eval.Score{}
	run := func(name string, search func(ctx context.Context, question string, k int) ([]store.Passage, error)) {
		scored, err := eval.Run(ctx, questions, func(ctx context.Context, question string, k int) ([]store.Passage, error) {
			found, err := search(ctx, question, 3*k)
			seen := map[int]bool{}
			var once []store.Passage
			for _, p := range found {
				if !seen[p.Paragraph] && len(once) < k {
					seen[p.Paragraph] = true
					once = append(once, p)
				}
			}
			return once, err
		})
		if err != nil {
			t.Fatal(err)
		}
		scores[name] = scored.Kinds["native"]
		t.Logf("%s: MRR@10 %.4f, recall@5 %.4f", name, scores[name].MRR, scores[name].Recall[5])
	}
	run("this", func(ctx context.Context, question string, k int) ([]store.Passage, error) {
		hits, err := searcher.Search(ctx, edition, question, k)
		var found []store.Passage
		for _, hit := range hits {
			found = append(found, hit.Passage)
		}
		return found, err
	})
	for _, tokenizer := range []string{eval.DefaultTokenizer, eval.PorterTokenizer} {
		plain, err := eval.NewPlain(ctx, r, tokenizer)
		if err != nil {
			t.Fatal(err)
		}
		defer plain.Close()
		run(tokenizer, plain.Search)
	}
	if scores["this"].MRR <= scores[eval.PorterTokenizer].MRR {
		t.Error("FTS5 with Porter's stems finds better")
	}
}
