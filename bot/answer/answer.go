// Package answer answers questions: it finds passages, calls the model, checks each
// claim against the report, and adds the footnotes of the cited sentences.
//
// Without a model, or when it fails, the answer is extractive: verbatim quotations of
// the nearest sentences.
package answer

import (
	"slices"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Status is the kind of an answer.
type Status string

const (
	// Answered is a model's answer: claims that passed the check, and sentences quoted
	// instead of claims that failed it.
	Answered Status = "answered"
	// Passages is an extractive answer: the report's nearest sentences.
	Passages Status = "passages"
	// NotInReport means that the report has no answer.
	NotInReport Status = "not_in_report"
)

// Mode is the origin of the answer's wording.
type Mode string

// The modes: the language model, or the report itself.
const (
	ByModel    Mode = "model"
	Extractive Mode = "extractive"
)

// Notice is the reason why an answer is extractive or incomplete.
type Notice string

// The notices.
const (
	NoNotice         Notice = ""
	NoModel          Notice = "no_model"
	ModelUnreachable Notice = "model_unreachable"
	ModelTimeout     Notice = "model_timeout"
	ModelRefused     Notice = "model_refused" // the server answered with an error
	ModelPaused      Notice = "model_resting" // it wasn't called, after repeated failures
	ModelCut         Notice = "model_cut"     // the reply ended too early; what passed is shown
	NothingSupported Notice = "nothing_supported"
	OnlyQuoted       Notice = "only_quoted"  // each claim was replaced by the sentence it cites
	JudgeFailed      Notice = "judge_failed" // claims that needed a verdict were replaced by quotations
	OverLimit        Notice = "over_limit"   // the person has reached the daily limit
	GroupOverLimit   Notice = "group_over_limit"
	Stopped          Notice = "stopped" // by the person who asked
)

// Claim is one statement of an answer.
type Claim struct {
	Text      string
	Footnotes []int    // of the cited sentences, in order, each once
	Sources   []string // the cited sentences in full
	// Paragraphs are the paragraph numbers of the sources, one for each, from 1.
	Paragraphs []int
	Pages      []int // that the sources begin on, each once; none where the format has no pages
	// When is the date of a quoted sentence's timeline entry; empty without one, or if
	// the sentence has its own year.
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

// Usage is the model's token counts.
type Usage = model.Usage

// Took is the time spent on an answer and its parts.
type Took struct{ Total, Retrieval, Model time.Duration }

// Answer is the answer to one question, from one edition.
type Answer struct {
	Question  string
	Language  text.Language
	Edition   *store.Edition
	Status    Status
	Mode      Mode
	Notice    Notice
	Follows   bool  // the question was taken as a follow-up
	Cause     error // behind the notice, for the operator
	Claims    []Claim
	Footnotes []report.Footnote // that the claims mark, by number
	// Nearest are the sentences nearest to a question that the report does not answer,
	// and NearestNotes their footnotes; they are not part of the answer.
	Nearest      []Claim
	NearestNotes []report.Footnote
	// Absent are the question's words that the report lacks; set only for
	// NotInReport.
	Absent []string
	// Places is the number of sentences that match a question for a list, of which
	// Claims has some; 0 for other questions.
	Places   int
	Passages []retrieval.Hit // nearest first, at most maxPassages
	// PassageIDs are the ids of all passages found, nearest first.
	PassageIDs []int64
	Rejected   []Rejected
	Usage      Usage
	Took       Took
}

// maxPassages is the most passages in an answer.
const maxPassages = 5

// setPassages sets Passages and PassageIDs from the hits.
func (answer *Answer) setPassages(hits []retrieval.Hit) {
	answer.Passages = hits[:min(maxPassages, len(hits))]
	for _, hit := range hits {
		answer.PassageIDs = append(answer.PassageIDs, hit.ID)
	}
}

var hasYear = lazyregexp.New(`\b(?:19|20)\d\d\b`)

// Quote returns a sentence of the report as a claim; entry is the date of its timeline
// entry, or empty.
func Quote(s report.Sentence, paragraph int, entry string) Claim {
	claim := Claim{Text: s.Text, Footnotes: s.Footnotes, Sources: []string{s.Text}, Paragraphs: []int{paragraph}, Quoted: true}
	if !hasYear.MatchString(s.Text) {
		claim.When = entry
	}
	claim.addPage(s.Page)
	return claim
}

// addPage adds the page of a source, unless it is 0.
func (c *Claim) addPage(page int) {
	if page != 0 && !slices.Contains(c.Pages, page) {
		c.Pages = append(c.Pages, page)
	}
}
