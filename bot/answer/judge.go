package answer

import (
	"context"
	"fmt"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/store/text"
)

// candidate is a claim of a reply that will be shown, replaced by a quotation, or dropped.
type candidate struct {
	text     string
	cites    []int      // indexes of sources, valid ones
	repeats  *candidate // an earlier one with the same words and citations
	evidence []prompts.Source
	decided  bool
	shown    bool
	why      claim.Rule
	detail   string
}

// judgeTimeout bounds one call of the judge.
const judgeTimeout = 20 * time.Second

// askJudge asks the model for each claim whether its evidence supports it. question is
// the question that the claims answer, or empty.
func askJudge(ctx context.Context, r *retrier, question string, language text.Language, claims []prompts.JudgedClaim) (yes []bool, used Usage, err error) {
	messages, err := prompts.Judge(question, string(language), claims)
	if err != nil {
		return nil, Usage{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, judgeTimeout)
	defer cancel()
	said, used, err := r.reply(ctx, messages)
	if err != nil && said == "" {
		return nil, used, err
	}
	// In a truncated reply the missing verdicts are no.
	return prompts.ReadVerdicts(said, len(claims)), used, nil
}

// judge has the model decide on the claims of one reply, with all waiting claims in one
// call. Only the goroutine of the review may use it.
type judge struct {
	retrier     *retrier
	reportError func(error)
	question    string
	language    text.Language

	waiting  []*candidate
	underway int
	judged   chan judgeResult
	used     Usage
	failed   error // the first error; no calls follow
}

// judgeResult is the result of one call.
type judgeResult struct {
	candidates []*candidate
	yes        []bool
	used       Usage
	err        error
}

// maxJudged is the most claims in one call.
const maxJudged = 12

// send sends the waiting claims. During a call they wait for its end, except at the end
// of the reply.
func (j *judge) send(ctx context.Context, end bool) {
	for len(j.waiting) > 0 && (end || j.underway == 0) {
		n := min(len(j.waiting), maxJudged)
		candidates := j.waiting[:n:n]
		j.waiting = j.waiting[n:]
		j.underway++
		go func() {
			result := judgeResult{candidates: candidates}
			result.yes, result.used, result.err = j.call(ctx, candidates)
			j.judged <- result // the review reads all results before it ends
		}()
	}
}

// call asks the model for verdicts on candidates.
func (j *judge) call(ctx context.Context, candidates []*candidate) ([]bool, Usage, error) {
	claims := make([]prompts.JudgedClaim, len(candidates))
	for i, c := range candidates {
		claims[i] = prompts.JudgedClaim{Text: c.text, Evidence: c.evidence}
	}
	return askJudge(ctx, j.retrier, j.question, j.language, claims)
}

// apply applies the result of a call. After an error, no calls follow.
func (j *judge) apply(ctx context.Context, result judgeResult) {
	j.underway--
	j.used.Add(result.used)
	for i, c := range result.candidates {
		c.decided = true
		c.shown = result.err == nil && result.yes[i]
		c.detail = "the judge says that its sentences don't support it"
		if result.err != nil {
			c.detail = "the judge could not be asked"
		}
	}
	if result.err == nil || j.failed != nil {
		return
	}
	j.failed = result.err
	if ctx.Err() == nil {
		j.reportError(fmt.Errorf("the judge failed, so claims were replaced by quotations: %w", result.err))
	}
	j.giveUp()
}

// giveUp decides that the waiting claims are not shown.
func (j *judge) giveUp() {
	for _, c := range j.waiting {
		c.decided, c.detail = true, "the judge could not be asked"
	}
	j.waiting = nil
}
