package console

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"

	"reportbot/bot/answer"
	"reportbot/retrieval/eval"
)

// EvalJSON is what `eval --json` prints.
type EvalJSON struct {
	scoresJSON
	Answers   map[string]answerScoreJSON `json:"answers"`
	Model     *costJSON                  `json:"model,omitempty"` // if one is set
	PlainFTS5 *scoresJSON                `json:"plain_fts5,omitempty"`
	Intents   *intentJSON                `json:"intents,omitempty"`       // if the set has messages
	Turns     *conversationJSON          `json:"conversations,omitempty"` // if it has conversations
}

// scoresJSON is retrieval's score on a question set.
type scoresJSON struct {
	Questions    int                 `json:"questions"`
	Kinds        map[string]kindJSON `json:"kinds"`
	RecallBudget float64             `json:"recall_at_4000_chars"`
}

// kindJSON is retrieval's score on one kind of question.
type kindJSON struct {
	N         int                `json:"n"`
	Recall    map[string]float64 `json:"recall"` // by cutoff
	Recall5CI [2]float64         `json:"recall_5_interval"`
	MRR       float64            `json:"mrr"`
	MRRCI     [2]float64         `json:"mrr_interval"`
	NDCG      float64            `json:"ndcg"`
	Budget    float64            `json:"recall_at_4000_chars"`
}

// answerScoreJSON is the score of the replies to one kind of question.
type answerScoreJSON struct {
	N         int     `json:"n"`
	Answer    float64 `json:"answer"`
	Footnotes float64 `json:"footnotes"`
	Refused   float64 `json:"refused"`
	Notes     float64 `json:"footnotes_a_reply"`
	First     float64 `json:"first_sentence"` // share whose first sentence answers
	Claims    float64 `json:"sentences_a_reply"`
}

// costJSON is the model's average use for a question.
type costJSON struct {
	PromptTokens     float64 `json:"prompt_tokens_a_question"`
	CompletionTokens float64 `json:"completion_tokens_a_question"`
	Calls            float64 `json:"calls_a_question"`
}

// Cost returns the model's average use over n questions.
func Cost(used answer.Usage, n int) *costJSON {
	per := 1 / float64(max(1, n))
	return &costJSON{per * float64(used.PromptTokens), per * float64(used.CompletionTokens), per * float64(used.Calls)}
}

// Scores returns the JSON form of retrieval's scores.
func Scores(s *eval.Scores) scoresJSON {
	wire := scoresJSON{Questions: s.Questions, Kinds: map[string]kindJSON{}, RecallBudget: s.AtBudget}
	for kind, score := range s.Kinds {
		recall := map[string]float64{}
		for _, cutoff := range eval.Cutoffs {
			recall[strconv.Itoa(cutoff)] = score.Recall[cutoff]
		}
		wire.Kinds[kind] = kindJSON{score.N, recall, score.Recall5Interval, score.MRR, score.MRRInterval, score.NDCG, score.AtBudget}
	}
	return wire
}

// Eval returns the JSON form of an evaluation; plain may be nil.
func Eval(ours *eval.Scores, answers map[string]*eval.AnswerScore, plain *eval.Scores) EvalJSON {
	wire := EvalJSON{scoresJSON: Scores(ours), Answers: map[string]answerScoreJSON{}}
	for kind, score := range answers {
		wire.Answers[kind] = answerScoreJSON(*score)
	}
	if plain != nil {
		scores := Scores(plain)
		wire.PlainFTS5 = &scores
	}
	return wire
}

// WriteEval prints an evaluation as tables.
func WriteEval(out io.Writer, e EvalJSON) error {
	if err := writeMessages(out, e.Intents, e.Turns); err != nil || e.Questions == 0 && len(e.Answers) == 0 {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	writeScores(table, "retrieval", e.scoresJSON)
	if e.PlainFTS5 != nil {
		writeScores(table, "plain FTS5", *e.PlainFTS5)
	}
	fmt.Fprintln(table, "replies\tn\tanswer\tfirst\tfootnotes\trefused\tnotes\tsentences\t")
	for _, kind := range slices.Sorted(maps.Keys(e.Answers)) {
		s := e.Answers[kind]
		fmt.Fprintf(table, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f\t\n", kind, s.N, s.Answer, s.First, s.Footnotes, s.Refused, s.Notes, s.Claims)
	}
	if err := table.Flush(); err != nil || e.Model == nil {
		return err
	}
	_, err := fmt.Fprintf(out, "model: %.0f tokens in and %.0f out a question, in %.2f calls\n",
		e.Model.PromptTokens, e.Model.CompletionTokens, e.Model.Calls)
	return err
}

func writeScores(table io.Writer, name string, s scoresJSON) {
	fmt.Fprintf(table, "%s\tn\tR@1\tR@3\tR@5\t95%%\tR@10\tMRR\t95%%\tnDCG\tR@4,000\t\n", name)
	for _, kind := range slices.Sorted(maps.Keys(s.Kinds)) {
		k := s.Kinds[kind]
		fmt.Fprintf(table, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f-%.2f\t%.2f\t%.3f\t%.2f-%.2f\t%.3f\t%.2f\t\n", kind, k.N,
			k.Recall["1"], k.Recall["3"], k.Recall["5"], k.Recall5CI[0], k.Recall5CI[1], k.Recall["10"], k.MRR, k.MRRCI[0], k.MRRCI[1], k.NDCG, k.Budget)
	}
	fmt.Fprintf(table, "in 4,000 characters\t%d\t%.2f\t\n\t\n", s.Questions, s.RecallBudget)
}
