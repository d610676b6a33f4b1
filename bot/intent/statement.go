package intent

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// leastStated is the fewest words of a statement.
const leastStated = 3

// statementWords are the classes of statements.txt, the longest phrases first.
var statementWords = func() map[string][][]text.Word {
	byClass := map[string][][]text.Word{}
	for name, list := range readClasses(statementsFile) {
		byClass[name] = phrases(list)
		slices.SortStableFunc(byClass[name], func(a, b []text.Word) int { return len(b) - len(a) })
	}
	return byClass
}()

// Statement returns what a sentence of a message states on the world, without
// hearsay before it and tags behind it ("Nghe nói ..., đúng không?"); ok is false for
// questions, opinions, wishes and small talk.
func Statement(sentence string) (stated string, ok bool) {
	said := strings.TrimSpace(sentence)
	if SignsOnly(said) {
		return "", false
	}
	for _, part := range []string{said, strings.TrimRight(said, ".!… ")} {
		if wish, ok := readByRules(withoutMention(part), nil); ok && wish.Kind != Question {
			return "", false
		}
	}
	said = withoutLead(said)
	said, tagged := withoutTag(said)
	bare := unquoted(said)
	list := text.Words(bare)
	if len(list) < leastStated {
		return "", false
	}
	if !tagged && isQuestion(bare, list) || thinks(list) {
		return "", false
	}
	return said, true
}

// begins returns how many words of the longest phrase of a class a message begins
// with; 0 for none.
func begins(message []text.Word, class string) int {
	for _, phrase := range statementWords[class] {
		if len(message) >= len(phrase) && spelledAs(message[:len(phrase)], phrase) {
			return len(phrase)
		}
	}
	return 0
}

func endsWith(message []text.Word, class string) int {
	for _, phrase := range statementWords[class] {
		if n := len(message) - len(phrase); n >= 0 && spelledAs(message[n:], phrase) {
			return len(phrase)
		}
	}
	return 0
}

// spelledAs reports whether words are a phrase. One syllable has to have its own marks; in
// a message without any it may be many things, and counts only if it has none.
func spelledAs(words, phrase []text.Word) bool {
	if len(phrase) == 1 {
		return words[0].Exact == phrase[0].Exact || plainly[words[0].Exact] == phrase[0].Exact
	}
	return same(words, phrase)
}

// plainly are the syllables without marks that hardly mean anything else in chats.
var plainly = map[string]string{"khong": "không", "chua": "chưa", "nhi": "nhỉ", "nhe": "nhé", "qua": "quá", "gi": "gì", "thoi": "thôi", "troi": "trời"}

// askedIfTrue are the ways of messages that ask whether another message is true.
var askedIfTrue = func() []way {
	ways, err := words.ways("is_true [that_message] [you] [trust_ask] [check_it]; check_it that_message [you] [can] [is_true]; check_it [you] [can] is_true; check_alone [you] [can]")
	if err != nil {
		panic("intent: the classes are embedded: " + err.Error())
	}
	return ways
}()

// AsksIfTrue reports whether a message asks of another one whether it is true, or to
// check it: "đúng không?", "is this true?".
func AsksIfTrue(message string) bool {
	list := text.Words(message)
	if len(list) == 0 || len(list) > mostWords {
		return false
	}
	matches := words.matches(list)
	return slices.ContainsFunc(askedIfTrue, func(w way) bool { return w.fits(matches) })
}

// RefersBack reports whether a statement means something that stands in the sentence
// before it: "they", "after that".
func RefersBack(stated string) bool {
	list := text.Words(stated)
	for i := range list {
		if begins(list[i:], "refers") > 0 {
			return true
		}
	}
	return false
}

// withoutLead takes off what stands before the statement.
func withoutLead(said string) string {
	for range 4 {
		list := text.Words(said)
		n := begins(list, "lead")
		if n == 0 || n >= len(list) {
			break
		}
		between := said[list[n-1].End:list[n].Start]
		joint := begins(list[n:], "joint")
		// One syllable is a lead only where something parts it from the rest.
		if n == 1 && joint == 0 && !strings.ContainsAny(between, ",:;.!…-–—") && !slices.Contains([]string{"và", "nhưng", "mà", "and", "but", "so", "apparently"}, list[0].Exact) {
			break
		}
		if n+joint >= len(list) {
			break
		}
		said = said[list[n+joint].Start:]
	}
	return said
}

// plainParticles end a statement also where no punctuation parts them from it.
var plainParticles = []string{"nhé", "nha", "đấy", "ạ", "nhỉ", "luôn", "nhe", "rồi", "hết", "roi", "luon"}

// withoutTag takes off what stands behind the statement; tagged is set if it asked
// whether the statement is true.
func withoutTag(said string) (rest string, tagged bool) {
	rest = strings.TrimRightFunc(said, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("?.!”\"»)%", r)
	})
	for {
		list := text.Words(rest)
		asked := strings.ContainsAny(rest[lastEnd(list):], "?")
		n, class := endsWith(list, "tag"), "tag"
		if n == 0 && !asked {
			n, class = endsWith(list, "source"), "source"
			if n == 0 {
				n, class = endsWith(list, "particle"), "particle"
			}
		}
		if n == 0 || n == len(list) {
			return rest, tagged
		}
		before := list[len(list)-n-1]
		parted := strings.ContainsAny(rest[before.End:list[len(list)-n].Start], ",.;:!?-–—(…")
		if class == "tag" && !asked && !parted {
			return rest, tagged
		}
		if class == "particle" && n == 1 && !parted && !slices.Contains(plainParticles, list[len(list)-1].Exact) {
			return rest, tagged
		}
		tagged = tagged || class == "tag"
		rest = strings.TrimRight(rest[:before.End], " ,")
	}
}

func lastEnd(list []text.Word) int {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].End
}

var quotedWords = lazyregexp.New(`“[^”]*”|"[^"]*"|«[^»]*»`)

// unquoted returns a text without its quotations, which are somebody else's words.
func unquoted(said string) string { return quotedWords.ReplaceAllString(said, "“”") }

// isQuestion reports whether a sentence is a question.
func isQuestion(said string, list []text.Word) bool {
	end := said[lastEnd(list):]
	if strings.Contains(end, "?") {
		return true
	}
	if strings.Contains(end, ".") && !strings.Contains(end, "..") {
		return false
	}
	if begins(list, "asks_first") > 0 {
		return text.LanguageOf(said, text.Vietnamese) != text.English || !strings.Contains(said, ",")
	}
	if n := endsWith(list, "asks_last"); n > 0 && !denied(list[:len(list)-n]) {
		return true
	}
	for i := range list {
		if begins(list[i:], "asks") > 0 && !denied(list[:i]) {
			return true
		}
	}
	return false
}

// denied reports whether a word of denial is among the words.
func denied(list []text.Word) bool {
	return slices.ContainsFunc(list, func(w text.Word) bool { return begins([]text.Word{w}, "denies") > 0 })
}

// thinks reports whether a sentence says what somebody thinks or wants.
func thinks(list []text.Word) bool {
	if begins(list, "not_opinion") == 0 && begins(list, "opinion_first") > 0 || endsWith(list, "opinion_last") > 0 {
		return true
	}
	for i := range list {
		if begins(list[i:], "opinion") > 0 && begins(list[i:], "not_opinion") == 0 {
			return true
		}
	}
	return false
}
