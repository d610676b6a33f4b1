package answer

import (
	"context"
	"errors"
	"time"

	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

// writeTimeout bounds an answer of the model, on top of the time that it may be silent
// before its first token.
const writeTimeout = 2 * time.Minute

// Task is what the model is to write.
type Task struct {
	Question string // that it answers; empty for a summary
	Language text.Language
	Report   claim.Report
	Prompt   Prompt
}

// Prompt makes the messages that ask for something over sources.
type Prompt func(sources []prompts.Source) ([]model.Message, error)

// Writer has a model write, and checks what it writes. It may be used from any goroutine.
type Writer struct {
	retrier     retrier
	concepts    *retrieval.Concepts
	reader      *claim.Reader // of what claims are checked against
	promptSize  promptSize
	judges      bool // the model judges what code can't
	reportError func(error)
}

// HasModel reports whether a language model is set.
func (w *Writer) HasModel() bool { return w.retrier.model != nil }

// HasJudge reports whether the model judges claims.
func (w *Writer) HasJudge() bool { return w.judges && w.HasModel() }

// Judge has the model say of each claim whether its evidence supports it. question is
// what the claims answer, or empty. It must not be called without a judge. Whoever
// calls it counts what it takes.
func (w *Writer) Judge(ctx context.Context, question string, language text.Language, claims []prompts.JudgedClaim) (yes []bool, used Usage, err error) {
	return askJudge(ctx, &w.retrier, question, language, claims)
}

// Write has the model write over passages, nearest first. Where they
// are too long for it, it is shown the nearer half of them. Each claim is checked
// against the sentences of the passages. Where it does not pass, the report's
// sentence that it cites is quoted in its place. passed, if not nil, is called
// with each claim or quotation, in order, from the calling goroutine. A model that fails before
// anything has passed is asked again where that may help. What had passed
// before an error is returned with it; a reply that the model did not end is
// model.ErrCut. It must not be called without a model. Whoever calls it counts what it
// takes, see ReserveQuota and RecordUsage.
func (w *Writer) Write(ctx context.Context, task Task, passages []store.Passage, passed func(Claim)) (Written, error) {
	ctx, cancel := context.WithTimeout(ctx, w.retrier.wait+writeTimeout)
	defer cancel()
	passages = w.promptSize.fit(passages)
	var used Usage
	for cut := false; ; cut = true {
		prompt, sources := SourcesOf(passages)
		messages, err := task.Prompt(prompt)
		if err != nil {
			return Written{}, err
		}
		var written Written
		usage, err := w.retrier.call(ctx, true, func() (begun bool, usage Usage, err error) {
			written, err = w.write(ctx, task, sources, messages, passed)
			return len(written.Claims) > 0, written.Usage, err
		})
		used.Add(usage)
		written.Usage = used
		half := halved(passages)
		if !model.TooLong(err) || len(written.Claims) > 0 || half == nil {
			if cut && err == nil {
				w.promptSize.learn(passages)
			}
			return written, err
		}
		passages = half
	}
}

// write has the model reply once. The reply is read in a goroutine of its own, so
// that verdicts of the judge are passed on while the model writes.
func (w *Writer) write(ctx context.Context, task Task, sources []Source, messages []model.Message, passed func(Claim)) (Written, error) {
	var j *judge
	if w.judges {
		j = &judge{retrier: &w.retrier, reportError: w.reportError, question: task.Question, language: task.Language, verdicts: make(chan judged, mostClaims)}
	}
	r := newReview(w.NewChecker(task.Report, sources, task.Language), sources, j, passed)
	pieces, ended := make(chan string), make(chan streamed, 1)
	go func() {
		var end streamed
		defer func() {
			end.panicked = recover() // it goes on in the goroutine that waits
			ended <- end
		}()
		end.used, end.err = w.retrier.model.Stream(ctx, messages, func(piece string) { pieces <- piece })
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
			r.written.NotInReport = reader.NotInReport()
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
