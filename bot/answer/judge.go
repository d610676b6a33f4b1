package answer

import (
	"context"
	"fmt"
	"time"

	"reportbot/prompts"
	"reportbot/store/text"
)

// judgeTimeout bounds one call of the judge.
const judgeTimeout = 20 * time.Second

// WithJudge makes the model judge what code can't: whether a claim whose facts
// hold says what its sentences mean. Without it such a claim is not shown.
func WithJudge() Option {
	return func(a *Answerer) { a.judges = true }
}

// judge has the model decide on the claims of one reply, in calls that each
// carry all that wait. It belongs to the goroutine of the review.
type judge struct {
	answerer *Answerer
	task     Task
	waiting  []*item
	underway int
	verdicts chan judged
	used     Usage
	failed   error // it is not asked again
}

// judged is what came of one call.
type judged struct {
	items []*item
	yes   []bool
	used  Usage
	err   error
}

// mostJudged is how many claims one call carries.
const mostJudged = 12

// ask sends the claims that wait, unless a call is under way that they can be
// sent after. At the end of the reply nothing is waited for.
func (j *judge) ask(ctx context.Context, end bool) {
	for len(j.waiting) > 0 && (end || j.underway == 0) {
		n := min(len(j.waiting), mostJudged)
		items := j.waiting[:n:n]
		j.waiting = j.waiting[n:]
		j.underway++
		go func() {
			result := judged{items: items}
			result.yes, result.used, result.err = j.call(ctx, items)
			j.verdicts <- result // the review reads all before it ends
		}()
	}
}

// call asks the model for verdicts on items.
func (j *judge) call(ctx context.Context, items []*item) ([]bool, Usage, error) {
	claims := make([]prompts.JudgedClaim, len(items))
	for i, item := range items {
		claims[i] = prompts.JudgedClaim{Text: item.text, Evidence: item.evidence}
	}
	return j.answerer.Judge(ctx, j.task.Question, j.task.Language, claims)
}

// HasJudge reports whether the model judges claims.
func (a *Answerer) HasJudge() bool { return a.judges && a.model != nil }

// Judge has the model say of each claim whether its evidence supports it. question is
// what the claims answer, or empty. It must not be called without a judge. Whoever
// calls it counts what it takes.
func (a *Answerer) Judge(ctx context.Context, question string, language text.Language, claims []prompts.JudgedClaim) (yes []bool, used Usage, err error) {
	messages, err := prompts.Judge(question, string(language), claims)
	if err != nil {
		return nil, Usage{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, judgeTimeout)
	defer cancel()
	said, used, err := a.say(ctx, messages)
	if err != nil && said == "" {
		return nil, used, err
	}
	// A reply that broke off counts as far as it went: what is missing is no.
	return prompts.ReadVerdicts(said, len(claims)), used, nil
}

// settle takes in what came of a call. After a failure nothing more is asked.
func (j *judge) settle(ctx context.Context, result judged) {
	j.underway--
	j.used.Add(result.used)
	for i, item := range result.items {
		item.decided = true
		item.shown = result.err == nil && result.yes[i]
		item.detail = "the judge does not say that its sentences say so"
		if result.err != nil {
			item.detail = "the judge could not be asked"
		}
	}
	if result.err == nil || j.failed != nil {
		return
	}
	j.failed = result.err
	if ctx.Err() == nil {
		j.answerer.tell(fmt.Errorf("claims are not judged, and quoted instead: %w", result.err))
	}
	j.giveUp()
}

// giveUp decides that the claims that wait are not shown.
func (j *judge) giveUp() {
	for _, item := range j.waiting {
		item.decided, item.detail = true, "the judge could not be asked"
	}
	j.waiting = nil
}

// Evidence returns the sentences that a claim cites, with their neighbours in the
// paragraph, under their headings.
func Evidence(sources []Source, cited []int) []prompts.Source {
	wanted := map[int]bool{}
	for _, i := range cited {
		for n := i - 1; n <= i+1; n++ {
			if n >= 0 && n < len(sources) && sources[n].Paragraph == sources[i].Paragraph {
				wanted[n] = true
			}
		}
	}
	var groups []prompts.Source
	for i, s := range sources {
		if !wanted[i] {
			continue
		}
		if len(groups) == 0 || groups[len(groups)-1].Heading != s.Heading {
			groups = append(groups, prompts.Source{Heading: s.Heading})
		}
		group := &groups[len(groups)-1]
		group.Sentences = append(group.Sentences, prompts.Sentence{Text: s.Text})
	}
	return groups
}
