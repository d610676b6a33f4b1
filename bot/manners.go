package bot

import (
	"context"
	"regexp"
	"strings"
	"unicode"
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

// wordless reports whether a text has nothing to search by: signs and emoji
// only.
func wordless(written string) bool {
	return !strings.ContainsFunc(text.Clean(written), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// answerWordless answers a message that has no words of its own. Where the
// bot's name stands in reply to somebody's message, it asks what the report says
// of that message.
func (b *Bot) answerWordless(ctx context.Context, in Incoming, out Responder) error {
	switch {
	case b.named(in) && in.RepliesTo == 0 && !wordless(in.Quoted):
		return b.ask(ctx, in, in.Quoted, out)
	case in.Text == "":
		return b.tell(ctx, in, out, "text_only")
	}
	return b.tell(ctx, in, out, "ask_usage")
}

// What people say who want no answer, folded.
var (
	thanks = regexp.MustCompile(`^(da |vang |ok |oke |okay |tot |hay |great |perfect )*(em |minh |toi |chi |anh |xin |rat |many )*` +
		`(cam on|cam ta|thanks|thank you|thank u|thankyou|thx|tks|ty|cheers)` +
		`( (ban|bot|em|anh|chi|ad|ca nha|moi nguoi|cac ban|nhieu|lam|rat nhieu|nhe|nha|a|so much|very much|a lot|all|everyone|again))*$`)
	greeting = regexp.MustCompile(`^(xin |em |minh |a )*(chao|hello|helo|hi|hey|alo|good morning|good afternoon|good evening|hi there|hello there)` +
		`( (ban|bot|em|anh|chi|ad|ca nha|ca nhom|moi nguoi|cac ban|buoi sang|buoi chieu|buoi toi|nhe|nha|a|there|all|everyone))*$`)
	wordsOnly = regexp.MustCompile(`[^\pL\pN]+`)
)

// smallTalk returns the phrase that answers thanks or a greeting, for which
// nothing is looked up; empty for anything else.
func smallTalk(written string) phrase {
	folded := strings.TrimSpace(wordsOnly.ReplaceAllString(text.Fold(written), " "))
	switch {
	case thanks.MatchString(folded):
		return phrase("youre_welcome")
	case greeting.MatchString(folded):
		return phrase("hello")
	}
	return ""
}
