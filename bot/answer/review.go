package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// item is a claim of a reply on its way to being shown, quoted or dropped.
type item struct {
	text     string
	cites    []int // indexes of sources, valid ones
	repeats  *item // an earlier one that says the same and cites the same
	evidence []prompts.Source
	decided  bool
	shown    bool
	why      claim.Rule
	detail   string
}

// review checks the claims of one reply and passes them on in order: shown in
// the model's words, or as the sentence that stands in their place. A claim that
// waits for the judge holds up those behind it.
type review struct {
	checker *claim.Checker
	sources []Source
	judge   *judge // nil: what code can't decide is not shown
	judged  int    // claims that were given to the judge
	items   []*item
	passed  func(Claim)

	written Written
	next    int // the first item that has not been passed on
	said    map[string]*item
	early   map[string]bool // words of claims that were passed on before a restart
}

// mostClaims is how many claims of a reply are judged: more than any answer has.
// For those behind them a sentence is quoted.
const mostClaims = 40

func newReview(a *Answerer, task Task, sources []Source, passed func(Claim)) *review {
	r := &review{sources: sources, passed: passed, said: map[string]*item{}, early: map[string]bool{}}
	r.checker = NewChecker(a.finder.Concepts(), task.Report, sources, task.Language)
	if a.judges {
		r.judge = &judge{answerer: a, task: task, verdicts: make(chan judged, mostClaims)}
	}
	return r
}

// NewChecker returns a checker of claims over sources.
func NewChecker(concepts *retrieval.Concepts, about claim.Report, sources []Source, language text.Language) *claim.Checker {
	checked := make([]claim.Source, len(sources))
	for i, s := range sources {
		checked[i] = claim.Source{Text: s.Text, Paragraph: s.Paragraph, Heading: s.Heading, Year: s.Year}
	}
	return claim.New(concepts, about, checked, language)
}

// take reads claims that the reply has finished.
func (r *review) take(ctx context.Context, claims []prompts.Claim) {
	for _, c := range claims {
		key := fmt.Sprint(c.Text, c.Cites)
		if first := r.said[key]; first != nil {
			r.items = append(r.items, &item{text: c.Text, repeats: first, decided: true})
			continue
		}
		r.said[key] = r.check(c)
		r.items = append(r.items, r.said[key])
	}
	if r.judge != nil {
		r.judge.ask(ctx, false)
	}
	r.emit(ctx)
}

// restart forgets the claims so far, which were thoughts, except for what was passed
// on. If the answer says one of those again, it is that one.
func (r *review) restart() {
	for _, c := range r.written.Claims {
		r.early[c.Text] = true
	}
	r.items, r.next = nil, 0
	clear(r.said)
	r.written.Rejected = slices.DeleteFunc(r.written.Rejected, func(rejected Rejected) bool { return !rejected.Quoted })
	if r.judge != nil {
		r.judge.waiting = nil
	}
}

// check decides on a claim as far as code can, and has the others wait.
func (r *review) check(c prompts.Claim) *item {
	cites := make([]int, len(c.Cites))
	for i, id := range c.Cites {
		cites[i] = id - 1
	}
	verdict := r.checker.Check(c.Text, cites)
	checked := &item{text: c.Text, cites: verdict.Cited, decided: true, why: verdict.Why, detail: verdict.Detail}
	switch {
	case verdict.Decision == claim.Shown:
		checked.shown = true
	case verdict.Decision == claim.Rejected || r.judge == nil:
	case r.judged == mostClaims:
		checked.why, checked.detail = claim.Judge, "it comes after the claims that one answer has judged"
	case r.judge.failed != nil:
		checked.why, checked.detail = claim.Judge, "the judge could not be asked"
	default:
		checked.why, checked.decided = claim.Judge, false
		checked.evidence = Evidence(r.sources, verdict.Cited)
		r.judge.waiting = append(r.judge.waiting, checked)
		r.judged++
	}
	return checked
}

// verdicts is where the judge's answers arrive; nil without a judge.
func (r *review) verdicts() <-chan judged {
	if r.judge == nil {
		return nil
	}
	return r.judge.verdicts
}

// settle takes in a verdict of the judge.
func (r *review) settle(ctx context.Context, result judged) {
	r.judge.settle(ctx, result)
	r.judge.ask(ctx, false)
	r.emit(ctx)
}

// finish has the rest judged and waits for it. When ctx ends, what is not decided
// by then is not shown.
func (r *review) finish(ctx context.Context) {
	if r.judge == nil {
		return
	}
	r.judge.ask(ctx, true)
	for r.judge.underway > 0 {
		r.settle(ctx, <-r.judge.verdicts) // its calls end with ctx
	}
	r.written.Usage.Add(r.judge.used)
	r.written.Unjudged = r.judge.failed
}

// emit passes on the claims that are decided, in order; none to somebody who has
// stopped the answer.
func (r *review) emit(ctx context.Context) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return
	}
	for ; r.next < len(r.items) && r.items[r.next].decided; r.next++ {
		it := r.items[r.next]
		switch {
		case it.repeats != nil:
			r.rejectRepeated(it, !it.repeats.shown && len(it.repeats.cites) > 0)
		case it.shown:
			before, repeated := r.shown(it.text)
			switch {
			case !repeated:
				r.show(r.claimOf(it))
			case r.early[it.text]:
				delete(r.early, it.text)
			default:
				r.rejectRepeated(it, before.Quoted)
			}
		default:
			r.replace(it)
		}
	}
}

// rejectRepeated rejects a claim of which the answer has the words already, or those
// that stand in its place: then quoted is set.
func (r *review) rejectRepeated(it *item, quoted bool) {
	r.reject(Rejected{Text: it.text, Why: claim.Citation, Detail: "another claim has said it", Quoted: quoted})
}

// shown returns the claim or quotation of these words, if there was one.
func (r *review) shown(words string) (Claim, bool) {
	i := slices.IndexFunc(r.written.Claims, func(c Claim) bool { return c.Text == words })
	if i < 0 {
		return Claim{}, false
	}
	return r.written.Claims[i], true
}

// replace quotes the cited sentence nearest to a claim that is not shown, once in
// an answer.
func (r *review) replace(it *item) {
	rejected := Rejected{Text: it.text, Why: it.why, Detail: it.detail, Quoted: len(it.cites) > 0}
	r.reject(rejected)
	if !rejected.Quoted {
		return
	}
	nearest := r.checker.Nearest(it.text, it.cites)
	s := r.sources[nearest]
	if _, has := r.shown(s.Text); has {
		return
	}
	r.show(Quote(s.Sentence, s.Paragraph, s.Entry))
}

func (r *review) reject(rejected Rejected) { r.written.Rejected = append(r.written.Rejected, rejected) }

func (r *review) show(c Claim) {
	r.written.Claims = append(r.written.Claims, c)
	if r.passed != nil {
		r.passed(c)
	}
}

// claimOf returns a claim with the footnotes of the sentences that it cites.
func (r *review) claimOf(it *item) Claim {
	shown := Claim{Text: it.text}
	for _, i := range it.cites {
		s := r.sources[i]
		shown.Sources = append(shown.Sources, s.Text)
		shown.Paragraphs = append(shown.Paragraphs, s.Paragraph)
		shown.onPage(s.Page)
		for _, n := range s.Footnotes {
			if !slices.Contains(shown.Footnotes, n) {
				shown.Footnotes = append(shown.Footnotes, n)
			}
		}
	}
	return shown
}
