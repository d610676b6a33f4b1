// Package bot is the conversation: what is said to whom, which commands there
// are and who may give them. It knows no transport; one calls Handle with what
// a person wrote and is told what to say.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
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

// Config is what a bot works with.
type Config struct {
	Name     string // as people write it after @
	Asker    Asker
	Finder   Finder // for inline queries
	Memory   *store.Store
	Log      *slog.Logger
	Meter    Meter // nil: nothing is counted
	Reloader Reloader
	Running  func() Running // how the program does
	// Summarizer sums up the report for /summary.
	Summarizer Summarizer
	// Admins are the ids of those who may give the admins' commands.
	Admins []int64
	// AllowedChats are the ids of the chats that the bot speaks in; none: all.
	AllowedChats []int64
}

// Bot holds a conversation in any number of chats at once.
type Bot struct {
	name            string // lower case
	mention         *regexp.Regexp
	userName        string
	asker           Asker
	finder          Finder
	memory          *store.Store
	log             *slog.Logger
	reloader        Reloader
	meter           Meter
	admins, allowed []int64
	running         func() Running
	answering       answering
	model           modelHealth
	summarizer      Summarizer
	roles           map[string]role // by command
}

// New returns a bot.
func New(c Config) *Bot {
	roles := map[string]role{}
	for name, command := range commands {
		roles[name] = command.who
	}
	return &Bot{
		name: strings.ToLower(c.Name), mention: regexp.MustCompile(`(?i)(^|\s)@` + regexp.QuoteMeta(c.Name) + `\b[,:]?`), userName: c.Name, asker: c.Asker, finder: c.Finder, memory: c.Memory, log: c.Log, meter: c.Meter,
		reloader: c.Reloader, running: c.Running, admins: c.Admins, allowed: c.AllowedChats, roles: roles,
		summarizer: c.Summarizer,
	}
}

// handler carries out one command.
type handler func(b *Bot, ctx context.Context, in Incoming, args string, out Responder) error

// commands are the bot's commands, and who may give them. To anybody else a
// command is one that the bot doesn't have.
var commands = map[string]struct {
	run handler
	who role
}{
	"start":   {(*Bot).start, anyone},
	"help":    {(*Bot).help, anyone},
	"ask":     {(*Bot).askCommand, anyone},
	"q":       {(*Bot).quietly, anyone},
	"stop":    {(*Bot).stop, anyone},
	"reset":   {(*Bot).reset, anyone},
	"sources": {(*Bot).sources, anyone},
	"note":    {(*Bot).note, anyone},
	"report":  {(*Bot).report, anyone},
	"summary": {(*Bot).summary, anyone},

	"sections": {(*Bot).sections, anyone},
	"find":     {(*Bot).find, anyone},

	"reload":     {(*Bot).reload, admins},
	"versions":   {(*Bot).versions, admins},
	"rollback":   {(*Bot).rollback, admins},
	"diff":       {(*Bot).diff, admins},
	"check":      {(*Bot).check, admins},
	"status":     {(*Bot).status, admins},
	"audit":      {(*Bot).audit, admins},
	"unanswered": {(*Bot).unanswered, admins},
	"feedback":   {(*Bot).feedback, admins},
	"settings":   {(*Bot).settings, chatAdmins},
}

// hasCommand reports whether the bot has a command for who wrote. Where it has
// none for them, what they write means what it would if it had none at all.
func (b *Bot) hasCommand(in Incoming, name string) bool {
	command, known := commands[name]
	return known && (command.who != admins || b.isAdmin(in.Sender))
}

// Urgent reports whether a message must not wait for those before it in its
// chat: the one that stops what they do.
func (b *Bot) Urgent(in Incoming) bool {
	_, command := b.read(in)
	return command.Name == "stop"
}

// Handle answers one message, or rightly says nothing. An error means that the
// answer could not be shown, or, after the person was told so, that it could
// not be made.
func (b *Bot) Handle(ctx context.Context, in Incoming, out Responder) error {
	if !b.Concerns(in) {
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
	if err == nil || errors.Is(err, errShow) || errors.Is(err, ErrParked) {
		return err
	}
	phrase := "failed"
	if errors.Is(err, answer.ErrNoReport) || errors.Is(err, store.ErrNotFound) {
		phrase = "no_report"
	}
	return errors.Join(err, b.tell(ctx, in, out, phrase))
}

// ErrParked ends a context whose questions are to be answered another time:
// Handle then shows nothing and returns it.
var ErrParked = errors.New("parked until the next start")

// errShow marks errors of the transport: telling the person would fail too.
var errShow = errors.New("the answer could not be shown")

// Apologise says that something went wrong.
func (b *Bot) Apologise(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(ctx, b.withSettings(ctx, in), out, "failed")
}

// withSettings reads the chat's settings for what is said whether or not they
// can be read.
func (b *Bot) withSettings(ctx context.Context, in Incoming) Incoming {
	set, _ := b.memory.Settings(ctx, in.Chat)
	in.settings = settingsOf(set)
	return in
}

func (b *Bot) handle(ctx context.Context, in Incoming, out Responder) error {
	if in.Joined {
		return b.introduce(ctx, in, out)
	}
	written, command := b.read(in)
	if known, ok := commands[command.Name]; ok {
		allowed, err := b.may(ctx, known.who, in.Sender, out)
		if err != nil {
			return err
		}
		if allowed {
			return known.run(b, ctx, in, command.Args, out)
		}
		if known.who == chatAdmins {
			return b.tell(ctx, in, out, "settings_are_for_admins")
		}
	}
	name := command.Name
	if name == "" {
		name = lookalike(written)
	}
	switch {
	case name != "" && (in.Private || b.named(in)):
		return b.unknown(ctx, in, name, out)
	case name != "":
		return nil // one that the sender may not give
	case in.Upload != nil && in.Private && b.isAdmin(in.Sender):
		return b.upload(ctx, in, out)
	case in.Text == "" || wordless(written):
		return b.answerWordless(ctx, in, out)
	}
	return b.converse(ctx, in, written, out)
}

// read returns what was written to the bot, and the command in it.
func (b *Bot) read(in Incoming) (written string, command Command) {
	written = b.withoutMention(in.Text)
	return written, parseCommand(written, func(name string) bool { return b.hasCommand(in, name) })
}

// named reports whether a message has the bot's name: at a command, or as
// people mention each other.
func (b *Bot) named(in Incoming) bool {
	written, command := b.read(in)
	return command.For == b.name || (in.Private || in.Addressed) && written != strings.TrimSpace(in.Text)
}

// withoutMention takes the bot's name out of a text, where people put it to
// address the bot.
func (b *Bot) withoutMention(written string) string {
	return strings.TrimSpace(b.mention.ReplaceAllString(written, "$1"))
}

// tell says a phrase in the chat's language.
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

// ask answers a question and remembers its footnotes for /sources.
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
	// From here on the answer exists: it is shown and remembered even if the
	// person stopped it or the program is told to end.
	ctx = context.WithoutCancel(ctx)
	quiet := a.Notice == answer.NoModel && b.toldNoModel(ctx, in)
	return b.deliver(ctx, in, question, parent, a, render(a, b.opener(in, a.Edition.ID), quiet), out)
}

// record tells the operator what came of a question, without its words.
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
