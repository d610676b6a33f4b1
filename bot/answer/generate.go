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

// generated is what was found for a question and what the model wrote over it.
type generated struct {
	found
	written *Written // nil: the model wasn't asked
	err     error    // the model's
	usage   Usage
	writing time.Duration
}

// generator finds passages and has the model write over them. known is called
// once, with what was found; passed with each claim. The error is the store's.
type generator func(ctx context.Context, known func(found), passed func(Claim)) (generated, error)

// generate searches for a question and has the model write over what is found. It
// must not be called without a model.
func (a *Answerer) generate(ctx context.Context, edition *store.Edition, q question, known func(found), passed func(Claim)) (generated, error) {
	f, err := a.find(ctx, edition, q, known)
	g := generated{found: f, usage: f.usage}
	if err == nil && len(f.hits) > 0 {
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
		g.written, g.err, g.writing = &written, err, time.Since(begun)
		g.usage.Add(written.Usage)
	}
	a.RecordUsage(ctx, q.Request, g.usage)
	return g, err
}

// finish fills in the answer from what the model wrote; if nothing of it can be
// shown, the answer is extractive.
func (answer *Answer) finish(ctx context.Context, g generated, concepts *retrieval.Concepts) {
	answer.found(g.hits)
	answer.Usage = g.usage
	answer.Took.Retrieval, answer.Took.Model = g.took.search, g.took.model+g.writing
	if g.written == nil { // nothing was found that the model could be shown
		answer.extract(g.found, concepts)
		return
	}
	answer.Mode, answer.Status = ByModel, Answered
	answer.Claims, answer.Rejected, answer.Cause = g.written.Claims, g.written.Rejected, g.err
	notice := NoticeOf(ctx, g.err)
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // something can be shown: it is incomplete
		} else if notice == NoNotice && g.written.Unjudged != nil {
			notice, answer.Cause = JudgeFailed, g.written.Unjudged
		} else if notice == NoNotice && !slices.ContainsFunc(answer.Claims, func(c Claim) bool { return !c.Quoted }) {
			notice = OnlyQuoted
		}
		answer.Notice = notice
	case g.err != nil:
		answer.extract(g.found, concepts)
		answer.Notice = notice
	case g.written.Refused:
		answer.refuse(g.found, concepts)
	default:
		answer.extract(g.found, concepts)
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
