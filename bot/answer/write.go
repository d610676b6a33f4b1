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

// writeTimeout bounds an answer of the model, in addition to the wait for its first
// token.
const writeTimeout = 2 * time.Minute

// Task describes the text that the model writes.
type Task struct {
	Question string // that it answers; empty for a summary
	Language text.Language
	Report   claim.Report
	Prompt   Prompt
}

// Prompt makes the messages for a task on sources.
type Prompt func(sources []prompts.Source) ([]model.Message, error)

// Writer has a model write, and checks the claims. It may be used from any goroutine.
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

// Judge asks the model for each claim whether its evidence supports it. question is the
// question that the claims answer, or empty. It must not be called without a judge. The
// caller records the usage.
func (w *Writer) Judge(ctx context.Context, question string, language text.Language, claims []prompts.JudgedClaim) (yes []bool, used Usage, err error) {
	return askJudge(ctx, &w.retrier, question, language, claims)
}

// Write has the model write from passages, nearest first. If the prompt is too long for
// the model, it is repeated with the nearer half of them. Each claim is checked against
// the sentences of the passages; a claim that fails is replaced by a quotation of the
// sentence that it cites. passed, if not nil, is called with each claim or quotation,
// in order, from the calling goroutine. If the model fails before the first of them,
// the call is repeated where that may help. With an error Write returns the claims
// before it; the error for an unfinished reply is model.ErrCut. It must not be called
// without a model. The caller records the usage, see ReserveQuota and RecordUsage.
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

// write calls the model once. The reply is read in a goroutine of its own, so that
// claims are passed on as soon as they are judged.
func (w *Writer) write(ctx context.Context, task Task, sources []Source, messages []model.Message, passed func(Claim)) (Written, error) {
	var j *judge
	if w.judges {
		j = &judge{retrier: &w.retrier, reportError: w.reportError, question: task.Question, language: task.Language, judged: make(chan judgeResult, maxClaims)}
	}
	r := newReview(w.NewChecker(task.Report, sources, task.Language), sources, j, passed)
	pieces, ended := make(chan string), make(chan streamed, 1)
	go func() {
		var end streamed
		defer func() {
			end.panicked = recover() // re-raised in the waiting goroutine
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
		case result := <-r.judgeResults():
			r.apply(ctx, result)
		case end := <-ended:
			if end.panicked != nil {
				panic(end.panicked)
			}
			r.take(ctx, reader.Close(end.err == nil))
			r.finish(ctx)
			r.written.NotInReport = reader.NotInReport()
			r.written.Usage.Add(end.used)
			if end.err == nil && errors.Is(ctx.Err(), context.Canceled) {
				end.err = ctx.Err() // cancelled during a call of the judge
			}
			return r.written, end.err
		}
	}
}

// streamed is the outcome of a reply.
type streamed struct {
	used     Usage
	err      error
	panicked any
}

// NoticeOf returns the notice for an error that Write returned under ctx; NoNotice for
// nil.
func NoticeOf(ctx context.Context, err error) Notice {
	var failed *model.Error
	switch {
	case err == nil:
		return NoNotice
	case errors.Is(ctx.Err(), context.Canceled):
		return Stopped
	case errors.Is(err, ErrPaused):
		return ModelPaused
	case errors.Is(err, context.DeadlineExceeded):
		return ModelTimeout
	case errors.As(err, &failed) && failed.Status != 0:
		return ModelRefused
	case errors.Is(err, model.ErrCut):
		return ModelCut
	}
	return ModelUnreachable
}
