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
	return c != nil && b.visible(*c, in.Sender)
}

func (b *Bot) visible(c command, sender Sender) bool { return c.who != admins || b.isAdmin(sender) }

// MenuItem is a command in the menu.
type MenuItem struct{ Command, About string }

// Audience is who sees a menu.
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
func (b *Bot) Menu(to Audience, client string) []MenuItem {
	return b.menu(to, clientLanguage(client))
}

func (b *Bot) menu(to Audience, lang text.Language) []MenuItem {
	here := inGroups
	if to == Person || to == Admins {
		here = inPrivate
	}
	var offered []MenuItem
	for _, c := range b.commands {
		theirs := c.who == anyone || c.who == chatAdmins && to != Group || c.who == admins && to == Admins
		if theirs && c.where&here != 0 {
			offered = append(offered, MenuItem{c.name, say(lang, c.about)})
		}
	}
	return offered
}

// maxTypos is the largest edit distance at which a command is suggested.
const maxTypos = 2

// unknownCommand replies to an unknown command, and suggests the one that was probably
// meant.
func (b *Bot) unknownCommand(in Incoming, name string) Message {
	nearest, least := "", min(maxTypos, utf8.RuneCountInString(name)-1)+1
	for _, c := range b.commands {
		if !b.visible(c, in.Sender) {
			continue
		}
		typos := levenshtein.ComputeDistance(strings.ToLower(name), c.name)
		if typos < least || typos == least && nearest != "" && cmp.Less(c.name, nearest) {
			nearest, least = c.name, typos
		}
	}
	if nearest == "" {
		return in.reply("unknown_command", "Command", "/"+name)
	}
	return in.reply("unknown_command_near", "Command", "/"+name, "Nearest", "/"+nearest)
}

// ids shows the sender's id and the chat's id, for ADMIN_IDS and ALLOWED_CHATS.
func (b *Bot) ids(_ context.Context, in Incoming, _ string) (Message, error) {
	var m Message
	if person := in.Sender.key(); person != "" {
		m.idLine(in.say("id_person"), person)
	} else {
		m.addText(in.say("id_nobody"))
	}
	m.idLine(in.say("id_chat"), in.Chat)
	return m, nil
}

func (m *Message) idLine(label, id string) {
	m.Lines = append(m.Lines, Line{{Text: label + ": "}, {Text: id, Code: true}})
}
