package answer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store"
)

// promptCharacters is the size of the passages in a prompt: about 1,200 tokens. More
// improves recall little.
const promptCharacters = 4000

// generation is the search results for a question and what the model wrote from them.
type generation struct {
	results
	written *Written // nil: the model wasn't asked
	err     error    // the model's
	usage   Usage
	writing time.Duration
}

// generator finds passages and has the model write from them. onFound is called once,
// with the search results; passed with each claim. The error is the store's.
type generator func(ctx context.Context, onFound func(results), passed func(Claim)) (generation, error)

// generate is a generator on w and finder. It must not be called without a model.
func generate(ctx context.Context, w *Writer, finder Finder, edition *store.Edition, q question, onFound func(results), passed func(Claim)) (generation, error) {
	rewrite := w.retrier.rewrite
	if w.retrier.paused() {
		rewrite = nil
	}
	f, err := find(ctx, finder, edition, q, rewrite, onFound)
	g := generation{results: f, usage: f.usage}
	if err != nil || len(f.hits) == 0 {
		return g, err
	}
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
	passages := make([]store.Passage, len(f.hits))
	for i, hit := range f.hits {
		passages[i] = hit.Passage
	}
	written, err := w.Write(ctx, task, upTo(passages, promptCharacters), passed)
	g.written, g.err, g.writing = &written, err, time.Since(begun)
	g.usage.Add(written.Usage)
	return g, nil
}

// finish fills in the answer from what the model wrote. Without claims to show, the
// answer is extractive.
func (answer *Answer) finish(ctx context.Context, g generation, length Length, concepts *retrieval.Concepts) {
	answer.setPassages(g.hits)
	answer.Usage = g.usage
	answer.Took.Retrieval, answer.Took.Model = g.took.search, g.took.model+g.writing
	if g.written == nil { // no passages for a prompt
		answer.extract(g.results, length, concepts)
		return
	}
	answer.Mode, answer.Status = ByModel, Answered
	answer.Claims, answer.Rejected, answer.Cause = g.written.Claims, g.written.Rejected, g.err
	notice := NoticeOf(ctx, g.err)
	switch {
	case len(answer.Claims) > 0:
		if notice != NoNotice && notice != Stopped {
			notice = ModelCut // incomplete, but with claims to show
		} else if notice == NoNotice && g.written.Unjudged != nil {
			notice, answer.Cause = JudgeFailed, g.written.Unjudged
		} else if notice == NoNotice && !slices.ContainsFunc(answer.Claims, func(c Claim) bool { return !c.Quoted }) {
			notice = OnlyQuoted
		}
		answer.Notice = notice
	case g.err != nil:
		answer.extract(g.results, length, concepts)
		answer.Notice = notice
	case g.written.NotInReport:
		answer.setNotInReport(g.results, concepts)
	default:
		answer.extract(g.results, length, concepts)
		answer.Notice = NothingSupported
	}
}
