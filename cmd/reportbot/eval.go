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
	"reportbot/bot/intent"
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
	engine, edition, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
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

// scoreMessages scores the reading of messages and conversations in a question set;
// nil if it has none.
func scoreMessages(ctx context.Context, e *engine, edition *store.Edition, set []byte, name string) (*eval.IntentScore, *eval.TurnScore, error) {
	messages, conversations, err := eval.ReadMessages(bytes.NewReader(set), name)
	if err != nil {
		return nil, nil, err
	}
	var intents *eval.IntentScore
	if len(messages) > 0 {
		intents = eval.ScoreIntents(messages, func(message string) string {
			return string(intent.Read(message, edition.Sections, false).Kind)
		})
	}
	if len(conversations) == 0 {
		return intents, nil, nil
	}
	turns := &eval.TurnScore{}
	for _, conversation := range conversations {
		if err := converse(ctx, e.answerer, edition, conversation, turns); err != nil {
			return nil, nil, err
		}
	}
	return intents, turns, nil
}

// maxEarlier is the most earlier exchanges that a question may follow.
const maxEarlier = 3

// converse runs one conversation as the chat does.
func converse(ctx context.Context, answerer *answer.Answerer, edition *store.Edition, conversation []eval.Turn, score *eval.TurnScore) error {
	var history []answer.Exchange
	for i, turn := range conversation {
		var reading eval.Reading
		if wish := intent.Read(turn.Text, edition.Sections, false); wish.Kind == intent.Question {
			earlier := history[max(0, len(history)-maxEarlier):]
			a, err := answerer.Ask(ctx, answer.Request{Question: wish.Text, Fallback: text.Vietnamese, History: earlier}, nil)
			if err != nil {
				return err
			}
			reading.Joined = a.Follows
			for _, claim := range a.Claims {
				reading.Quoted = append(reading.Quoted, claim.Sources...)
			}
			for _, hit := range a.Passages {
				reading.Passages = append(reading.Passages, hit.Text())
			}
			history = append(history, answer.Exchange{Question: wish.Text})
		}
		if i > 0 {
			score.Add(turn, reading)
		}
	}
	return nil
}
