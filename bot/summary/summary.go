// Package summary sums up a report, or a part of it, in statements that each
// carry the report's own footnotes.
//
// A language model writes it section by section. Of a long section it first
// picks what counts in each piece (map) and then writes over the sentences
// that it picked (reduce): what it reads is always the report's own words, and
// each statement passes the check of package answer. Without a model, and for
// a section of which nothing passed, the sentences that carry most are quoted.
//
// A summary is made once for an edition, scope, length and language, and kept.
package summary

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Length says how long a summary is to be.
type Length string

// The lengths.
const (
	Short  Length = "short"
	Medium Length = "medium"
	Long   Length = "long"
)

// statements is how many statements a summary has at most: of the whole
// report, and of a section or topic. A medium one of a report, in sentences of
// the report's own, about fills a message.
var statements = map[Length]struct{ whole, part int }{
	Short: {8, 4}, Medium: {16, 8}, Long: {32, 16},
}

// Request says what is to be summed up, and how. Without a section and a topic
// it is the whole report.
type Request struct {
	Section  string // the title of one
	Topic    string // in anybody's words
	Length   Length
	Points   int // how many statements are wished; 0: by the length
	Language text.Language
	// Chat and Person are the keys under which tokens are counted.
	Chat, Person string
}

// mostPoints is how many statements somebody may wish for.
const mostPoints = 32

// quota returns how many statements the summary has at most.
func (r Request) quota() int {
	switch {
	case r.Points > 0:
		return min(r.Points, mostPoints)
	case r.Section == "" && r.Topic == "":
		return statements[r.Length].whole
	}
	return statements[r.Length].part
}

// size names how long the summary is, as it is kept.
func (r Request) size() string {
	if r.Points > 0 {
		return fmt.Sprintf("%d points", r.quota())
	}
	return string(r.Length)
}

// counted is the request as it is counted.
func (r Request) counted() answer.Request { return answer.Request{Chat: r.Chat, Person: r.Person} }

// Summary is a summary of one edition. Its claims are the statements of all
// sections; it is an answer of status NotInReport where the report does not
// speak of the topic.
type Summary struct {
	answer.Answer
	Sections []Section
}

// Section is the statements that rest on one section of the report.
type Section struct {
	Title  string         `json:"title"`
	Mode   answer.Mode    `json:"mode"`
	Claims []answer.Claim `json:"claims"`
}

// Store is what summaries need of the store.
type Store interface {
	Live(ctx context.Context) (*store.Edition, error)
	Body(ctx context.Context, edition int64) ([]store.Passage, error)
	Kept
}

// Kept keeps the summaries that were made.
type Kept interface {
	Summary(ctx context.Context, key store.SummaryKey) ([]byte, error)
	SaveSummary(ctx context.Context, key store.SummaryKey, content []byte) error
}

// Writer is what summaries need of answering; *answer.Answerer is one.
type Writer interface {
	HasModel() bool
	Write(ctx context.Context, task answer.Task, passages []store.Passage, passed func(answer.Claim)) (answer.Written, error)
	Cite(ctx context.Context, edition *store.Edition, claims []answer.Claim) ([]report.Footnote, error)
	Counter
}

// Counter counts what people ask of the model.
type Counter interface {
	// Over counts a request and reports whether its person has come to a limit.
	Over(ctx context.Context, request answer.Request) (bool, error)
	Count(ctx context.Context, request answer.Request, used answer.Usage)
}

// Maker makes summaries. It may be used from any goroutine.
type Maker struct {
	store  Store
	finder answer.Finder
	writer Writer
	making makings
}

// New returns a Maker.
func New(s Store, finder answer.Finder, writer Writer) *Maker {
	return &Maker{store: s, finder: finder, writer: writer}
}

// Progress is told how many steps of how many are done, from the goroutine
// that called Summarize.
type Progress func(done, of int)

// Summarize sums up the live edition. Where the same is being made already it
// waits for that one. An error means that the store failed, that no report is
// loaded (answer.ErrNoReport), or that ctx ended.
func (m *Maker) Summarize(ctx context.Context, request Request, progress Progress) (*Summary, error) {
	begun := time.Now()
	edition, err := m.store.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, answer.ErrNoReport
	}
	if err != nil {
		return nil, err
	}
	key := m.key(edition, request)
	summary, err := m.summarize(ctx, edition, key, request, progress)
	if err != nil {
		return nil, err
	}
	own := *summary // others may have got the same
	if !m.writer.HasModel() {
		own.Notice = answer.NoModel
	}
	if own.Footnotes, err = m.writer.Cite(ctx, edition, own.Claims); err != nil {
		return nil, err
	}
	own.Took.Total = time.Since(begun)
	return &own, nil
}

// summarize returns the summary that is kept, or makes it. Who has come to a
// limit gets one that costs nothing.
func (m *Maker) summarize(ctx context.Context, edition *store.Edition, key store.SummaryKey, request Request, progress Progress) (*Summary, error) {
	if sections, found := m.kept(ctx, key); found {
		return newSummary(edition, request, sections), nil
	}
	over, err := m.writer.Over(ctx, request.counted())
	if err != nil {
		return nil, err
	}
	if over {
		made, err := m.make(ctx, edition, request, false, progress)
		if err == nil {
			made.Notice = answer.OverLimit
		}
		return made, err
	}
	return m.making.once(ctx, key, progress, func(progress Progress) (*Summary, error) {
		if sections, found := m.kept(ctx, key); found { // made meanwhile
			return newSummary(edition, request, sections), nil
		}
		made, err := m.make(ctx, edition, request, m.writer.HasModel(), progress)
		if err == nil && made.whole() {
			// What can't be kept is made again.
			_ = m.keep(ctx, key, made.Sections)
		}
		return made, err
	})
}

// key returns what requests for the same summary have in common.
func (m *Maker) key(edition *store.Edition, request Request) store.SummaryKey {
	scope := ""
	switch {
	case request.Topic != "":
		scope = "topic " + strings.ToLower(text.Clean(request.Topic))
	case request.Section != "":
		scope = "section " + request.Section
	}
	mode := answer.Extractive
	if m.writer.HasModel() {
		mode = answer.ByModel
	}
	return store.SummaryKey{Edition: edition.ID, Scope: scope, Length: request.size(), Language: string(request.Language), Mode: string(mode)}
}

// make makes a summary anew, by the model or without it.
func (m *Maker) make(ctx context.Context, edition *store.Edition, request Request, byModel bool, progress Progress) (*Summary, error) {
	parts, err := m.parts(ctx, edition, request)
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		s := newSummary(edition, request, nil)
		s.Status = answer.NotInReport
		return s, nil
	}
	begun := time.Now()
	w := &writing{Maker: m, request: request, report: claim.Report{Title: edition.Title, Date: edition.Date}, byModel: byModel, progress: progress}
	sections, err := w.write(ctx, parts)
	m.writer.Count(ctx, request.counted(), w.usage) // also where it was stopped
	if err != nil {
		return nil, err
	}
	s := newSummary(edition, request, sections)
	s.Notice, s.Cause, s.Rejected, s.Usage = w.notice, w.cause, w.rejected, w.usage
	if byModel {
		s.Took.Model = time.Since(begun)
	}
	return s, nil
}

func newSummary(edition *store.Edition, request Request, sections []Section) *Summary {
	s := &Summary{Sections: sections}
	s.Edition, s.Language = edition, request.Language
	s.Status, s.Mode = answer.Passages, answer.Extractive
	for _, section := range sections {
		s.Claims = append(s.Claims, section.Claims...)
		if section.Mode == answer.ByModel {
			s.Status, s.Mode = answer.Answered, answer.ByModel
		}
	}
	return s
}

// whole reports whether the summary is what it would be if it were made again.
func (s *Summary) whole() bool { return s.Notice == answer.NoNotice && len(s.Sections) > 0 }

// bySection puts statements of one part under the sections that they rest on,
// in the report's order where the model left it.
func bySection(p *part, mode answer.Mode, claims []answer.Claim) []Section {
	var sections []Section
	for _, claim := range claims {
		title := p.titles[claim.Paragraphs[0]]
		at := slices.IndexFunc(sections, func(s Section) bool { return s.Title == title })
		if at < 0 {
			at = len(sections)
			sections = append(sections, Section{Title: title, Mode: mode})
		}
		sections[at].Claims = append(sections[at].Claims, claim)
	}
	slices.SortStableFunc(sections, func(a, b Section) int {
		return a.Claims[0].Paragraphs[0] - b.Claims[0].Paragraphs[0]
	})
	return sections
}
