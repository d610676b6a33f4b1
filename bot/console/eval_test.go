package console

import (
	"errors"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval/eval"
)

// scored has the scores of a question set, ours and those of plain FTS5.
var scored, plain = &eval.Scores{
	Questions: 48, AtBudget: .8125,
	Kinds: map[string]eval.Score{
		"fact":       {N: 24, Recall: map[int]float64{1: .5, 3: .75, 5: .875, 10: 1}, MRR: .625, NDCG: .75, AtBudget: .875, Recall5Interval: eval.Interval{.7, .95}, MRRInterval: eval.Interval{.5, .75}},
		"paraphrase": {N: 24, Recall: map[int]float64{1: 0, 3: 0, 5: .125, 10: .25}, MRR: .0625, NDCG: .125, AtBudget: .75, Recall5Interval: eval.Interval{0, .25}, MRRInterval: eval.Interval{0, .125}},
	},
}, &eval.Scores{Questions: 48, AtBudget: .5, Kinds: map[string]eval.Score{"fact": {N: 24, Recall: map[int]float64{1: .25}}}}

var replies = map[string]*eval.AnswerScore{"fact": {N: 24, Answer: .75, Footnotes: .5, Refused: .125, Notes: 2.25}}

func TestAnEvaluationIsPrintedAsTables(t *testing.T) {
	compared := Eval(scored, replies, plain)
	compared.Model = Cost(answer.Usage{PromptTokens: 48 * 900, CompletionTokens: 24 * 81, Calls: 60}, 48)
	for name, e := range map[string]EvalJSON{"eval": Eval(scored, replies, nil), "eval.compared": compared} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := WriteEval(&b, e); err != nil {
				t.Fatal(err)
			}
			mustBeGolden(t, name+".txt", b.String())
			mustBeGolden(t, name+".json", encoded(t, e))
		})
	}
	broken := errors.New("broken")
	if err := WriteEval(failing{broken}, Eval(scored, replies, plain)); !errors.Is(err, broken) {
		t.Errorf("an output that can't be written: %v", err)
	}
}
