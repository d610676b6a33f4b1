// Package answer turns a question into an answer: it finds the passages, asks
// the model, lets only claims pass that the report supports, and adds the
// footnotes that stand behind them.
//
// Without a model, or when it fails, the answer is extractive: the nearest
// sentences in the report's own words.
package answer

import (
	"context"
	"errors"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Status says what kind of answer it is.
type Status string

const (
	// Answered is a model's answer: claims that passed the check, and sentences
	// quoted in the place of others.
	Answered Status = "answered"
	// Passages is the report's nearest sentences, shown as such.
	Passages Status = "passages"
	// NotInReport means that the report holds no answer.
	NotInReport Status = "not_in_report"
)

// Mode says who worded the answer.
type Mode string

// The modes: the language model, or the report itself.
const (
	ByModel    Mode = "model"
	Extractive Mode = "extractive"
)

// Notice says why an answer is extractive or incomplete.
type Notice string

// The notices; the empty one says nothing.
const (
	NoNotice         Notice = ""
	NoModel          Notice = "no_model"
	ModelUnreachable Notice = "model_unreachable"
	ModelTimeout     Notice = "model_timeout"
	ModelRefused     Notice = "model_refused" // the server answered with an error
	ModelResting     Notice = "model_resting" // it has failed too often and wasn't asked
	ModelCut         Notice = "model_cut"     // the reply ended too early; what passed is shown
	NothingSupported Notice = "nothing_supported"
	OnlyQuoted       Notice = "only_quoted"  // each claim was replaced by the sentence it cites
	JudgeFailed      Notice = "judge_failed" // what had to be judged is quoted instead
	OverLimit        Notice = "over_limit"   // the person has come to the day's limit
	GroupOverLimit   Notice = "group_over_limit"
	Stopped          Notice = "stopped" // by the person who asked
)

// Claim is one statement of an answer.
type Claim struct {
	Text      string
	Footnotes []int    // of the cited sentences, in order, each once
	Sources   []string // the cited sentences, whole
	// Paragraphs are where the sources stand, one for each, from 1.
	Paragraphs []int
	Pages      []int // that the sources begin on, each once; none where the format has no pages
	// When is the date of the timeline entry that a quoted sentence stands in,
	// where the sentence itself doesn't say its year; else empty.
	When string
	// Quoted is set if Text is a sentence of the report, verbatim.
	Quoted bool
}

// Rejected is a claim of the model's that was not shown.
type Rejected struct {
	Text   string
	Why    claim.Rule
	Detail string
	Quoted bool // a sentence of the report is quoted in its place
}

// Took is how long the answer took, and its parts.
type Took struct{ Total, Retrieval, Model time.Duration }

// Answer is the answer to one question, from one edition.
type Answer struct {
	Question  string
	Language  text.Language
	Edition   *store.Edition
	Status    Status
	Mode      Mode
	Notice    Notice
	Follows   bool  // the question was read as going on from the one before
	Cause     error // behind the notice, for the operator
	Claims    []Claim
	Footnotes []report.Footnote // that the claims mark, by number
	// Nearest are the report's sentences nearest to a question that it does not
	// answer, and NearestNotes what they mark; they are no part of the answer.
	Nearest      []Claim
	NearestNotes []report.Footnote
	// Absent are the question's words that the report lacks; set only for
	// NotInReport.
	Absent []string
	// Places counts all sentences that match a question for a list; Claims holds
	// some of them. It is 0 for other questions.
	Places   int
	Passages []retrieval.Hit // nearest first, at most ShownPassages
	Found    []int64         // the ids of all passages that were found, nearest first
	Rejected []Rejected
	Usage    Usage
	Took     Took

	length Length // that was asked for
}

// ShownPassages is how many passages an answer names.
const ShownPassages = 5

// ErrNoReport means that the store has no live edition.
var ErrNoReport = errors.New("no report is loaded")

// Finder is what answering needs of retrieval.
type Finder interface {
	Search(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, error)
	// SearchParts is Search with what each part of a question finds by itself.
	SearchParts(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, []retrieval.Part, error)
	// SearchFollowUp is Search for a question that goes on from an earlier one.
	SearchFollowUp(ctx context.Context, edition *store.Edition, earlier, question string, k int) ([]retrieval.Hit, error)
	// Absence says whether an edition speaks of what a question asks; hits are
	// what was found for it.
	Absence(ctx context.Context, edition *store.Edition, question string, hits []retrieval.Hit) (retrieval.Absence, error)
	// Concepts returns the word list, by which claims and sources are compared.
	Concepts() *retrieval.Concepts
}

// Editions is what answering needs of the store.
type Editions interface {
	Live(ctx context.Context) (*store.Edition, error)
	Footnote(ctx context.Context, edition int64, n int) (report.Footnote, error)
}

// Answerer answers questions. It may be used from any goroutine.
type Answerer struct {
	editions Editions
	finder   Finder
	model    Model // nil: extractive answers only

	retrier    retrier
	promptSize promptSize
	sharing    *sharing // nil: every question is answered by itself
	judges     bool     // the model judges what code can't
	ledger     Ledger   // nil: nothing is counted
	limits     Limits
	tell       func(error)
}

// Option changes how an Answerer works.
type Option func(*Answerer)

// WithSharedAnswers makes an Answerer fit for many people at once: a model that keeps
// failing is left alone for a while, and a question that was answered, or is
// being answered to somebody else, costs no second call.
func WithSharedAnswers() Option {
	return func(a *Answerer) {
		a.retrier.restAfterFailures()
		a.sharing = newSharing()
	}
}

// WithErrorHandler passes errors that no answer shows to tell, for the operator. It must be safe to call from any goroutine.
func WithErrorHandler(tell func(error)) Option {
	return func(a *Answerer) { a.tell = tell }
}

// New returns an Answerer; model may be nil.
func New(editions Editions, finder Finder, model Model, options ...Option) *Answerer {
	a := &Answerer{editions: editions, finder: finder, model: model, retrier: newRetrier(), tell: func(error) {}}
	for _, option := range options {
		option(a)
	}
	return a
}

// HasModel reports whether a language model is set.
func (a *Answerer) HasModel() bool { return a.model != nil }
