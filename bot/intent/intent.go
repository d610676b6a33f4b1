// Package intent recognizes what a message wants: an answer from the report's
// content, a summary, something about the report or the bot, or small talk.
//
// It works with word classes. A message is about the report, about the bot, or small
// talk only if it consists of the words of one rule and of fillers. With any other
// content word it is a question. So "who wrote this report?" is about the report, and
// "who wrote the constitution?" is a question.
package intent

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/lazyregexp"
	"reportbot/store/text"
)

// Read recognizes what a message wants. sections are the titles of the report's
// sections.
func Read(message string, sections []string) Intent {
	message = strings.TrimSpace(message)
	rest := withoutMention(message)
	in := readPlain(rest, sections)
	if in.Kind == Question && rest != message {
		// Who is named is asked: "@bot knows what?".
		if named := readPlain("bot "+rest, sections); named.Kind != Question {
			return named
		}
	}
	return in
}

// readPlain recognizes what a message wants that names nobody.
func readPlain(message string, sections []string) Intent {
	if in, ok := readCommand(message); ok {
		return in
	}
	if SignsOnly(message) {
		return Intent{SmallTalk, Wordless, message}
	}
	if onlyNumber.MatchString(message) {
		return Intent{SmallTalk, Number, message}
	}
	if in, ok := read(message, sections); ok {
		return in
	}
	if rest := withoutOpening(message); rest != message {
		if in, ok := read(rest, sections); ok {
			return in
		}
		return Intent{Kind: Question, Text: rest}
	}
	return Intent{Kind: Question, Text: message}
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
	case len(list) == 1 && len([]rune(list[0].Exact)) == 1 && !list[0].Capital:
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
