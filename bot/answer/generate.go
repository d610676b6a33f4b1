package answer

import (
	"context"
	"slices"
	"unicode/utf8"

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
func (a *Answerer) generate(ctx context.Context, q question, f found, answer *Answer, passed func(Claim)) {
	asked := q.prompt()
	if q.follows {
		asked.Alone = f.alone
	}
	prompt := func(sources []prompts.Source) ([]message, error) { return prompts.Answer(asked, sources) }
	written, err := a.Write(ctx, answer.Language, shownOf(f.hits), prompt, passed)
	answer.Mode, answer.Status = ByModel, Answered
	answer.Claims, answer.Rejected, answer.Cause = written.Claims, written.Rejected, err
	answer.Usage.add(written.Usage)
	notice := NoticeOf(ctx, err)
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // something can be shown: it is incomplete
		}
		answer.Notice = notice
	case err != nil:
		a.fall(answer, f, notice, err)
	case written.Refused:
		answer.refuse(nearest(f.hits, f.expects(a.finder.Concepts())))
	default:
		a.fall(answer, f, NothingSupported, nil)
	}
}

// fall makes the answer extractive because of notice.
func (a *Answerer) fall(answer *Answer, f found, notice Notice, cause error) {
	answer.extract(f, a.finder.Concepts())
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
