package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"reportbot/store/text"
)

// where says in which chats a command is in the menu; it works in all of them.
type where int

const (
	inPrivate where = 1 << iota
	inGroups
	nowhere    where = 0
	everywhere       = inPrivate | inGroups
)

// handler runs a command.
type handler func(b *Bot, ctx context.Context, in Incoming, args string, out Responder) error

// command is a command of the bot. Admin commands are unknown to others; a group's members
// are told that settings are for its administrators.
type command struct {
	name  string
	who   role
	where where
	about phrase // its line in the menu and in /help
	run   handler
}

// commandNamed returns the command of a name, or nil.
func (b *Bot) commandNamed(name string) *command {
	at := slices.IndexFunc(b.commands, func(c command) bool { return c.name == name })
	if at < 0 {
		return nil
	}
	return &b.commands[at]
}

// hasCommand reports whether a command of this name exists for the sender.
func (b *Bot) hasCommand(in Incoming, name string) bool {
	c := b.commandNamed(name)
	return c != nil && b.exists(*c, in.Sender)
}

func (b *Bot) exists(c command, sender Sender) bool { return c.who != admins || b.isAdmin(sender) }

// Offered is a command in the menu.
type Offered struct{ Command, About string }

// Audience is the readers of a menu.
type Audience int

// The audiences: a person in private, the members of a group, the administrators
// of a group, the bot's admins in private.
const (
	Person Audience = iota
	Group
	GroupAdmins
	Admins
)

// Menu returns the commands for an audience, in order. client is the language of their
// clients, as in Incoming.
func (b *Bot) Menu(to Audience, client string) []Offered {
	return b.menu(to, clientLanguage(client))
}

func (b *Bot) menu(to Audience, lang text.Language) []Offered {
	here := inGroups
	if to == Person || to == Admins {
		here = inPrivate
	}
	var offered []Offered
	for _, c := range b.commands {
		theirs := c.who == anyone || c.who == chatAdmins && to != Group || c.who == admins && to == Admins
		if theirs && c.where&here != 0 {
			offered = append(offered, Offered{c.name, say(lang, string(c.about))})
		}
	}
	return offered
}

// maxTypos is the most wrong letters with which a command is still suggested.
const maxTypos = 2

// unknownCommand says that there is no such command, and suggests the one that was
// probably meant.
func (b *Bot) unknownCommand(ctx context.Context, in Incoming, name string, out Responder) error {
	nearest, least := "", min(maxTypos, utf8.RuneCountInString(name)-1)+1
	for _, c := range b.commands {
		if !b.exists(c, in.Sender) {
			continue
		}
		typos := levenshtein.ComputeDistance(strings.ToLower(name), c.name)
		if typos < least || typos == least && nearest != "" && cmp.Less(c.name, nearest) {
			nearest, least = c.name, typos
		}
	}
	if nearest == "" {
		return b.tell(ctx, in, out, "unknown_command", "Command", "/"+name)
	}
	return b.tell(ctx, in, out, "unknown_command_near", "Command", "/"+name, "Nearest", "/"+nearest)
}

// tellIDs sends the sender's id and the chat's id, for ADMIN_IDS and ALLOWED_CHATS.
func (b *Bot) tellIDs(ctx context.Context, in Incoming, _ string, out Responder) error {
	lang := in.language()
	var m Message
	switch person := in.Sender.key(); {
	case person != "":
		m.idLine(say(lang, "id_person"), person)
	default:
		m.say(say(lang, "id_nobody"))
	}
	m.idLine(say(lang, "id_chat"), in.Chat)
	return b.show(ctx, out, m)
}

func (m *Message) idLine(label, id string) {
	m.Lines = append(m.Lines, Line{{Text: label + ": "}, {Text: id, Code: true}})
}
