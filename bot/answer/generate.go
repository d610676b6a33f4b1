package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
)

const (
	// promptPassages is how many passages are considered for the prompt.
	promptPassages = 12
	// promptCharacters is how much of their text the model is shown: about
	// 1,200 tokens, of which recall gains little beyond.
	promptCharacters = 4000
)

// source is a sentence as the model was shown it.
type source struct {
	report.Sentence
	Paragraph int    // that it stands in, from 1
	Heading   string // section and date that stand above it in the prompt
	Year      int    // of dates without one; 0 unknown
}

// generate asks the model and fills in the answer; when nothing of what it
// says can be shown, the answer is extractive.
func (a *Answerer) generate(ctx context.Context, answer *Answer, hits []retrieval.Hit, passed func(Claim)) {
	shown, sources := sourcesOf(hits)
	messages, err := prompts.Answer(answer.Question, string(answer.Language), shown)
	if err != nil {
		a.fall(answer, hits, ModelRefused, err)
		return
	}
	checker := newChecker(answer.Language, sources, a.finder.Concepts())
	var reader prompts.Reader
	take := func(claims []prompts.Claim) {
		for _, c := range claims {
			claim, rejected := checker.check(c)
			if rejected != nil {
				answer.Rejected = append(answer.Rejected, *rejected)
				continue
			}
			answer.Claims = append(answer.Claims, claim)
			if passed != nil {
				passed(claim)
			}
		}
	}
	reply, err := a.model.Stream(ctx, messages, func(piece string) { take(reader.Write(piece)) })
	take(reader.Close(err == nil && reply.Finish == FinishStop))
	answer.Usage = Usage{reply.PromptTokens, reply.CompletionTokens, 1}
	answer.Mode, answer.Status = ByModel, Answered
	notice := NoNotice
	switch {
	case err != nil:
		notice, answer.Cause = noticeOf(ctx, err), err
	case reply.Finish != FinishStop:
		err = fmt.Errorf("%w: finish_reason %q", ErrCut, reply.Finish)
		notice, answer.Cause = ModelCut, err
	}
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // something can be shown: it is incomplete
		}
		answer.Notice = notice
	case err != nil:
		a.fall(answer, hits, notice, err)
	case reader.Refused():
		answer.refuse(nearest(hits, expects(answer.Question, a.finder.Concepts())))
	default:
		a.fall(answer, hits, NothingSupported, nil)
	}
}

// fall makes the answer extractive because of notice.
func (a *Answerer) fall(answer *Answer, hits []retrieval.Hit, notice Notice, cause error) {
	answer.extract(hits, a.finder.Concepts())
	answer.Notice, answer.Cause = notice, cause
}

func noticeOf(ctx context.Context, err error) Notice {
	var failed *ModelError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return Stopped
	case errors.Is(err, context.DeadlineExceeded):
		return ModelTimeout
	case errors.As(err, &failed) && failed.Status != 0:
		return ModelRefused
	case errors.Is(err, ErrCut):
		return ModelCut
	}
	return ModelUnreachable
}

// sourcesOf returns the sentences that the model is shown, as the prompt has
// them and by their number less one. The passages stand in the report's order,
// so that what belongs together is read together.
func sourcesOf(hits []retrieval.Hit) (shown []prompts.Source, sources []source) {
	var chosen []retrieval.Hit
	length := 0
	for _, hit := range hits {
		length += utf8.RuneCountInString(hit.Text())
		if len(chosen) > 0 && length > promptCharacters {
			break
		}
		chosen = append(chosen, hit)
	}
	slices.SortStableFunc(chosen, func(a, b retrieval.Hit) int { return int(a.ID - b.ID) })
	for _, hit := range chosen {
		heading := headingOf(hit)
		if len(shown) == 0 || shown[len(shown)-1].Heading != heading {
			shown = append(shown, prompts.Source{Heading: heading})
		}
		group := &shown[len(shown)-1]
		for _, s := range hit.Passage.Sentences {
			sources = append(sources, source{s, hit.Paragraph, heading, hit.Year})
			group.Sentences = append(group.Sentences, prompts.Sentence{ID: len(sources), Text: s.Text})
		}
	}
	return shown, sources
}

// headingOf says where a passage stands and which year its dates are in.
func headingOf(hit retrieval.Hit) string {
	parts := []string{}
	if hit.Section != "" {
		parts = append(parts, hit.Section)
	}
	switch {
	case hit.Entry != "":
		parts = append(parts, hit.Entry)
	case hit.Year != 0:
		parts = append(parts, strconv.Itoa(hit.Year))
	}
	return strings.Join(parts, " · ")
}
