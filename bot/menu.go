package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// where says in which chats a command is offered; it works in all of them.
type where int

const (
	inPrivate where = 1 << iota
	inGroups
	everywhere = inPrivate | inGroups
)

// menu is the commands as they are offered, in /help and by the transport, in
// this order. /start is none that one chooses.
var menu = []struct {
	command string
	about   phrase
	where   where
}{
	{"ask", phrase("menu_ask"), everywhere},
	{"q", phrase("menu_q"), inGroups},
	{"sections", phrase("menu_sections"), everywhere},
	{"find", phrase("menu_find"), everywhere},
	{"summary", phrase("menu_summary"), everywhere},
	{"sources", phrase("menu_sources"), everywhere},
	{"note", phrase("menu_note"), everywhere},
	{"report", phrase("menu_report"), everywhere},
	{"stop", phrase("menu_stop"), everywhere},
	{"reset", phrase("menu_reset"), inPrivate},
	{"settings", phrase("menu_settings"), everywhere},
	{"help", phrase("menu_help"), everywhere},

	{"status", phrase("menu_status"), inPrivate},
	{"versions", phrase("menu_versions"), inPrivate},
	{"rollback", phrase("menu_rollback"), inPrivate},
	{"diff", phrase("menu_diff"), inPrivate},
	{"check", phrase("menu_check"), inPrivate},
	{"reload", phrase("menu_reload"), inPrivate},
	{"unanswered", phrase("menu_unanswered"), inPrivate},
	{"feedback", phrase("menu_feedback"), inPrivate},
	{"audit", phrase("menu_audit"), inPrivate},
}

// Offered is a command as people are offered it.
type Offered struct{ Command, About string }

// Audience is who is offered commands.
type Audience int

// The audiences: somebody in private, who reads in a group, the administrators
// of a group, the admins of the bot in private.
const (
	Person Audience = iota
	Group
	GroupAdmins
	Admins
)

// Menu returns the commands that are offered to an audience, in their order;
// client is the language of the people's clients, as Incoming has it.
func (b *Bot) Menu(to Audience, client string) []Offered {
	return b.menu(to, clientLanguage(client))
}

func (b *Bot) menu(to Audience, lang text.Language) []Offered {
	var offered []Offered
	for _, entry := range menu {
		who := b.roles[entry.command]
		here := entry.where&inGroups != 0
		if to == Person || to == Admins {
			here = entry.where&inPrivate != 0
		}
		theirs := who == anyone || who == chatAdmins && to != Group || who == admins && to == Admins
		if here && theirs {
			offered = append(offered, Offered{entry.command, say(lang, string(entry.about))})
		}
	}
	return offered
}

// Description returns what the bot says of itself where nobody has written to
// it yet: at length, and in a few words.
func (b *Bot) Description(client string) (long, brief string) {
	lang := clientLanguage(client)
	return say(lang, "about_long"), say(lang, "about_brief")
}

// help tells what the bot does and which commands the person may give here.
func (b *Bot) help(ctx context.Context, in Incoming, _ string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil && !errors.Is(err, answer.ErrNoReport) {
		return err
	}
	m, err := b.helpMessage(ctx, in, edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) helpMessage(ctx context.Context, in Incoming, edition *store.Edition) (Message, error) {
	lang := in.language()
	to := Group
	switch {
	case in.Private && b.isAdmin(in.Sender):
		to = Admins
	case in.Private:
		to = Person
	}
	m := textMessage(say(lang, "help"))
	if !in.Private {
		m.say(say(lang, "help_group"))
	}
	samples, err := b.samples(ctx, lang, edition)
	if err != nil {
		return Message{}, err
	}
	for _, sample := range samples {
		m.say("• " + sample)
	}
	m.gap()
	for _, o := range b.menu(to, lang) {
		m.say("/" + o.Command + " – " + o.About)
	}
	if to == Group {
		m.say("/settings – " + say(lang, "menu_settings_group"))
	}
	return m, nil
}
