// Package summary sums up a report, or a part of it, in statements with the report's
// own footnotes.
//
// A language model writes it section by section. In a long section it first picks
// the important sentences of each piece (map) and then sums those up (reduce), so
// that it always reads the report's own words. Each statement passes the check of
// package answer. Without a model, and for a section of which no statement passed,
// the most important sentences are quoted.
//
// A summary is stored by edition, scope, length and language, and made once.
package summary

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/bot/inflight"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Length is the length of a summary.
type Length string

// The lengths.
const (
	Short  Length = "short"
	Medium Length = "medium"
	Long   Length = "long"
)

// statements is the most statements of a summary of the whole report, and of a
// section or topic. A medium summary quoted from a report about fills a message.
var statements = map[Length]struct{ whole, part int }{
	Short: {8, 4}, Medium: {16, 8}, Long: {32, 16},
}

// Request says what to sum up, and how. Without section and topic it is the whole
// report.
type Request struct {
	Section  string // a section's title
	Topic    string // in the person's words
	Length   Length
	Points   int // requested number of statements; 0: by the length
	Language text.Language
	// Chat and Person are the accounts for the tokens.
	Chat, Person string
	Group        bool
}

// maxPoints is the most statements that can be requested.
const maxPoints = 32

// quota returns the most statements of the summary.
func (r Request) quota() int {
	switch {
	case r.Points > 0:
		return min(r.Points, maxPoints)
	case r.Section == "" && r.Topic == "":
		return statements[r.Length].whole
	}
	return statements[r.Length].part
}

// size is the summary's length in its key.
func (r Request) size() string {
	if r.Points > 0 {
		return fmt.Sprintf("%d points", r.quota())
	}
	return string(r.Length)
}

// counted returns the request for counting its usage.
func (r Request) counted() answer.Request {
	return answer.Request{Chat: r.Chat, Person: r.Person, Group: r.Group}
}

// Summary is a summary of one edition. Its claims are the statements of all
// sections. Its status is NotInReport if the report says nothing about the topic.
type Summary struct {
	answer.Answer
	Sections []Section
}

// Section is the statements on one section of the report.
type Section struct {
	Title  string         `json:"title"`
	Mode   answer.Mode    `json:"mode"`
	Claims []answer.Claim `json:"claims"`
}

// Store is implemented by *store.Store.
type Store interface {
	Live(ctx context.Context) (*store.Edition, error)
	Body(ctx context.Context, edition int64) ([]store.Passage, error)
	Summary(ctx context.Context, key store.SummaryKey) ([]byte, error)
	SaveSummary(ctx context.Context, key store.SummaryKey, content []byte) error
}

// Writer is implemented by *answer.Answerer.
type Writer interface {
	HasModel() bool
	Write(ctx context.Context, task answer.Task, passages []store.Passage, passed func(answer.Claim)) (answer.Written, error)
	Cite(ctx context.Context, edition *store.Edition, claims []answer.Claim) ([]report.Footnote, error)
	// ReserveQuota counts a request and returns a notice if a limit is exceeded.
	ReserveQuota(ctx context.Context, request answer.Request) (answer.Notice, error)
	RecordUsage(ctx context.Context, request answer.Request, used answer.Usage)
}

// Maker makes summaries. It may be used from any goroutine.
type Maker struct {
	store   Store
	finder  answer.Finder
	writer  Writer
	running inflight.Group[store.SummaryKey, step, *Summary]
}

// New returns a Maker.
func New(s Store, finder answer.Finder, writer Writer) *Maker {
	return &Maker{store: s, finder: finder, writer: writer}
}

// Progress receives the number of finished steps and of all steps, in the goroutine
// that called Summarize.
type Progress func(done, of int)

// step is the progress of a summary.
type step struct{ done, of int }

// Summarize sums up the live edition. If the same summary is in progress, it waits for
// that one. The error is the store's, answer.ErrNoReport, or ctx's.
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
	own := *summary // the summary is shared
	if !m.writer.HasModel() {
		own.Notice = answer.NoModel
	}
	if own.Footnotes, err = m.writer.Cite(ctx, edition, own.Claims); err != nil {
		return nil, err
	}
	own.Took.Total = time.Since(begun)
	return &own, nil
}

// summarize returns the stored summary, or makes it. Over a daily limit it is made
// without the model.
func (m *Maker) summarize(ctx context.Context, edition *store.Edition, key store.SummaryKey, request Request, progress Progress) (*Summary, error) {
	if sections, found := m.cached(ctx, key); found {
		return newSummary(edition, request, sections), nil
	}
	over, err := m.writer.ReserveQuota(ctx, request.counted())
	if err != nil {
		return nil, err
	}
	if over != answer.NoNotice {
		made, err := m.make(ctx, edition, request, false, progress)
		if err == nil {
			made.Notice = over
		}
		return made, err
	}
	summary, _, err := m.running.Do(ctx, key, func(s step) { progress(s.done, s.of) }, func(ctx context.Context, report func(step)) (*Summary, error) {
		if sections, found := m.cached(ctx, key); found { // made meanwhile
			return newSummary(edition, request, sections), nil
		}
		made, err := m.make(ctx, edition, request, m.writer.HasModel(), func(done, of int) { report(step{done, of}) })
		if err == nil && made.complete() {
			// A summary that can't be stored will be made again.
			_ = m.cache(ctx, key, made.Sections)
		}
		return made, err
	})
	if errors.Is(err, inflight.ErrLeft) {
		return nil, ctx.Err()
	}
	return summary, err
}

// key returns the key of the requested summary.
func (m *Maker) key(edition *store.Edition, request Request) store.SummaryKey {
	scope := ""
	switch {
	case request.Topic != "":
		// A hash, since the words are a person's, and the summary remains when they delete their data.
		scope = fmt.Sprintf("topic %x", sha256.Sum256([]byte(strings.ToLower(text.Clean(request.Topic)))))
	case request.Section != "":
		scope = "section " + request.Section
	}
	mode := answer.Extractive
	if m.writer.HasModel() {
		mode = answer.ByModel
	}
	return store.SummaryKey{Edition: edition.ID, Scope: scope, Length: request.size(), Language: string(request.Language), Mode: string(mode)}
}

// make makes a new summary, with or without the model.
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
	m.writer.RecordUsage(ctx, request.counted(), w.usage) // also after a stop
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

// complete reports whether the summary is complete, so that it can be stored.
func (s *Summary) complete() bool { return s.Notice == answer.NoNotice && len(s.Sections) > 0 }

// bySection groups the statements of one part by the sections that they cite.
// Sections are in the report's order.
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

// cached returns the sections of a stored summary, false if there is none or it
// can't be read.
func (m *Maker) cached(ctx context.Context, key store.SummaryKey) ([]Section, bool) {
	content, err := m.store.Summary(ctx, key)
	if err != nil {
		return nil, false
	}
	var sections []Section
	if json.Unmarshal(content, &sections) != nil || len(sections) == 0 {
		return nil, false
	}
	return sections, true
}

// cache stores a summary, even if the request was cancelled meanwhile.
func (m *Maker) cache(ctx context.Context, key store.SummaryKey, sections []Section) error {
	content, err := json.Marshal(sections)
	if err != nil {
		return err
	}
	return m.store.SaveSummary(context.WithoutCancel(ctx), key, content)
}
