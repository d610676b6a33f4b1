// Package bot is the conversation: commands, permissions and what the bot says. It is
// independent of the transport, which calls Handle with a person's message and a
// Responder for the reply.
package bot

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/store"
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
	// Admins are the ids of the people who may use the admins' commands.
	Admins []int64
	// AllowedChats are the ids of the chats in which the bot answers; none: all.
	AllowedChats []int64
}

// Bot is the bot in any number of chats. It may be used from any goroutine.
type Bot struct {
	name       string // lower case
	mention    *regexp.Regexp
	userName   string
	asker      Asker
	finder     Finder
	memory     *store.Store
	log        *slog.Logger
	reloader   Reloader
	meter      Meter
	admins     []int64
	mayMove    sync.RWMutex
	allowed    []int64 // chats; guarded by mayMove, since their ids change
	running    func() Running
	answering  answering
	model      modelHealth
	summarizer Summarizer
	commands   []command
}

// New returns a bot.
func New(c Config) *Bot {
	return &Bot{
		name: strings.ToLower(c.Name), mention: regexp.MustCompile(`(?i)(^|\s)@` + regexp.QuoteMeta(c.Name) + `\b[,:]?`), userName: c.Name, asker: c.Asker, finder: c.Finder, memory: c.Memory, log: c.Log, meter: c.Meter,
		reloader: c.Reloader, running: c.Running, admins: c.Admins, allowed: c.AllowedChats, commands: commandTable(),
		summarizer: c.Summarizer,
	}
}

// Handle answers one message, or ignores it. An error means that the answer could not
// be sent, or could not be made; in the second case the person was told.
func (b *Bot) Handle(ctx context.Context, in Incoming, out Responder) error {
	if !b.ShouldAnswer(in) {
		return nil
	}
	set, err := b.memory.Settings(ctx, in.Chat)
	in.settings = settingsOf(set)
	if in.settings.sound == off {
		out = quiet{out}
	}
	if err == nil {
		err = b.handle(ctx, in, out)
	}
	if err == nil || errors.Is(err, errShow) || errors.Is(err, ErrRequeued) {
		return err
	}
	phrase := "failed"
	if errors.Is(err, answer.ErrNoReport) || errors.Is(err, store.ErrNotFound) {
		phrase = "no_report"
	}
	return errors.Join(err, b.tell(ctx, in, out, phrase))
}

// ErrRequeued is the cause of a context that ended because the program stops: the
// question is answered after the next start. Handle then sends nothing and returns it.
var ErrRequeued = errors.New("requeued until the next start")

// errShow marks errors of the transport: an apology would fail too.
var errShow = errors.New("the answer could not be shown")

// Apologise says that something went wrong.
func (b *Bot) Apologise(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(ctx, b.withSettings(ctx, in), out, "failed")
}

// withSettings reads the chat's settings; if that fails, the defaults are used.
func (b *Bot) withSettings(ctx context.Context, in Incoming) Incoming {
	set, _ := b.memory.Settings(ctx, in.Chat)
	in.settings = settingsOf(set)
	return in
}

func (b *Bot) handle(ctx context.Context, in Incoming, out Responder) error {
	if in.Joined {
		return b.introduce(ctx, in, out)
	}
	written, typed := b.read(in)
	if c := b.commandNamed(typed.Name); c != nil {
		allowed, err := b.allows(ctx, c.who, in.Sender, out)
		if err != nil {
			return err
		}
		if allowed {
			return c.run(b, ctx, in, typed.Args, out)
		}
		if c.who == chatAdmins {
			return b.tell(ctx, in, out, "settings_are_for_admins")
		}
	}
	name := cmp.Or(typed.Name, commandLike(written))
	switch {
	case name != "" && (in.Private || b.named(in)):
		return b.unknownCommand(ctx, in, name, out)
	case name != "":
		return nil // the sender may not use it
	case in.Upload != nil && in.Private && b.isAdmin(in.Sender):
		return b.upload(ctx, in, out)
	case in.Private && isAddress(written) && b.isAdmin(in.Sender):
		return b.uploadAddress(ctx, in, written, out)
	case in.Text == "" || wordless(written):
		return b.answerWordless(ctx, in, out)
	}
	return b.converse(ctx, in, written, out)
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

// askCommand answers what follows /ask.
func (b *Bot) askCommand(ctx context.Context, in Incoming, question string, out Responder) error {
	if wordless(question) {
		return b.tell(ctx, in, out, "ask_usage")
	}
	return b.converse(ctx, in, question, out)
}

// ask answers a question and stores its footnotes for /sources.
func (b *Bot) ask(ctx context.Context, in Incoming, question string, out Responder) error {
	lang := in.language()
	if length := utf8.RuneCountInString(question); length > maxQuestion {
		return b.tell(ctx, in, out, "too_long", "Length", length, "Most", maxQuestion)
	}
	if allowed, err := b.mayAsk(ctx, in, out); err != nil || !allowed {
		return err
	}
	request, parent, err := b.request(ctx, in, question)
	if err != nil {
		return err
	}
	var a *answer.Answer
	err = b.atWork(ctx, in, say(lang, "working"), out, func(ctx context.Context, partial func(Message)) (err error) {
		a, err = b.askShowing(ctx, lang, request, partial)
		return err
	})
	if errors.Is(err, context.Canceled) {
		return b.sayStopped(ctx, in, out)
	}
	if err != nil {
		return err
	}
	b.record(a)
	// The answer is complete: it is sent and stored even if the person stops it or the
	// program is stopping.
	ctx = context.WithoutCancel(ctx)
	quiet := a.Notice == answer.NoModel && b.toldNoModel(ctx, in)
	return b.deliver(ctx, in, question, parent, a, render(a, b.opener(in, a.Edition.ID), quiet), out)
}

// record logs and counts the outcome of a question, without its words.
func (b *Bot) record(a *answer.Answer) {
	if b.meter != nil {
		b.meter.Asked(a)
	}
	b.model.note(a)
	attributes := []any{"status", a.Status, "mode", a.Mode, "claims", len(a.Claims), "rejected", len(a.Rejected),
		"edition", a.Edition.ID, "took", a.Took.Total}
	if a.Cause != nil {
		b.log.Warn("answered without the model", append(attributes, "notice", a.Notice, "error", a.Cause)...)
		return
	}
	b.log.Info("answered", attributes...)
}
