package intent

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Classes of words around a wish for a summary.
var (
	summaryWord  = class("summary")
	summaryChat  = class("summary_chat")
	pointsWord   = class("points")
	beforeWish   = class(filler, "you", "wish", "can", "report", "hello", "thanks", "ok", "help", "what", "points", "long")
	afterPoints  = class(filler, "you", "asked", "report", "can", "what", "have", "wish", "about_strict", "make")
	asksForLines = class(filler, "wish")
	besideLength = beforeWish.or(class("asked"))
	saysWhat     = class(filler, "about_strict", "about", "what", "have", "subject")
)

// wishForSummary reports whether a message asks for a summary, and returns the part
// that says of what.
func wishForSummary(message string, sections []string) (rest string, ok bool) {
	list := text.Words(message)
	if from, to, found := find(list, summaryWord); found {
		before, ok := beforeCue(message, list, from, sections)
		return strings.TrimSpace(before + " " + message[list[to-1].End:]), ok
	}
	if from, to, found := find(list, summaryChat); found {
		after := message[list[to-1].End:]
		return strings.TrimSpace(after), covers(list[:from], beforeWish) && isScope(after, sections)
	}
	if points, ok := countedPoints(message, list); ok {
		return points, true
	}
	if from, to, found := find(list, pointsWord); found {
		before, ok := beforeCue(message, list, from, sections)
		after := message[list[to-1].End:]
		return strings.TrimSpace(before + " " + after), ok && isScope(after, sections)
	}
	if from, to, n := sectionNumber(list); n != noSection {
		around := slices.Concat(list[:from], list[to:])
		section := message[list[from].Start:list[to-1].End]
		if rest, short := withoutLength(around); short && covers(rest, besideLength) {
			return message[list[from].Start:], true
		}
		_, _, asks := find(around, class("what"))
		return section, asks && covers(around, saysWhat)
	}
	return "", false
}

// withoutLength returns words without a length such as "ngắn gọn"; ok is false if
// they have none.
func withoutLength(list []text.Word) (rest []text.Word, ok bool) {
	longest := list
	for _, l := range lengths {
		for _, said := range l.phrases {
			if rest, found := (wording{words: list}).without([][]text.Word{said}); found && len(rest.words) < len(longest) {
				longest, ok = rest.words, true
			}
		}
	}
	return longest, ok
}

// countedPoints reports whether a message asks for nothing but so many points, as
// "5 gạch đầu dòng thôi" does, and returns what says how many.
func countedPoints(message string, list []text.Word) (points string, ok bool) {
	for i := 1; i < len(list); i++ {
		n, isNumber := numberOf(list[i-1])
		if !isNumber || n < 1 {
			continue
		}
		for _, m := range words.matchesAt(list, i) {
			// "Một câu" asks for a briefer answer, or to put a question.
			plain := n > 1 && wording{words: list}.wordIs(i, lines...) && m.end == i+1
			if (m.in.meets(pointsWord) || plain && covers(list[:i-1], asksForLines) && i > 1) &&
				covers(list[:i-1], beforeWish) && covers(list[m.end:], afterPoints) {
				return message[list[i-1].Start:list[i-1].End] + " " + lines[0], true
			}
		}
	}
	return "", false
}

// beforeCue reports whether the words before the word for a summary allow a wish, and
// returns those that name a section.
func beforeCue(message string, list []text.Word, cue int, sections []string) (section string, ok bool) {
	before := list[:cue]
	if cue == 0 || covers(before, beforeWish) {
		return "", true
	}
	if from, to, n := sectionNumber(before); n != noSection {
		around := slices.Concat(before[:from], before[to:])
		return message[before[from].Start:before[to-1].End], covers(around, beforeWish)
	}
	// "It is too long to read, sum it up": the wish is a clause of its own, which may begin
	// with a few words of request.
	for i := cue; i > 0; i-- {
		if strings.ContainsAny(message[list[i-1].End:list[i].Start], ",.;:!?\n–—") {
			return "", covers(list[i:cue], beforeWish)
		}
	}
	return "", false
}

// isScope reports whether the words after "main points" name a report or section, and
// not something in the report.
func isScope(after string, sections []string) bool {
	scope := ReadScope(after, sections, text.Vietnamese)
	if scope.Topic == "" {
		return true
	}
	list := text.Words(after)
	return covers(list, afterPoints) || beginsWith(list, aboutTopic)
}
