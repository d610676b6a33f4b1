package intent

import (
	"strings"

	"reportbot/store/text"
)

// guessed recognizes what a message wants that fits no rule, by the model; ok is false
// for a question.
func guessed(message string, sections []string) (in Intent, ok bool) {
	list := text.Words(message)
	if strings.ContainsAny(message[:1], "/@") || beginsWith(list, followingUp) {
		return Intent{}, false // an unknown command, a name alone, or a question that follows another
	}
	kind, ok := model().guess(list)
	switch {
	case !ok:
		return Intent{}, false
	case kind == Summary:
		return Intent{Kind: kind, Text: guessedScope(message, list, sections)}, true
	}
	return Intent{kind, words.nearestTopic(list, kind), message}, true
}

// guessedScope returns the part of a wish for a summary that says of what: what follows
// the word for a summary, or the whole message if it names a section. It is empty for
// the whole report.
func guessedScope(message string, list []text.Word, sections []string) string {
	if _, _, n := sectionNumber(list); n != noSection {
		return message
	}
	if _, _, ok := (wording{message, list}).title(sections); ok {
		return message
	}
	for _, cue := range []classes{summaryWord, summaryChat, pointsWord} {
		_, to, ok := find(list, cue)
		if !ok {
			continue
		}
		after := list[to:]
		if _, _, whole := find(after, class("report")); whole || len(after) == 0 {
			return ""
		}
		if rest := message[list[to-1].End:]; cue == summaryWord || isScope(rest, sections) {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// presumed are the classes that a message of a kind needn't name: it may leave out the
// report or the bot that it is about.
var presumed = map[Kind]classes{About: class("report", "it"), Bot: class("you")}

// unclear are the topics of messages that have no phrase of any topic.
var unclear = map[Kind]Topic{About: "report", Bot: "how"}

// nearestTopic returns the topic of a kind whose classes most words of a message are of.
func (l *lexicon) nearestTopic(message []text.Word, kind Kind) Topic {
	matches := l.matches(message)
	all := presumed[kind]
	for _, here := range matches {
		for _, m := range here {
			all = all.or(m.in)
		}
	}
	nearest, most := unclear[kind], 0
	beside := presumed[kind].or(class(filler))
	for _, r := range l.rules {
		if r.kind != kind {
			continue
		}
		for _, w := range r.ways {
			if w.must.without(presumed[kind]).empty() || !w.must.without(all).empty() {
				continue
			}
			if n := wordsOf(matches, w.may.without(beside)); n > most {
				nearest, most = r.topic, n
			}
		}
	}
	return nearest
}

// wordsOf returns how many words are in phrases of these classes.
func wordsOf(matches [][]match, of classes) (n int) {
	for i := 0; i < len(matches); {
		end := i
		for _, m := range matches[i] {
			if m.in.meets(of) {
				end = max(end, m.end)
			}
		}
		n += end - i
		i = max(end, i+1)
	}
	return n
}
