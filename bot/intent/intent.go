// Package intent recognizes what a message wants: an answer from the report's
// content, a summary, something about the report or the bot, or small talk.
//
// Rules of word classes come first. A message fits a rule only if it consists of the
// words of that rule and of fillers: "who wrote this report?" is about the report, and
// "who wrote the constitution?" fits none. What fits no rule, as chats write it, a
// small model of its words and classes reads; if that isn't sure, it is a question.
package intent

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Read recognizes what a message wants. sections are the titles of the report's
// sections. named is set if the message mentioned the bot, in a mention that has been
// removed from it.
func Read(message string, sections []string, named bool) Intent {
	message = strings.TrimSpace(message)
	rest := withoutMention(message)
	in, ok := readByRules(rest, sections)
	if !ok && (named || rest != message) {
		// Who is named is asked: "@bot knows what?".
		in, ok = readByRules("bot "+rest, sections)
	}
	if !ok {
		in, ok = guessed(rest, sections)
	}
	if !ok {
		return Intent{Kind: Question, Text: withoutOpening(rest)}
	}
	return in
}

// readByRules recognizes what a message wants that names nobody; ok is false if it fits no
// rule.
func readByRules(message string, sections []string) (in Intent, ok bool) {
	if in, ok := readCommand(message); ok {
		return in, true
	}
	if SignsOnly(message) {
		return Intent{SmallTalk, Wordless, message}, true
	}
	if onlyNumber.MatchString(message) {
		return Intent{SmallTalk, Number, message}, true
	}
	if in, ok := read(message, sections); ok {
		return in, true
	}
	if rest := withoutOpening(message); rest != message {
		return read(rest, sections)
	}
	return Intent{}, false
}

var onlyNumber = lazyregexp.New(`^[#(]?\d{1,6}[).!?]*$`)

// SignsOnly reports whether a text has neither letters nor numbers.
func SignsOnly(s string) bool {
	return !strings.ContainsFunc(text.Clean(s), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func read(message string, sections []string) (Intent, bool) {
	if rest, ok := wishForSummary(message, sections); ok {
		return Intent{Kind: Summary, Text: rest}, true
	}
	list := text.Words(message)
	if beginsWith(list, followingUp) {
		return Intent{}, false
	}
	for _, spelled := range slices.Compact([]string{message, shortened(message, 1), shortened(message, 2)}) {
		if kind, topic, ok := words.classify(text.Words(spelled)); ok {
			return Intent{kind, topic, message}, true
		}
	}
	switch {
	case laughs(list):
		return Intent{SmallTalk, "laugh", message}, true
	case len(list) == 1 && (len([]rune(list[0].Exact)) == 1 && !list[0].Capital || alongKeys(list[0].Exact)):
		return Intent{SmallTalk, "mash", message}, true
	}
	return Intent{}, false
}

// followingUp are the beginnings of follow-up questions, even if their words could
// mean something else.
var followingUp = phrases([]string{"what about", "how about", "thế còn", "vậy còn"})

// shortened reduces a letter that is repeated three times or more, as in "okkk", to
// this many.
func shortened(s string, to int) string {
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && unicode.ToLower(runes[j]) == unicode.ToLower(runes[i]) {
			j++
		}
		n := j - i
		if n >= 3 && unicode.IsLetter(runes[i]) {
			n = to
		}
		b.WriteString(string(runes[i : i+n]))
		i = j
	}
	return b.String()
}

var laughter = lazyregexp.New(`^(?:(?:h[aeiou]|k[aeiou]|j[aeiou]){2,}h?|k{3,}|a?(?:ha){2,}|х[аи](?:х[аи])+|[ㅋㅎ]+)$`)

func laughs(list []text.Word) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(w text.Word) bool { return !laughter.MatchString(w.Folded) })
}

// alongKeys reports whether a word is four or more neighbouring keys of a keyboard, in
// either direction.
func alongKeys(word string) bool {
	for _, row := range []string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"} {
		if len(word) >= 4 && strings.Contains(row, word) {
			return true
		}
	}
	return false
}

// clauseEnd matches the end of a clause.
var clauseEnd = lazyregexp.New(`[,.!?;:\n…]+\s+|\n`)

// opening are the classes of words before a question that aren't part of it.
var opening = lazyregexp.New(`(?i)^(?:(?:bạn|bot|ad) ơi,?\s+|(?:dạ |vâng )?(?:cho|xin) (?:mình|tôi|em|tớ|anh|chị|t)? ?(?:được )?hỏi(?: là| chút| xíu)?,?\s+|mình muốn hỏi(?: là)?,?\s+|tôi muốn hỏi(?: là)?,?\s+)`)

// withoutOpening removes greetings, thanks and the like from the beginning of a
// message, clause by clause.
func withoutOpening(message string) string {
	rest := message
	for {
		at := clauseEnd.FindStringIndex(rest)
		if at == nil {
			break
		}
		kind, _, ok := words.classify(text.Words(rest[:at[0]]))
		if !ok || kind != SmallTalk || strings.TrimSpace(rest[at[1]:]) == "" {
			break
		}
		rest = strings.TrimSpace(rest[at[1]:])
	}
	if at := opening.FindStringIndex(rest); at != nil {
		rest = strings.TrimSpace(rest[at[1]:])
	}
	if rest == "" {
		return message
	}
	return rest
}

// LanguageOf returns the language for the reply to a message: the message's own, or
// fallback if its words are used in any language.
func LanguageOf(message string, fallback text.Language) text.Language {
	list := text.Words(message)
	if covers(list, class("neutral")) {
		return fallback
	}
	return text.LanguageOf(message, fallback)
}

// SaysCutoff reports whether a sentence gives the date of the report's data.
func SaysCutoff(sentence string) bool {
	_, _, ok := find(text.Words(sentence), class("data_until"))
	return ok
}
