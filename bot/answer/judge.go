package answer

import (
	"context"
	"fmt"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/store/text"
)

// candidate is a claim of a reply on its way to being shown, quoted or dropped.
type candidate struct {
	text     string
	cites    []int      // indexes of sources, valid ones
	repeats  *candidate // an earlier one that says the same and cites the same
	evidence []prompts.Source
	decided  bool
	shown    bool
	why      claim.Rule
	detail   string
}

// judgeTimeout bounds one call of the judge.
const judgeTimeout = 20 * time.Second

// askJudge has the model say of each claim whether its evidence supports it. question is
// what the claims answer, or empty.
func askJudge(ctx context.Context, r *retrier, question string, language text.Language, claims []prompts.JudgedClaim) (yes []bool, used Usage, err error) {
	messages, err := prompts.Judge(question, string(language), claims)
	if err != nil {
		return nil, Usage{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, judgeTimeout)
	defer cancel()
	said, used, err := r.say(ctx, messages)
	if err != nil && said == "" {
		return nil, used, err
	}
	// A reply that broke off counts as far as it went: what is missing is no.
	return prompts.ReadVerdicts(said, len(claims)), used, nil
}

// judge has the model decide on the claims of one reply, in calls that each
// carry all that wait. It belongs to the goroutine of the review.
type judge struct {
	retrier     *retrier
	reportError func(error)
	question    string
	language    text.Language

	waiting  []*candidate
	underway int
	verdicts chan judged
	used     Usage
	failed   error // it is not asked again
}

// judged is what came of one call.
type judged struct {
	candidates []*candidate
	yes        []bool
	used       Usage
	err        error
}

// mostJudged is how many claims one call carries.
const mostJudged = 12

// ask sends the claims that wait, unless a call is under way that they can be
// sent after. At the end of the reply nothing is waited for.
func (j *judge) ask(ctx context.Context, end bool) {
	for len(j.waiting) > 0 && (end || j.underway == 0) {
		n := min(len(j.waiting), mostJudged)
		candidates := j.waiting[:n:n]
		j.waiting = j.waiting[n:]
		j.underway++
		go func() {
			result := judged{candidates: candidates}
			result.yes, result.used, result.err = j.call(ctx, candidates)
			j.verdicts <- result // the review reads all before it ends
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

// settle takes in what came of a call. After a failure nothing more is asked.
func (j *judge) settle(ctx context.Context, result judged) {
	j.underway--
	j.used.Add(result.used)
	for i, c := range result.candidates {
		c.decided = true
		c.shown = result.err == nil && result.yes[i]
		c.detail = "the judge does not say that its sentences say so"
		if result.err != nil {
			c.detail = "the judge could not be asked"
		}
	}
	if result.err == nil || j.failed != nil {
		return
	}
	j.failed = result.err
	if ctx.Err() == nil {
		j.reportError(fmt.Errorf("claims are not judged, and quoted instead: %w", result.err))
	}
	j.giveUp()
}

// giveUp decides that the claims that wait are not shown.
func (j *judge) giveUp() {
	for _, c := range j.waiting {
		c.decided, c.detail = true, "the judge could not be asked"
	}
	j.waiting = nil
}
