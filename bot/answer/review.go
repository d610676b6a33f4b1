package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
)

// Written is the reviewed reply of a model on passages of a report.
type Written struct {
	Claims      []Claim // shown or quoted, in order
	Rejected    []Rejected
	NotInReport bool  // the reply says that the passages have no answer
	Unjudged    error // the judge's error; nil if there was none, or no need for it
	Usage       Usage // including the judge's
}

// review checks the claims of one reply and passes them on in order: in the model's
// words, or as the sentence quoted instead. A claim that waits for the judge delays
// those after it.
type review struct {
	checker    *claim.Checker
	sources    []Source
	judge      *judge // nil: claims that code can't decide on are not shown
	judged     int    // claims passed to the judge, without those that a restart dropped
	candidates []*candidate
	passed     func(Claim)

	written Written
	next    int // the first candidate that has not been passed on
	said    map[string]*candidate
	early   map[string]bool // words of claims that were passed on before a restart
}

// maxClaims is the most claims of a reply that are judged: more than any answer has.
// Later ones are replaced by quotations.
const maxClaims = 40

func newReview(checker *claim.Checker, sources []Source, judge *judge, passed func(Claim)) *review {
	return &review{checker: checker, sources: sources, judge: judge, passed: passed, said: map[string]*candidate{}, early: map[string]bool{}}
}

// take reviews claims once the reply has them in full.
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
		r.judge.send(ctx, false)
	}
	r.emit(ctx)
}

// restart drops the claims so far, which were the model's thoughts, except those that
// were passed on. If the answer repeats one of these, it isn't passed on again.
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
	r.judged = 0
}

// check decides on a claim if code can; otherwise the claim waits for the judge.
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
	case r.judged == maxClaims:
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

// judgeResults is the channel of the judge's results; nil without a judge.
func (r *review) judgeResults() <-chan judgeResult {
	if r.judge == nil {
		return nil
	}
	return r.judge.judged
}

// apply applies a result of the judge.
func (r *review) apply(ctx context.Context, result judgeResult) {
	r.judge.apply(ctx, result)
	r.judge.send(ctx, false)
	r.emit(ctx)
}

// finish has the remaining claims judged and waits for it. Claims that are undecided
// when ctx is cancelled are not shown.
func (r *review) finish(ctx context.Context) {
	if r.judge == nil {
		return
	}
	r.judge.send(ctx, true)
	for r.judge.underway > 0 {
		r.apply(ctx, <-r.judge.judged) // its calls return when ctx is cancelled
	}
	r.written.Usage.Add(r.judge.used)
	r.written.Unjudged = r.judge.failed
}

// emit passes on the decided claims, in order; none after a stop.
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

// rejectRepeated rejects a claim whose words the answer has already, or, with quoted,
// whose quotation it has.
func (r *review) rejectRepeated(c *candidate, quoted bool) {
	r.reject(Rejected{Text: c.text, Why: claim.Citation, Detail: "another claim has said it", Quoted: quoted})
}

// has returns the claim or quotation with these words, if there is one.
func (w *Written) has(words string) (Claim, bool) {
	i := slices.IndexFunc(w.Claims, func(c Claim) bool { return c.Text == words })
	if i < 0 {
		return Claim{}, false
	}
	return w.Claims[i], true
}

// replace quotes, for a claim that is not shown, the cited sentence nearest to it,
// unless the answer has it already.
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
		shown.addPage(s.Page)
		for _, n := range s.Footnotes {
			if !slices.Contains(shown.Footnotes, n) {
				shown.Footnotes = append(shown.Footnotes, n)
			}
		}
	}
	return shown
}
