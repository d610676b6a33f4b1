// Package intent tells what a message wants: an answer from the report's
// content, a summary, something about the report or about the bot, or just a
// word back.
//
// It works by word classes. A message is about the report, the bot, or small
// talk only if it is made up of the words of one rule and of fillers: one word
// of content more, and it is a question. So "who wrote this report?" is about
// the report, and "who wrote the constitution?" is a question.
package intent

import (
	"regexp"
	"strings"
	"unicode"

	"reportbot/store/text"
)

// Kind is what a message wants.
type Kind string

// The kinds.
const (
	Question  Kind = "question" // on the report's content
	Summary   Kind = "summary"
	About     Kind = "about" // the report itself: who wrote it, when, how long it is
	Bot       Kind = "bot"   // what it can do, and how
	SmallTalk Kind = "smalltalk"
)

// Topic is what a message of a kind is about, as rules.txt names it; empty for
// questions and summaries.
type Topic string

// The topics of small talk that no rule tells.
const (
	Wordless Topic = "wordless" // signs or emoji
	Number   Topic = "number"
)

// Intent is what a message wants.
type Intent struct {
	Kind  Kind
	Topic Topic
	// Text is what the message says without what it opens with, such as a
	// greeting; of a summary only what is to be summed up, and how.
	Text string
}

// Read tells what a message wants. sections are the titles of the report's
// sections.
func Read(message string, sections []string) Intent {
	message = strings.TrimSpace(message)
	if signsOnly(message) {
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

var onlyNumber = regexp.MustCompile(`^[#(]?\d{1,6}[).!?]*$`)

func signsOnly(s string) bool {
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
	for _, spelled := range [][]text.Word{list, text.Words(shortened(message, 1)), text.Words(shortened(message, 2))} {
		if kind, topic, ok := words.classify(spelled); ok {
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

// followingUp begin questions that go on from the one before, whatever else
// their words could mean.
var followingUp = phrases("what about, how about, thế còn, vậy còn")

func phrases(list string) [][]text.Word {
	var all [][]text.Word
	for phrase := range strings.SplitSeq(list, ",") {
		all = append(all, text.Words(phrase))
	}
	return all
}

func beginsWith(message []text.Word, any [][]text.Word) bool {
	for _, phrase := range any {
		if len(message) >= len(phrase) && same(message[:len(phrase)], phrase) {
			return true
		}
	}
	return false
}

// shortened cuts a letter that is repeated three times or more, as in "okkk",
// down to so many.
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

var laughter = regexp.MustCompile(`^(?:(?:h[aeiou]|k[aeiou]|j[aeiou]){2,}h?|k{3,}|a?(?:ha){2,}|х[аи](?:х[аи])+|[ㅋㅎ]+)$`)

func laughs(list []text.Word) bool {
	for _, w := range list {
		if !laughter.MatchString(w.Folded) {
			return false
		}
	}
	return len(list) > 0
}

// clauseEnd is where a clause of a message ends.
var clauseEnd = regexp.MustCompile(`[,.!?;:\n…]+\s+|\n`)

// opening is what stands before a question without being part of it.
var opening = regexp.MustCompile(`(?i)^(?:(?:bạn|bot|ad) ơi,?\s+|(?:dạ |vâng )?(?:cho|xin) (?:mình|tôi|em|tớ|anh|chị|t)? ?(?:được )?hỏi(?: là| chút| xíu)?,?\s+|mình muốn hỏi(?: là)?,?\s+|tôi muốn hỏi(?: là)?,?\s+)`)

// withoutOpening takes the greetings, thanks and such off the front of a
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
