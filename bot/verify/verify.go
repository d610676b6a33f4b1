// Package verify checks a message against a report: for each sentence that states
// something, whether the report says so, contradicts it, or says nothing about it, with
// the sentence of the report.
//
// Code decides first, by the rules of package claim: a shortening of a sentence of the
// report is confirmed, and one with another number, date or name, a negation or an
// opposite is contradicted. On all others a language model decides, if there is a
// judge: it is asked whether the report says so, and whether it denies it.
package verify

import (
	"context"
	"errors"
	"slices"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Verdict is the result of checking a statement.
type Verdict string

// The verdicts.
const (
	Says        Verdict = "says"
	Contradicts Verdict = "contradicts"
	Silent      Verdict = "silent"
)

// Statement is a sentence of a message with its verdict.
type Statement struct {
	Text    string // as it was written
	Verdict Verdict
	// Source is the report's sentence that decides; for Silent the nearest one. It has
	// no text if no sentence is near.
	Source  answer.Claim
	ByModel bool   // the model decided; a Silent without it means that code could not decide
	Detail  string // the reason, for debugging
}

// Result is a checked message. Its claims are the statements' sources, each once.
type Result struct {
	answer.Answer
	Statements []Statement
	LeftOut    int // sentences that state nothing
	Unchecked  int // sentences after the first MaxChecked
}

// MaxChecked is the most statements of a message that are checked.
const MaxChecked = 12

// Request is a message to check.
type Request struct {
	Text string
	// Language is of the reply.
	Language     text.Language
	Group        bool
	Chat, Person string // for which usage is counted
}

func (r Request) counted() answer.Request {
	return answer.Request{Chat: r.Chat, Person: r.Person, Group: r.Group}
}

// Finder searches an edition; *retrieval.Searcher implements it.
type Finder interface {
	Search(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, error)
}

// Answerer is implemented by *answer.Answerer.
type Answerer interface {
	HasModel() bool
	HasJudge() bool
	NewChecker(about claim.Report, sources []answer.Source, language text.Language) *claim.Checker
	Judge(ctx context.Context, question string, language text.Language, claims []prompts.JudgedClaim) ([]bool, answer.Usage, error)
	Cite(ctx context.Context, edition *store.Edition, claims []answer.Claim) ([]report.Footnote, error)
	ReserveQuota(ctx context.Context, request answer.Request) (answer.Notice, error)
	RecordUsage(ctx context.Context, request answer.Request, used answer.Usage)
}

// Editions reads the live edition; *store.Store implements it.
type Editions interface {
	Live(ctx context.Context) (*store.Edition, error)
}

// Verifier checks messages. It may be used from any goroutine.
type Verifier struct {
	editions Editions
	finder   Finder
	answerer Answerer
}

// New returns a Verifier.
func New(editions Editions, finder Finder, answerer Answerer) *Verifier {
	return &Verifier{editions, finder, answerer}
}

// Verify checks a message against the live edition. known, if not nil, is called once
// with code's decisions before the model decides on the rest. The error is the store's,
// answer.ErrNoReport, or ctx's.
func (v *Verifier) Verify(ctx context.Context, request Request, known func(*Result)) (*Result, error) {
	begun := time.Now()
	edition, err := v.editions.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, answer.ErrNoReport
	}
	if err != nil {
		return nil, err
	}
	r := &Result{}
	r.Question, r.Language, r.Edition = request.Text, request.Language, edition
	r.Status, r.Mode = answer.Passages, answer.Extractive
	over, err := v.answerer.ReserveQuota(ctx, request.counted())
	if err != nil {
		return nil, err
	}
	var checks []*check
	for _, s := range Sentences(request.Text) {
		switch {
		case !s.States:
			r.LeftOut++
		case len(checks) == MaxChecked:
			r.Unchecked++
		default:
			c, err := v.check(ctx, edition, s)
			if err != nil {
				return nil, err
			}
			checks = append(checks, c)
		}
	}
	r.Took.Retrieval = time.Since(begun)
	switch {
	case !v.answerer.HasModel():
		r.Notice = answer.NoModel
	case over != answer.NoNotice:
		r.Notice = over
	case v.answerer.HasJudge():
		if err := v.ask(ctx, request, r, checks, known); err != nil {
			return nil, err
		}
	}
	r.conclude(checks)
	if r.Footnotes, err = v.answerer.Cite(context.WithoutCancel(ctx), edition, r.Claims); err != nil {
		return nil, err
	}
	r.Took.Total = time.Since(begun)
	return r, nil
}

// conclude fills in the statements, and their sources as claims.
func (r *Result) conclude(checks []*check) {
	r.Statements, r.Claims, r.PassageIDs, r.Passages = nil, nil, nil, nil
	for _, c := range checks {
		s := c.conclusion()
		r.Statements = append(r.Statements, s)
		if s.ByModel {
			r.Mode, r.Status = answer.ByModel, answer.Answered
		}
		for _, hit := range c.hits {
			if !slices.Contains(r.PassageIDs, hit.ID) {
				r.PassageIDs = append(r.PassageIDs, hit.ID)
			}
		}
		if s.Source.Text != "" && !slices.ContainsFunc(r.Claims, func(c answer.Claim) bool { return c.Text == s.Source.Text }) {
			r.Claims = append(r.Claims, s.Source)
		}
	}
}
