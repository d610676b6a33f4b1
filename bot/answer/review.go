package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
)

// Written is what a model wrote over passages of a report.
type Written struct {
	Claims      []Claim // shown or quoted, in order
	Rejected    []Rejected
	NotInReport bool  // it said that the passages hold no answer
	Unjudged    error // why the judge could not be asked; nil if it could, or didn't have to be
	Usage       Usage // of the judge too
}

// review checks the claims of one reply and passes them on in order: shown in
// the model's words, or as the sentence that stands in their place. A claim that
// waits for the judge holds up those behind it.
type review struct {
	checker    *claim.Checker
	sources    []Source
	judge      *judge // nil: what code can't decide is not shown
	judged     int    // claims that were given to the judge
	candidates []*candidate
	passed     func(Claim)

	written Written
	next    int // the first candidate that has not been passed on
	said    map[string]*candidate
	early   map[string]bool // words of claims that were passed on before a restart
}

// mostClaims is how many claims of a reply are judged: more than any answer has.
// For those behind them a sentence is quoted.
const mostClaims = 40

func newReview(checker *claim.Checker, sources []Source, judge *judge, passed func(Claim)) *review {
	return &review{checker: checker, sources: sources, judge: judge, passed: passed, said: map[string]*candidate{}, early: map[string]bool{}}
}

// take reads claims that the reply has finished.
func (r *review) take(ctx context.Context, claims []prompts.Claim) {
	for _, c := range claims {
		key := fmt.Sprint(c.Text, c.Cites)
		if first := r.said[key]; first != nil {
			r.candidates = append(r.candidates, &candidate{text: c.Text, repeats: first, decided: true})
			continue
		}
		r.said[key] = r.check(c)
		r.candidates = append(r.candidates, r.said[key])
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
	r.candidates, r.next = nil, 0
	clear(r.said)
	r.written.Rejected = slices.DeleteFunc(r.written.Rejected, func(rejected Rejected) bool { return !rejected.Quoted })
	if r.judge != nil {
		r.judge.waiting = nil
	}
}

// check decides on a claim as far as code can, and has the others wait.
func (r *review) check(c prompts.Claim) *candidate {
	cites := make([]int, len(c.Cites))
	for i, id := range c.Cites {
		cites[i] = id - 1
	}
	verdict := r.checker.Check(c.Text, cites)
	checked := &candidate{text: c.Text, cites: verdict.Cited, decided: true, why: verdict.Why, detail: verdict.Detail}
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
	for ; r.next < len(r.candidates) && r.candidates[r.next].decided; r.next++ {
		c := r.candidates[r.next]
		switch {
		case c.repeats != nil:
			r.rejectRepeated(c, !c.repeats.shown && len(c.repeats.cites) > 0)
		case c.shown:
			before, repeated := r.written.has(c.text)
			switch {
			case !repeated:
				r.show(r.claimOf(c))
			case r.early[c.text]:
				delete(r.early, c.text)
			default:
				r.rejectRepeated(c, before.Quoted)
			}
		default:
			r.replace(c)
		}
	}
}

// rejectRepeated rejects a claim of which the answer has the words already, or those
// that stand in its place: then quoted is set.
func (r *review) rejectRepeated(c *candidate, quoted bool) {
	r.reject(Rejected{Text: c.text, Why: claim.Citation, Detail: "another claim has said it", Quoted: quoted})
}

// has returns the claim or quotation of these words, if there is one.
func (w *Written) has(words string) (Claim, bool) {
	i := slices.IndexFunc(w.Claims, func(c Claim) bool { return c.Text == words })
	if i < 0 {
		return Claim{}, false
	}
	return w.Claims[i], true
}

// replace quotes the cited sentence nearest to a claim that is not shown, once in
// an answer.
func (r *review) replace(c *candidate) {
	rejected := Rejected{Text: c.text, Why: c.why, Detail: c.detail, Quoted: len(c.cites) > 0}
	r.reject(rejected)
	if !rejected.Quoted {
		return
	}
	nearest := r.checker.Nearest(c.text, c.cites)
	s := r.sources[nearest]
	if _, has := r.written.has(s.Text); has {
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
func (r *review) claimOf(c *candidate) Claim {
	shown := Claim{Text: c.text}
	for _, i := range c.cites {
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
