package telegramtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	mentionPattern = regexp.MustCompile(`@[a-zA-Z0-9_]{2,32}`)
	commandPattern = regexp.MustCompile(`/[a-zA-Z0-9_]+(@[a-zA-Z0-9_]+)?`)
	hashtagPattern = regexp.MustCompile(`#[\p{L}\p{Nd}_]{1,256}`)
	emailPattern   = regexp.MustCompile(`[a-zA-Z0-9._%+-]{1,64}@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}`)
	urlPattern     = regexp.MustCompile(`(?i)(?:https?|ftp)://[^\s<>"«»]+|` +
		`(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|int|io|me|vn|uk|us|ua|ru|de|fr|eu|tv|news|app|dev|ai)\b(?::\d+)?(?:[/?#][^\s<>"«»]*)?`)
)

// findEntities returns what Telegram finds in a text by itself: URLs,
// addresses, mentions, commands and hashtags, by offset, without overlaps.
func findEntities(text string) []Entity {
	var found []Entity
	add := func(kind string, start, end int) {
		offset := Length(text[:start])
		e := Entity{Type: kind, Offset: offset, Length: Length(text[start:end])}
		overlaps := func(o Entity) bool { return e.Offset < o.end() && o.Offset < e.end() }
		if !slices.ContainsFunc(found, overlaps) {
			found = append(found, e)
		}
	}
	for _, m := range emailPattern.FindAllStringIndex(text, -1) {
		add("email", m[0], m[1])
	}
	for _, m := range urlPattern.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		end := m[0] + len(strings.TrimRight(text[m[0]:m[1]], ".:;,('?!`"))
		hasScheme := strings.Contains(text[m[0]:end], "://")
		if hasScheme || m[0] == 0 || !isWord(before) && !strings.ContainsRune("/#@", before) {
			add("url", m[0], end)
		}
	}
	for _, m := range commandPattern.FindAllStringIndex(text, -1) {
		if start, end, ok := commandAt(text, m[0], m[1]); ok {
			add("bot_command", start, end)
		}
	}
	for _, m := range mentionPattern.FindAllStringIndex(text, -1) {
		if !isWord(lastRune(text[:m[0]])) && !isWord(firstRune(text[m[1]:])) {
			add("mention", m[0], m[1])
		}
	}
	for _, m := range hashtagPattern.FindAllStringIndex(text, -1) {
		if !isWord(lastRune(text[:m[0]])) && firstRune(text[m[1]:]) != '#' &&
			strings.ContainsFunc(text[m[0]:m[1]], unicode.IsLetter) {
			add("hashtag", m[0], m[1])
		}
	}
	sortEntities(found)
	return found
}

// commandAt decides whether a match is a command: at a word's start, not in a
// path or a tag, the name up to 64 characters, the bot's from 3 to 32.
func commandAt(text string, start, end int) (int, int, bool) {
	before, after := lastRune(text[:start]), firstRune(text[end:])
	if isWord(before) || strings.ContainsRune("/<>", before) || isWord(after) || strings.ContainsRune("/<>", after) {
		return 0, 0, false
	}
	name, bot, named := strings.Cut(text[start+1:end], "@")
	if len(name) > 64 || named && (len(bot) < 3 || len(bot) > 32) || !named && after == '@' {
		return 0, 0, false
	}
	return start, end, true
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// lastRune and firstRune return a space for an empty text, which is no part
// of any word.
func lastRune(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
