package answer

import (
	"context"
	"fmt"
	"time"

	"reportbot/prompts"
)

// RuleModel is why a claim was refused that the rules let pass and the model
// doesn't.
const RuleModel Rule = "model"

// secondTimeout bounds the call that checks one claim.
const secondTimeout = 15 * time.Second

// CheckedByModel makes the model itself check each claim that the rules let
// pass. What it doesn't say that the sources say is refused, also where it
// can't be asked.
func CheckedByModel() Option {
	return func(a *Answerer) { a.second = true }
}

// second is the second check of the claims of one reply.
type second struct {
	answerer *Answerer
	sources  []source
	language string
	used     Usage
	failed   bool // the model can't be asked: it isn't tried again
}

// check returns why a claim is refused, nothing if it passes.
func (s *second) check(ctx context.Context, claim Claim) string {
	const unasked = "the model could not be asked whether its sources say so"
	if s.failed {
		return unasked
	}
	said, err := s.ask(ctx, claim)
	if err != nil {
		s.failed = true
		if ctx.Err() == nil {
			s.answerer.tell(fmt.Errorf("CHECK=model: claims can't be checked and are not shown: %w", err))
		}
		return unasked
	}
	yes, clear := prompts.ReadVerdict(said)
	switch {
	case yes:
		return ""
	case clear:
		return "the model does not find it in its sources"
	}
	s.answerer.tell(fmt.Errorf("CHECK=model: a claim is not shown, since the model said neither yes nor no: %.80q", said))
	return "the model says neither yes nor no to it"
}

func (s *second) ask(ctx context.Context, claim Claim) (string, error) {
	messages, err := prompts.Check(claim.Text, s.language, s.sourcesOf(claim))
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, secondTimeout)
	defer cancel()
	said, used, err := s.answerer.say(ctx, messages)
	s.used.Add(used)
	return said, err
}

// sourcesOf returns the sentences that a claim cites as the prompt has them.
func (s *second) sourcesOf(claim Claim) []prompts.Source {
	var cited []prompts.Source
	for i, text := range claim.Sources {
		group := prompts.Source{Sentences: []prompts.Sentence{{Text: text}}}
		for _, source := range s.sources {
			if source.Text == text && source.Paragraph == claim.Paragraphs[i] {
				group.Heading = source.Heading
			}
		}
		cited = append(cited, group)
	}
	return cited
}
