package bot

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"reportbot/store/text"
)

// introducedSetting notes that the bot has introduced itself in a chat.
const introducedSetting = "introduced"

// introduce says once in a chat that the bot was added to what it does.
// Telegram tells it in several ways.
func (b *Bot) introduce(ctx context.Context, in Incoming, out Responder) error {
	set, err := b.memory.Settings(ctx, in.Chat)
	if err != nil || set[introducedSetting] != "" {
		return err
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	// Noted first: a group that removes the bot meanwhile is forgotten whole.
	if err := b.memory.Set(ctx, in.Chat, introducedSetting, "yes"); err != nil {
		return err
	}
	return b.tell(ctx, in, out, "introduction", "Title", title(edition, in.language()))
}

// commandLike is what looks like a command, whatever its letters: Cyrillic
// ones, or some that print nothing.
var commandLike = regexp.MustCompile(`^\p{Cf}*[/／∕⁄]([\pL\pM\pN_\p{Cf}]{1,32})(?:@\S*)?(?:\s|$)`)

// lookalike returns the name in a text that is meant as a command and is none;
// else it is empty.
func lookalike(written string) string {
	m := commandLike.FindStringSubmatch(written)
	if m == nil {
		return ""
	}
	return text.Clean(m[1])
}

// mostTypos is how many letters may be wrong in a command for another one to
// be suggested.
const mostTypos = 2

// unknown says that there is no such command, and names the one that was
// probably meant.
func (b *Bot) unknown(ctx context.Context, in Incoming, name string, out Responder) error {
	nearest, least := "", min(mostTypos, utf8.RuneCountInString(name)-1)+1
	for known, command := range commands {
		if command.who == admins && !b.isAdmin(in.Sender) {
			continue
		}
		typos := levenshtein.ComputeDistance(strings.ToLower(name), known)
		if typos < least || typos == least && nearest != "" && known < nearest {
			nearest, least = known, typos
		}
	}
	if nearest == "" {
		return b.tell(ctx, in, out, "unknown_command", "Command", "/"+name)
	}
	return b.tell(ctx, in, out, "unknown_command_near", "Command", "/"+name, "Nearest", "/"+nearest)
}
