package answer

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store"
)

const (
	// promptPassages is how many passages are considered for the prompt.
	promptPassages = 12
	// listedPassages is how many are considered for a question that asks for all
	// of a kind.
	listedPassages = 50
	// promptCharacters is how much of their text the model is shown: about
	// 1,200 tokens, of which recall gains little beyond.
	promptCharacters = 4000
	// promptExchanges is how many earlier exchanges of the chat it is shown.
	promptExchanges = 3
)

// draft is what is made of a question before it is an answer.
type draft struct {
	found
	written *Written // nil: the model wasn't asked
	err     error    // the model's
	usage   Usage
	writing time.Duration
}

// compose searches for a question and has the model write over what is found.
// known is called once there is something to fall back on. The error is the
// store's.
func (a *Answerer) compose(ctx context.Context, edition *store.Edition, q question, known func(found), passed func(Claim)) (draft, error) {
	f, err := a.find(ctx, edition, q, known)
	d := draft{found: f, usage: f.usage}
	if err == nil && a.model != nil && len(f.hits) > 0 {
		asked := q.prompt()
		asked.Report = string(reportLanguage(edition, f.hits))
		if q.follows {
			asked.Alone = f.alone
		}
		begun := time.Now()
		task := Task{
			Question: cmp.Or(f.alone, q.Question), Language: q.language,
			Report: claim.Report{Title: edition.Title, Date: edition.Date},
			Prompt: func(sources []prompts.Source) ([]model.Message, error) { return prompts.Answer(asked, sources) },
		}
		written, err := a.Write(ctx, task, shownOf(f.hits), passed)
		d.written, d.err, d.writing = &written, err, time.Since(begun)
		d.usage.Add(written.Usage)
	}
	a.Count(ctx, q.Request, d.usage)
	return d, err
}

// conclude fills in the answer from what the model wrote; when nothing of it
// can be shown, the answer is extractive.
func (answer *Answer) conclude(ctx context.Context, d draft, concepts *retrieval.Concepts) {
	answer.Mode, answer.Status = ByModel, Answered
	answer.Claims, answer.Rejected, answer.Cause = d.written.Claims, d.written.Rejected, d.err
	notice := NoticeOf(ctx, d.err)
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // something can be shown: it is incomplete
		} else if notice == NoNotice && d.written.Unjudged != nil {
			notice, answer.Cause = JudgeFailed, d.written.Unjudged
		} else if notice == NoNotice && !slices.ContainsFunc(answer.Claims, func(c Claim) bool { return !c.Quoted }) {
			notice = OnlyQuoted
		}
		answer.Notice = notice
	case d.err != nil:
		answer.extract(d.found, concepts)
		answer.Notice = notice
	case d.written.Refused:
		answer.refuse(d.found, concepts)
	default:
		answer.extract(d.found, concepts)
		answer.Notice = NothingSupported
	}
}

// shownOf returns the passages that the model is shown, nearest first.
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
	return chosen
}
