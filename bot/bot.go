// Package bot is the conversation: commands, permissions and what the bot says. It is
// independent of the transport, which calls Handle with a person's message and a
// Responder for the reply.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/bot/summary"
	"reportbot/bot/verify"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/reload"
)

// maxQuestion is the longest question in characters; Telegram's longest
// message is 4,096.
const maxQuestion = 4096

// Asker answers questions.
type Asker interface {
	Ask(ctx context.Context, request answer.Request, passed func(answer.Claim)) (*answer.Answer, error)
}

// Meter counts answers.
type Meter interface {
	Asked(a *answer.Answer)
}

// Reloader loads the report again from its source.
type Reloader interface {
	// Reload returns store.ErrLoading while another report is being loaded; any other
	// error says in one line what is wrong with the report, and where.
	Reload(ctx context.Context, by string, progress func(reload.Step)) (*reload.Outcome, error)
}

// Running is the state of the program, for /status.
type Running struct {
	Version string
	Since   time.Time
	// Heard is the time of the transport's last success; zero if there is no transport.
	Heard   time.Time
	Waiting int // questions in the queues
	// Holder is set where several processes share the bot.
	Holder *Holder
}

// Holder is the process that acts for the bot.
type Holder struct {
	Name  string
	Since time.Time
	// Behind is for how long the store's replica has not had everything; negative: there
	// is none.
	Behind time.Duration
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

// Examiner asks an edition the questions that its own sentences answer.
type Examiner interface {
	// Exam returns how an edition did, once it has sat its exam.
	Exam(ctx context.Context, edition *store.Edition) (store.Exam, error)
	// Samples returns at most n questions that an edition answers.
	Samples(ctx context.Context, edition *store.Edition, n int) ([]store.ExamQuestion, error)
}

// Config is the configuration of a Bot.
type Config struct {
	Name     string // as people write it after @
	Asker    Asker
	Finder   Finder // for inline queries
	Memory   *store.Store
	Log      *slog.Logger
	Meter    Meter // nil: nothing is counted
	Reloader Reloader
	Running  func() Running // the program's state
	// Summarizer sums up the report for /summary.
	Summarizer Summarizer
	// Verifier checks messages against the report for /verify.
	Verifier Verifier
	// Corrections finds the answers of which an edition says otherwise; nil: none are
	// corrected.
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

// Bot is the bot in any number of chats. It may be used from any goroutine.
type Bot struct {
	name        string // lower case
	mention     *regexp.Regexp
	userName    string
	asker       Asker
	finder      Finder
	memory      *store.Store
	log         *slog.Logger
	reloader    Reloader
	meter       Meter
	admins      []int64
	allowedMu   sync.RWMutex
	allowed     []int64 // chats; guarded by allowedMu, since their ids change
	running     func() Running
	answering   answering
	model       modelHealth
	summarizer  Summarizer
	verifier    Verifier
	corrections *correction.Finder
	examiner    Examiner
	commands    []command
	privacy     Privacy
	prices      Prices
	limits      answer.Limits
}

// New returns a bot.
func New(c Config) *Bot {
	return &Bot{
		name: strings.ToLower(c.Name), mention: regexp.MustCompile(`(?i)(^|\s)@` + regexp.QuoteMeta(c.Name) + `\b[,:]?`), userName: c.Name, asker: c.Asker, finder: c.Finder, memory: c.Memory, log: c.Log, meter: c.Meter,
		reloader: c.Reloader, running: c.Running, admins: c.Admins, allowed: c.AllowedChats, commands: commandTable(),
		summarizer: c.Summarizer, verifier: c.Verifier, corrections: c.Corrections, examiner: c.Examiner, privacy: c.Privacy, prices: c.Prices, limits: c.Limits,
	}
}

// ErrRequeued is the cause of a context that ended because the program stops: the
// question is answered after the next start. Handle then sends nothing and returns it.
var ErrRequeued = errors.New("requeued until the next start")

// errShow marks errors of the transport: an apology would fail too.
var errShow = errors.New("the answer could not be shown")

// withSettings reads the chat's settings; if that fails, the defaults are used.
func (b *Bot) withSettings(ctx context.Context, in Incoming) Incoming {
	set, _ := b.memory.Settings(ctx, in.Chat)
	in.settings = settingsOf(set)
	return in
}

// tell sends a phrase in the chat's language.
func (b *Bot) tell(ctx context.Context, in Incoming, out Responder, key string, fields ...any) error {
	return b.show(ctx, out, textMessage(say(in.language(), key, fields...)))
}

func (b *Bot) show(ctx context.Context, out Responder, m Message) error {
	if _, err := out.Final(ctx, m); err != nil {
		return errors.Join(errShow, err)
	}
	return nil
}
