package bot

import (
	"slices"
	"strconv"

	"reportbot/bot/summary"
	"reportbot/store/text"
)

// lengthWord is a word by which people say how long a summary is to be.
type lengthWord struct {
	exact    string
	length   summary.Length
	language text.Language
}

var lengthWords = []lengthWord{
	{"ngắn", summary.Short, text.Vietnamese}, {"vừa", summary.Medium, text.Vietnamese}, {"dài", summary.Long, text.Vietnamese},
	{"short", summary.Short, text.English}, {"medium", summary.Medium, text.English}, {"long", summary.Long, text.English},
}

// beforeLength are the first syllables of words that end like a length: "tầm
// ngắn", "độ dài", "lâu dài".
var beforeLength = []string{"tầm", "độ", "chiều", "lâu", "kéo", "đường", "rút", "trải", "vừa"}

// What may stand before a topic and before a section, and what means the whole
// report.
var (
	topicWords   = map[string]text.Language{"về": text.Vietnamese, "about": text.English, "on": text.English}
	sectionWords = []string{"phần", "mục", "section", "part"}
	allWords     = []string{"toàn bộ", "tất cả", "cả báo cáo", "toàn bộ báo cáo", "báo cáo", "báo cáo này", "all", "report", "the report", "the whole report"}
)

// summaryRequest reads what follows /summary: a length, and a section by
// number or name, or a topic. number is that of a section that isn't there, -1
// if all is well.
func summaryRequest(args string, sections []string, lang text.Language) (request summary.Request, number int) {
	w := wordsOf(args)
	request = summary.Request{Length: summary.Medium, Language: lang}
	if said, ok := w.lengthAt(0); ok {
		request.Length, request.Language = said.length, said.language
		w = w.from(1)
	}
	topicLanguage, isTopic := w.topic()
	if last := len(w.words) - 1; last >= 0 && !(last > 0 && w.is(last-1, beforeLength...)) {
		if said, ok := w.lengthAt(last); ok && (!isTopic || last > 1 && said.language == topicLanguage) {
			request.Length, request.Language = said.length, said.language
			w = w.to(last)
		}
	}
	switch {
	case isTopic:
		w = w.from(1)
	case len(w.words) == 0 || w.isPhrase(allWords):
		return request, -1
	case len(w.words) > 1 && w.is(0, sectionWords...):
		w = w.from(1)
		fallthrough
	default:
		if n, err := strconv.Atoi(w.text()); err == nil {
			if n < 1 || n > len(sections) {
				return request, n
			}
			request.Section = sections[n-1]
			return request, -1
		}
		if request.Section = w.section(sections); request.Section != "" {
			return request, -1
		}
	}
	request.Topic = w.text()
	if request.Language = topicLanguage; !isTopic {
		request.Language = text.LanguageOf(args, lang)
	}
	return request, -1
}

// words is a run of words of what somebody wrote.
type words struct {
	written string
	words   []text.Word
	marked  bool // the whole is written with marks
}

func wordsOf(s string) words { return words{s, text.Words(s), text.HasDiacritics(s)} }

func (w words) from(i int) words { w.words = w.words[i:]; return w }
func (w words) to(i int) words   { w.words = w.words[:i]; return w }

// text returns the words as they were written.
func (w words) text() string {
	if len(w.words) == 0 {
		return ""
	}
	return text.Clean(w.written[w.words[0].Start:w.words[len(w.words)-1].End])
}

// is reports whether word i is one of these; who writes without marks is read
// without them.
func (w words) is(i int, exact ...string) bool {
	return slices.ContainsFunc(exact, func(s string) bool { return w.words[i].Exact == s || !w.marked && w.words[i].Folded == text.Fold(s) })
}

func (w words) lengthAt(i int) (lengthWord, bool) {
	for _, said := range lengthWords {
		if i < len(w.words) && w.is(i, said.exact) {
			return said, true
		}
	}
	return lengthWord{}, false
}

// topic reports whether the words begin as a topic does, and in which language.
func (w words) topic() (text.Language, bool) {
	for before, language := range topicWords {
		if len(w.words) > 1 && w.is(0, before) {
			return language, true
		}
	}
	return "", false
}

// isPhrase reports whether the words are one of these phrases.
func (w words) isPhrase(phrases []string) bool {
	return slices.ContainsFunc(phrases, func(phrase string) bool {
		other := text.Words(phrase)
		return len(other) == len(w.words) && w.within(other)
	})
}

// section returns the title of the one section that the words name: all of its
// title, or several words of it; empty if there is none, or more than one.
func (w words) section(titles []string) string {
	named := ""
	for _, title := range titles {
		in := text.Words(title)
		if len(in) == len(w.words) && w.within(in) {
			return title
		}
		if len(w.words) > 1 && w.within(in) {
			if named != "" {
				return ""
			}
			named = title
		}
	}
	return named
}

// within reports whether the words stand together in a title.
func (w words) within(title []text.Word) bool {
	for i := 0; i+len(w.words) <= len(title); i++ {
		if slices.EqualFunc(w.words, title[i:i+len(w.words)], func(a, b text.Word) bool {
			return a.Exact == b.Exact || !w.marked && a.Folded == b.Folded
		}) {
			return true
		}
	}
	return false
}
