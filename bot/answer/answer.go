// Package answer turns a question into an answer: it finds the passages, asks
// the model, lets only claims pass that the report supports, and adds the
// footnotes that stand behind them.
//
// Without a model, or when it fails, the answer is extractive: the nearest
// sentences in the report's own words.
package answer

import (
	"regexp"
	"slices"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
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

// Usage is what the model counted.
type Usage = model.Usage

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
	Passages []retrieval.Hit // nearest first, at most mostPassages
	// PassageIDs are of all passages that were found, nearest first.
	PassageIDs []int64
	Rejected   []Rejected
	Usage      Usage
	Took       Took
}

// mostPassages is how many passages an answer names.
const mostPassages = 5

// setPassages names the passages that were found.
func (answer *Answer) setPassages(hits []retrieval.Hit) {
	answer.Passages = hits[:min(mostPassages, len(hits))]
	for _, hit := range hits {
		answer.PassageIDs = append(answer.PassageIDs, hit.ID)
	}
}

var hasYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// Quote returns a sentence of the report as a claim; entry is the date of the
// timeline entry that it stands in, or empty.
func Quote(s report.Sentence, paragraph int, entry string) Claim {
	claim := Claim{Text: s.Text, Footnotes: s.Footnotes, Sources: []string{s.Text}, Paragraphs: []int{paragraph}, Quoted: true}
	if !hasYear.MatchString(s.Text) {
		claim.When = entry
	}
	claim.onPage(s.Page)
	return claim
}

// onPage adds the page of a source; 0 is none.
func (c *Claim) onPage(page int) {
	if page != 0 && !slices.Contains(c.Pages, page) {
		c.Pages = append(c.Pages, page)
	}
}
