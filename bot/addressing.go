package bot

import (
	"strings"

	"reportbot/bot/intent"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// ShouldAnswer reports whether the message is addressed to the bot, in a chat where
// the bot is allowed. Other messages are ignored.
func (b *Bot) ShouldAnswer(in Incoming) bool {
	if !b.chatAllowed(in.Chat, in.Private, in.Sender) {
		return false
	}
	if in.Joined {
		return true
	}
	written, typed := b.read(in)
	switch {
	case typed.For != "" && typed.For != b.name && !in.Private:
		return false // another bot's
	case b.hasCommand(in, typed.Name):
		// Inside a text between other people, a command is only mentioned.
		return !typed.Within || in.Private || in.Addressed || typed.For == b.name
	case typed.Name != "" || commandLike(written) != "" || intent.SignsOnly(written):
		return in.Private || b.named(in)
	}
	return in.Private || in.Addressed
}

// Urgent reports whether a message is handled before earlier ones of its chat, such as
// /stop.
func (b *Bot) Urgent(in Incoming) bool {
	_, typed := b.read(in)
	return typed.Name == "stop"
}

// read returns the message without the bot's name, and its command.
func (b *Bot) read(in Incoming) (written string, typed TypedCommand) {
	written = b.withoutMention(in.Text)
	return written, parseCommand(written, func(c TypedCommand) bool {
		return (c.For == "" || c.For == b.name) && b.hasCommand(in, c.Name)
	})
}

// named reports whether a message names the bot, after a command or as a mention.
func (b *Bot) named(in Incoming) bool {
	written, typed := b.read(in)
	return typed.For == b.name || (in.Private || in.Addressed) && written != strings.TrimSpace(in.Text)
}

// mayBeSubject reports whether the message mentions the bot, and the mention may be its
// subject, as in "@bot knows what?". In a reply to one of the bot's messages the mention
// only calls it: "@bot who?" follows up the answer.
func (b *Bot) mayBeSubject(in Incoming) bool {
	return in.RepliesTo == 0 && b.withoutMention(in.Text) != strings.TrimSpace(in.Text)
}

// withoutMention removes mentions of the bot from a text.
func (b *Bot) withoutMention(written string) string {
	return strings.TrimSpace(b.mention.ReplaceAllString(written, "$1"))
}

// TypedCommand is a command as a person typed it, or none.
type TypedCommand struct {
	Name string // without its slash, in lower case; empty if the text has no command
	For  string // the bot it names, lower case, or empty
	Args string
	// Within is set if there are words before it.
	Within bool
}

var commandPattern = lazyregexp.New(`(?:^|\s)/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,40}))?(?:[\s,:;!?…]|\.\s|\.?$)`)

// parseCommand reads the command in a text: at its beginning, or a known one of
// this bot's within it, since people write words before it.
func parseCommand(text string, known func(TypedCommand) bool) TypedCommand {
	for rest := text; ; {
		m := commandPattern.FindStringSubmatchIndex(rest)
		if m == nil {
			return TypedCommand{Args: strings.TrimSpace(text)}
		}
		c := TypedCommand{Name: strings.ToLower(rest[m[2]:m[3]]), Args: strings.TrimSpace(rest[m[1]:])}
		if m[4] >= 0 {
			c.For = strings.ToLower(rest[m[4]:m[5]])
		}
		before := strings.TrimSpace(text[:len(text)-len(rest)+m[0]])
		if before == "" {
			return c
		}
		if known(c) {
			c.Within = true
			if c.Args == "" {
				c.Args = before // "how many troops? /ask"
			}
			return c
		}
		rest = rest[m[1]:] // the space between two commands counts for both
	}
}

// likeCommand matches what looks like a command in any script, also with invisible
// characters.
var likeCommand = lazyregexp.New(`^\p{Cf}*[/／∕⁄]([\pL\pM\pN_\p{Cf}]{1,32})(?:@\S*)?(?:\s|$)`)

// commandLike returns the name in a text that looks like a command but isn't one, else
// "".
func commandLike(written string) string {
	m := likeCommand.FindStringSubmatch(written)
	if m == nil {
		return ""
	}
	return text.Clean(m[1])
}
