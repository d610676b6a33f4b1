package main

import (
	"bytes"
	"context"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/retrieval/eval"
	"reportbot/store"
	"reportbot/store/text"
)

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
			return string(intent.Read(message, edition.Sections).Kind)
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

// mostEarlier is the most earlier exchanges that a question may follow.
const mostEarlier = 3

// converse runs one conversation as the chat does.
func converse(ctx context.Context, answerer *answer.Answerer, edition *store.Edition, conversation []eval.Turn, score *eval.TurnScore) error {
	var history []answer.Exchange
	for i, turn := range conversation {
		var reading eval.Reading
		if wish := intent.Read(turn.Text, edition.Sections); wish.Kind == intent.Question {
			earlier := history[max(0, len(history)-mostEarlier):]
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
