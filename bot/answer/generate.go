package answer

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store"
)

const (
	// promptPassages is how many passages are considered for the prompt.
	promptPassages = 12
	// promptCharacters is how much of their text the model is shown: about
	// 1,200 tokens, of which recall gains little beyond.
	promptCharacters = 4000
	// promptExchanges is how many earlier exchanges of the chat it is shown.
	promptExchanges = 3
)

// generate asks the model and fills in the answer; when nothing of what it
// says can be shown, the answer is extractive.
func (a *Answerer) generate(ctx context.Context, request Request, answer *Answer, hits []retrieval.Hit, passed func(Claim)) {
	prompt := func(sources []prompts.Source) ([]openai.ChatCompletionMessage, error) {
		return prompts.Answer(prompts.Question{
			Text: request.Question, Language: string(answer.Language), Lines: request.Length.lines(),
			Earlier: earlier(request.History), Quoted: request.Quoted,
		}, sources)
	}
	written, err := a.Write(ctx, answer.Language, shownOf(hits), prompt, passed)
	answer.Mode, answer.Status = ByModel, Answered
	answer.Claims, answer.Rejected, answer.Usage, answer.Cause = written.Claims, written.Rejected, written.Usage, err
	notice := NoticeOf(ctx, err)
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // something can be shown: it is incomplete
		}
		answer.Notice = notice
	case err != nil:
		a.fall(answer, hits, notice, err)
	case written.Refused:
		answer.refuse(nearest(hits, expects(answer.Question, a.finder.Concepts())))
	default:
		a.fall(answer, hits, NothingSupported, nil)
	}
}

// earlier returns the last exchanges as the prompt has them.
func earlier(history []Exchange) []prompts.Exchange {
	var shown []prompts.Exchange
	for _, e := range history[max(0, len(history)-promptExchanges):] {
		shown = append(shown, prompts.Exchange{Question: e.Question, Answer: e.Answer})
	}
	return shown
}

// fall makes the answer extractive because of notice.
func (a *Answerer) fall(answer *Answer, hits []retrieval.Hit, notice Notice, cause error) {
	answer.extract(hits, a.finder.Concepts())
	answer.Notice, answer.Cause = notice, cause
}

// shownOf returns the passages that the model is shown: the nearest ones, in
// the report's order, so that what belongs together is read together.
func shownOf(hits []retrieval.Hit) []store.Passage {
	var chosen []store.Passage
	length := 0
	for _, hit := range hits {
		length += utf8.RuneCountInString(hit.Text())
		if len(chosen) > 0 && length > promptCharacters {
			break
		}
		chosen = append(chosen, hit.Passage)
	}
	slices.SortStableFunc(chosen, func(a, b store.Passage) int { return int(a.ID - b.ID) })
	return chosen
}
