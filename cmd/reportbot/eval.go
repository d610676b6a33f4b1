package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/console"
	"reportbot/retrieval/eval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

type evalCommand struct {
	Questions string `arg:"" help:"JSON lines with q, kind, gold, answer_any and footnotes."`
	JSON      bool   `name:"json" help:"Print one JSON object."`
	Compare   bool   `help:"Run plain FTS5 on the same passages too."`
}

// Run scores retrieval and the replies on a question set.
func (c *evalCommand) Run(env *environment, o *Options) error {
	set, err := os.ReadFile(c.Questions)
	if err != nil {
		return named(c.Questions, err)
	}
	questions, err := eval.ReadQuestions(bytes.NewReader(set), c.Questions)
	if err != nil {
		return err
	}
	engine, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
	edition, err := engine.store.Live(env.ctx)
	if err != nil {
		return err
	}
	var original *report.Report // if needed
	if c.Compare || eval.BySentence(questions) {
		if original, err = engine.store.Report(env.ctx, edition.ID); err != nil {
			return err
		}
	}
	if err := eval.Resolve(questions, original); err != nil {
		return fmt.Errorf("%s: %w", c.Questions, err)
	}
	ours, err := eval.Run(env.ctx, questions, func(ctx context.Context, question string, k int) ([]store.Passage, error) {
		hits, err := engine.searcher.Search(ctx, edition, question, k)
		found := make([]store.Passage, len(hits))
		for i, hit := range hits {
			found[i] = hit.Passage
		}
		return found, err
	})
	if err != nil {
		return err
	}
	replies, used, err := scoreReplies(env.ctx, engine.answerer, questions)
	if err != nil {
		return err
	}
	var plain *eval.Scores
	if c.Compare {
		if plain, err = comparePlain(env.ctx, original, questions); err != nil {
			return err
		}
	}
	scores := console.Eval(ours, replies, plain)
	intents, turns, err := scoreMessages(env.ctx, engine, edition, set, c.Questions)
	if err != nil {
		return err
	}
	scores.Intents, scores.Turns = console.Intents(intents), console.Conversations(turns)
	if engine.answerer.HasModel() {
		scores.Model = console.Cost(used, len(questions))
	}
	if c.JSON {
		return json.NewEncoder(env.out).Encode(scores)
	}
	return console.WriteEval(env.out, scores)
}

// scoreReplies answers all questions and scores the replies by kind. It also returns
// the model's usage.
func scoreReplies(ctx context.Context, answerer *answer.Answerer, questions []eval.Question) (map[string]*eval.AnswerScore, answer.Usage, error) {
	scores := map[string]*eval.AnswerScore{}
	var used answer.Usage
	for _, q := range questions {
		a, err := answerer.Ask(ctx, answer.Request{Question: q.Text, Fallback: text.Vietnamese}, nil)
		if err != nil {
			return nil, used, err
		}
		used.Add(a.Usage)
		reply := eval.Reply{Text: bot.AnswerText(a), Refused: a.Status == answer.NotInReport}
		for _, c := range a.Claims {
			reply.Claims = append(reply.Claims, c.Text)
		}
		for _, f := range a.Footnotes {
			reply.Footnotes = append(reply.Footnotes, f.N)
		}
		if scores[q.Kind] == nil {
			scores[q.Kind] = &eval.AnswerScore{}
		}
		scores[q.Kind].Add(q.Expected, reply)
	}
	return scores, used, nil
}

// comparePlain runs plain FTS5 over a report.
func comparePlain(ctx context.Context, r *report.Report, questions []eval.Question) (*eval.Scores, error) {
	plain, err := eval.NewPlain(ctx, r, eval.DefaultTokenizer)
	if err != nil {
		return nil, err
	}
	defer plain.Close()
	return eval.Run(ctx, questions, plain.Search)
}
