package answer

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/prompts"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Source is a sentence as the model is shown it.
type Source struct {
	report.Sentence
	Paragraph int    // that it stands in, from 1
	Heading   string // section and date that stand above it in the prompt
	Year      int    // of dates without one; 0 unknown
	Entry     string // date of the timeline entry that it stands in; empty for none
}

// Written is what a model wrote over passages of a report.
type Written struct {
	Claims   []Claim // shown or quoted, in order
	Rejected []Rejected
	Refused  bool  // it said that the passages hold no answer
	Unjudged error // why the judge could not be asked; nil if it could, or didn't have to be
	Usage    Usage // of the judge too
}

// Task is what the model is to write.
type Task struct {
	Question string // that it answers; empty for a summary
	Language text.Language
	Report   claim.Report
	Prompt   Prompt
}

// Prompt makes the messages that ask for something over sources.
type Prompt func(sources []prompts.Source) ([]model.Message, error)

// Write has the model write over passages, nearest first. Where they
// are too long for it, it is shown the nearer half of them. Each claim is checked
// against the sentences of the passages. Where it does not pass, the report's
// sentence that it cites is quoted in its place. passed, if not nil, is called
// with each claim or quotation, in order, from the calling goroutine. A model that fails before
// anything has passed is asked again where that may help. What had passed
// before an error is returned with it; a reply that the model did not end is
// model.ErrCut. It must not be called without a model. Whoever calls it counts what it
// takes, see ReserveQuota and RecordUsage.
func (a *Answerer) Write(ctx context.Context, task Task, passages []store.Passage, passed func(Claim)) (Written, error) {
	ctx, cancel := context.WithTimeout(ctx, a.retrier.wait+writeTimeout)
	defer cancel()
	passages = a.promptSize.fit(passages)
	var used Usage
	for cut := false; ; cut = true {
		shown, sources := SourcesOf(passages)
		messages, err := task.Prompt(shown)
		if err != nil {
			return Written{}, err
		}
		written, err := a.retrier.run(ctx, func() (Written, error) { return a.write(ctx, task, sources, messages, passed) })
		used.Add(written.Usage)
		written.Usage = used
		half := halved(passages)
		if !model.TooLong(err) || len(written.Claims) > 0 || half == nil {
			if cut && err == nil {
				a.promptSize.learn(passages)
			}
			return written, err
		}
		passages = half
	}
}

// write has the model reply once. The reply is read in a goroutine of its own, so
// that verdicts of the judge are passed on while the model writes.
func (a *Answerer) write(ctx context.Context, task Task, sources []Source, messages []model.Message, passed func(Claim)) (Written, error) {
	r := newReview(a, task, sources, passed)
	pieces, ended := make(chan string), make(chan streamed, 1)
	go func() {
		var end streamed
		defer func() {
			end.panicked = recover() // it goes on in the goroutine that waits
			ended <- end
		}()
		end.used, end.err = a.model.Stream(ctx, messages, func(piece string) { pieces <- piece })
	}()
	var reader prompts.Reader
	for {
		select {
		case piece := <-pieces:
			claims := reader.Write(piece)
			if reader.Restarted() {
				r.restart()
			}
			r.take(ctx, claims)
		case verdict := <-r.verdicts():
			r.settle(ctx, verdict)
		case end := <-ended:
			if end.panicked != nil {
				panic(end.panicked)
			}
			r.take(ctx, reader.Close(end.err == nil))
			r.finish(ctx)
			r.written.Refused = reader.NotInReport()
			r.written.Usage.Add(end.used)
			if end.err == nil && errors.Is(ctx.Err(), context.Canceled) {
				end.err = ctx.Err() // stopped while the judge was asked
			}
			return r.written, end.err
		}
	}
}

// streamed is what is known of a reply that has ended.
type streamed struct {
	used     Usage
	err      error
	panicked any
}

// NoticeOf says what a person is told of an error that Write returned under
// ctx; nothing for none.
func NoticeOf(ctx context.Context, err error) Notice {
	var failed *model.Error
	switch {
	case err == nil:
		return NoNotice
	case errors.Is(ctx.Err(), context.Canceled):
		return Stopped
	case errors.Is(err, ErrResting):
		return ModelResting
	case errors.Is(err, context.DeadlineExceeded):
		return ModelTimeout
	case errors.As(err, &failed) && failed.Status != 0:
		return ModelRefused
	case errors.Is(err, model.ErrCut):
		return ModelCut
	}
	return ModelUnreachable
}

// SourcesOf returns the sentences of passages in the report's order: as the prompt has
// them, and by their number less one.
func SourcesOf(passages []store.Passage) (shown []prompts.Source, sources []Source) {
	for _, p := range inReportOrder(passages) {
		heading := headingOf(p)
		if len(shown) == 0 || shown[len(shown)-1].Heading != heading {
			shown = append(shown, prompts.Source{Heading: heading})
		}
		group := &shown[len(shown)-1]
		for _, s := range p.Sentences {
			sources = append(sources, Source{Sentence: s, Paragraph: p.Paragraph, Heading: heading, Year: p.Year, Entry: p.Entry})
			group.Sentences = append(group.Sentences, prompts.Sentence{ID: len(sources), Text: s.Text})
		}
	}
	return shown, sources
}

// headingOf says where a passage stands and which year its dates are in.
func headingOf(p store.Passage) string {
	parts := []string{}
	if p.Section != "" {
		parts = append(parts, p.Section)
	}
	switch {
	case p.Entry != "":
		parts = append(parts, p.Entry)
	case p.Year != 0:
		parts = append(parts, strconv.Itoa(p.Year))
	}
	return strings.Join(parts, " · ")
}
