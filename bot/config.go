package bot

import (
	"context"
	"log/slog"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/bot/summary"
	"reportbot/bot/verify"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/reload"
)

// Config is the configuration of a Bot.
type Config struct {
	Name   string // as people write it after @
	Asker  Asker
	Finder Finder // for inline queries
	Memory *store.Store
	Log    *slog.Logger
	Meter  Meter // nil: nothing is counted
	// Reloader loads the report again for /reload.
	Reloader Reloader
	Running  func() Running // the program's state, for /status

	Summarizer Summarizer

	Verifier Verifier
	// Corrections finds the stored answers that an edition contradicts; nil: answers
	// aren't corrected.
	Corrections *correction.Finder
	Examiner    Examiner // nil: no question is offered
	// Admins are the ids of the people who may use the admins' commands.
	Admins []int64
	// AllowedChats are the ids of the chats in which the bot answers; none: all.
	AllowedChats []int64
	Privacy      Privacy // for /privacy
	Prices       Prices  // for /status
	Limits       answer.Limits
}

// Asker answers questions.
type Asker interface {
	Ask(ctx context.Context, request answer.Request, passed func(answer.Claim)) (*answer.Answer, error)
}

// Summarizer makes summaries of the report.
type Summarizer interface {
	Summarize(ctx context.Context, request summary.Request, progress summary.Progress) (*summary.Summary, error)
}

// Verifier checks messages against the report.
type Verifier interface {
	Verify(ctx context.Context, request verify.Request, known func(*verify.Result)) (*verify.Result, error)
}

// Finder finds passages.
type Finder interface {
	// Search returns the k nearest passages of an edition, nearest first.
	Search(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, error)
}

// Examiner tests an edition with the questions that its own sentences answer.
type Examiner interface {
	// Exam returns the result of an edition's exam, and runs the exam if needed.
	Exam(ctx context.Context, edition *store.Edition) (store.Exam, error)
	// Samples returns at most n questions that an edition answers.
	Samples(ctx context.Context, edition *store.Edition, n int) ([]store.ExamQuestion, error)
}

// Reloader loads the report again from its source.
type Reloader interface {
	// Reload returns store.ErrLoading while another report is being loaded; any other
	// error says in one line what is wrong with the report, and where.
	Reload(ctx context.Context, by string, progress func(reload.Step)) (*reload.Outcome, error)
}

// Meter counts answers.
type Meter interface {
	Asked(a *answer.Answer)
}

// Running is the state of the program, for /status.
type Running struct {
	Version string
	Since   time.Time
	// LastSuccess is the time of the transport's last success; zero if there is no transport.
	LastSuccess time.Time
	Waiting     int // questions in the queues
	// Holder is set if several processes share the bot.
	Holder *Holder
}

// Holder is the process that acts for the bot.
type Holder struct {
	Name  string
	Since time.Time
	// ReplicaLag is how far the store's replica is behind; negative: there is no
	// replica.
	ReplicaLag time.Duration
}

// Prices are the prices of a million tokens, in dollars; both 0: unknown.
type Prices struct {
	In  float64 // of the prompt
	Out float64 // of the reply
}

// Privacy is the program's options on people's data.
type Privacy struct {
	// KeepDays is how many days questions and answers are stored; 0: the store's own
	// limits.
	KeepDays int
	// ModelServer is the host of the model's server; empty: there is no model.
	ModelServer string
}
