package bot

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"reportbot/bot/intent"
)

// New returns a bot.
func New(c Config) *Bot {
	return &Bot{
		name: strings.ToLower(c.Name), userName: c.Name, commands: commandTable(),
		mention: regexp.MustCompile(`(?i)(^|\s)@` + regexp.QuoteMeta(c.Name) + `\b[,:]?`),
		asker:   c.Asker, finder: c.Finder, memory: c.Memory, log: c.Log, meter: c.Meter, reloader: c.Reloader,
		running: c.Running, summarizer: c.Summarizer, verifier: c.Verifier, corrections: c.Corrections,
		examiner: c.Examiner, admins: c.Admins, allowed: c.AllowedChats, privacy: c.Privacy, prices: c.Prices, limits: c.Limits,
	}
}

// commandTable returns all commands in the order of the menu. Menu, help,
// permissions and suggestions all come from it.
func commandTable() []command {
	return []command{
		{"start", anyone, nowhere, "", (*Bot).start},

		{"ask", anyone, everywhere, phrase("menu_ask"), (*Bot).askCommand},
		{"q", anyone, inGroups, phrase("menu_q"), (*Bot).askPrivately},
		{"sections", anyone, everywhere, phrase("menu_sections"), replying((*Bot).sections)},
		{"find", anyone, everywhere, phrase("menu_find"), replying((*Bot).find)},
		{"summary", anyone, everywhere, phrase("menu_summary"), (*Bot).summary},
		{"verify", anyone, everywhere, phrase("menu_verify"), (*Bot).verifyCommand},
		{"sources", anyone, everywhere, phrase("menu_sources"), replying((*Bot).sources)},
		{"note", anyone, everywhere, phrase("menu_note"), replying((*Bot).note)},
		{"report", anyone, everywhere, phrase("menu_report"), replying((*Bot).report)},
		{"stop", anyone, everywhere, phrase("menu_stop"), (*Bot).stop},
		{"reset", anyone, inPrivate, phrase("menu_reset"), replying((*Bot).reset)},
		{"settings", chatAdmins, everywhere, phrase("menu_settings"), replying((*Bot).settings)},
		{"privacy", anyone, everywhere, phrase("menu_privacy"), replying((*Bot).showPrivacy)},
		{"forget", anyone, inPrivate, phrase("menu_forget"), (*Bot).forget},
		{"id", anyone, inPrivate, phrase("menu_id"), replying((*Bot).ids)},
		{"help", anyone, everywhere, phrase("menu_help"), replying((*Bot).help)},

		{"status", admins, inPrivate, phrase("menu_status"), replying((*Bot).status)},
		{"versions", admins, inPrivate, phrase("menu_versions"), replying((*Bot).versions)},
		{"rollback", admins, inPrivate, phrase("menu_rollback"), replying((*Bot).rollback)},
		{"diff", admins, inPrivate, phrase("menu_diff"), replying((*Bot).diff)},
		{"check", admins, inPrivate, phrase("menu_check"), replying((*Bot).check)},
		{"reload", admins, inPrivate, phrase("menu_reload"), (*Bot).reload},
		{"unanswered", admins, inPrivate, phrase("menu_unanswered"), replying((*Bot).unanswered)},
		{"feedback", admins, inPrivate, phrase("menu_feedback"), replying((*Bot).feedback)},
		{"audit", admins, inPrivate, phrase("menu_audit"), replying((*Bot).audit)},
	}
}

// replying returns the handler of a command that only replies with a message.
func replying(reply func(b *Bot, ctx context.Context, in Incoming, args string) (Message, error)) handler {
	return func(b *Bot, ctx context.Context, in Incoming, args string, out Responder) error {
		m, err := reply(b, ctx, in, args)
		if err != nil {
			return err
		}
		return b.show(ctx, out, m)
	}
}

// Handle answers one message, or ignores it. If the answer could not be made, it
// apologises and returns the error; it also returns an error if the answer could not be
// sent.
func (b *Bot) Handle(ctx context.Context, in Incoming, out Responder) error {
	if !b.ShouldAnswer(in) {
		return nil
	}
	var err error
	in.settings, err = b.settingsOf(ctx, in.Chat)
	if in.settings.sound == off {
		out = quiet{out}
	}
	if err == nil {
		err = b.handle(ctx, in, out)
	}
	return b.explainFailure(ctx, in, out, err)
}

// PleaseWait replies that too many questions of the chat are queued.
func (b *Bot) PleaseWait(ctx context.Context, in Incoming, out Responder) error {
	return b.replyUnhandled(ctx, in, out, "please_wait")
}

// Apologise replies that something went wrong.
func (b *Bot) Apologise(ctx context.Context, in Incoming, out Responder) error {
	return b.replyUnhandled(ctx, in, out, "failed")
}

// replyUnhandled replies with a phrase to a message that is not passed to Handle.
func (b *Bot) replyUnhandled(ctx context.Context, in Incoming, out Responder, key phrase) error {
	in.settings, _ = b.settingsOf(ctx, in.Chat) // on an error, the client's language is used
	return b.sendPhrase(ctx, in, out, key)
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
			return b.sendPhrase(ctx, in, out, "settings_are_for_admins")
		}
		// A refused admin command continues as an unknown one, which doesn't reveal that it exists.
	}
	name := cmp.Or(typed.Name, commandLike(written))
	switch {
	case name != "" && (in.Private || b.named(in)):
		return b.show(ctx, out, b.unknownCommand(in, name))
	case in.Upload != nil && in.Private && b.isAdmin(in.Sender):
		return b.upload(ctx, in, out)
	case in.Private && isAddress(written) && b.isAdmin(in.Sender):
		return b.uploadAddress(ctx, in, written, out)
	case intent.SignsOnly(written):
		return b.answerWordless(ctx, in, out)
	}
	return b.converse(ctx, in, written, out)
}

// quiet is a Responder whose messages make no sound.
type quiet struct{ Responder }

func (q quiet) Working(ctx context.Context, note Message) error {
	note.Quiet = true
	return q.Responder.Working(ctx, note)
}

func (q quiet) Final(ctx context.Context, m Message) (int, error) {
	m.Quiet = true
	return q.Responder.Final(ctx, m)
}
