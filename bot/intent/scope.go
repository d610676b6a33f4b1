package intent

import (
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Length is the requested length of a summary.
type Length string

// The lengths; empty if none was given.
const (
	Short  Length = "short"
	Medium Length = "medium"
	Long   Length = "long"
)

// Scope says what to sum up, and how. Without section and topic it is the whole
// report.
type Scope struct {
	Section string // a section's title
	// Missing is the requested number of a section, if the report doesn't have it.
	Missing  int
	Topic    string // in the person's words
	Length   Length
	Points   int           // requested number of statements; 0: none given
	Language text.Language // of the summary
}

// noSection is the number for no section.
const noSection = -1 << 30

// scopeWords are the classes of scope.txt.
var scopeWords = readClasses(scopeFile)

var (
	sectionWords = scopeWords["section"]
	ordinalWords = scopeWords["ordinal"]
	lines        = scopeWords["line"]
	// beforeLine are words between "in" and a number of lines.
	beforeLine = scopeWords["before line"]
	// beforeLength are first syllables of words whose second is a length: "tầm
	// ngắn", "độ dài", "lâu dài".
	beforeLength = scopeWords["before length"]
	// beforeTopic introduces a topic; the longest match is removed.
	aboutTopic  = phrases(scopeWords["about"])
	beforeTopic = append(phrases(scopeWords["before topic"]), aboutTopic...)
	onceMore    = phrases(scopeWords["again"])
	// A requested number of words is ignored: summaries are short.
	aroundLines = class(filler, "wish", "asked", "points")

	lengths = []struct {
		phrases  [][]text.Word
		length   Length
		language text.Language
	}{
		{longestFirst(scopeWords["short vi"]), Short, text.Vietnamese},
		{longestFirst(scopeWords["medium vi"]), Medium, text.Vietnamese},
		{longestFirst(scopeWords["long vi"]), Long, text.Vietnamese},
		{longestFirst(scopeWords["short en"]), Short, text.English},
		{longestFirst(scopeWords["medium en"]), Medium, text.English},
		{longestFirst(scopeWords["long en"]), Long, text.English},
	}
	tongues = []struct {
		phrases  [][]text.Word
		language text.Language
	}{
		{phrases(scopeWords["in English"]), text.English},
		{phrases(scopeWords["in Vietnamese"]), text.Vietnamese},
	}
)

// numberWords are the numbers that words say; those counted from the end are negative.
var numberWords = func() map[string]int {
	numbers := map[string]int{}
	for name, words := range scopeWords {
		if n, err := strconv.Atoi(name); err == nil {
			for _, word := range words {
				numbers[word] = n
			}
		}
	}
	return numbers
}()

// ReadScope reads what to sum up: a section by number, ordinal or title, a topic, or
// the whole report, with a length. sections are the titles of the report's sections;
// language is used unless the person names another.
func ReadScope(wish string, sections []string, language text.Language) Scope {
	s := Scope{Language: language}
	p := wording{wish, text.Words(wish)}
	for _, tongue := range tongues {
		if rest, ok := p.without(tongue.phrases); ok {
			p, s.Language = rest, tongue.language
		}
	}
	if title, around, ok := p.title(sections); ok {
		_, s.Points = around.withoutPoints()
		s.readLength(around.trimmed())
		s.Section = title
		return s
	}
	p, s.Points = p.withoutPoints()
	p = s.readLength(p.withoutAgain().trimmed())
	p = p.withoutAgain().trimmed()
	if from, to, n := sectionNumber(p.words); n != noSection {
		s.setSection(n, sections)
		if around := p.remove(from, to); s.Length == "" {
			s.readLength(around.trimmed())
		}
		return s
	}
	if n, err := strconv.Atoi(p.text()); err == nil {
		s.setSection(n, sections)
		return s
	}
	if s.Section = p.section(sections); s.Section != "" {
		return s
	}
	if len(p.words) == 0 || covers(p.words, class(filler, "report", "asked", "wish", "you", "contents")) {
		return s
	}
	topic := p.from(p.topicAt())
	if topic.text() == "" {
		topic = p
	}
	s.Topic = topic.text()
	return s
}

// longestFirst returns phrases so that "ngắn gọn" is found before "ngắn".
func longestFirst(list []string) [][]text.Word {
	all := phrases(list)
	slices.SortStableFunc(all, func(a, b []text.Word) int { return len(b) - len(a) })
	return all
}

// setSection sets section n, counted from the end if negative.
func (s *Scope) setSection(n int, sections []string) {
	if n < 0 {
		n += len(sections) + 1
	}
	switch {
	case n == 0:
		s.Missing = -1
	case n < 1 || n > len(sections):
		s.Missing = max(n, 0)
	default:
		s.Section = sections[n-1]
	}
}

// readLength removes a length from the beginning or the end of a wish.
func (s *Scope) readLength(p wording) wording {
	topic := p.topicAt() > 0
	for _, l := range lengths {
		for _, said := range l.phrases {
			n := len(said)
			if n > len(p.words) {
				continue
			}
			last := len(p.words) - n
			switch {
			case same(p.words[:n], said) && !(topic && n == len(p.words)):
				if rest := p.from(n); s.setLength(l.length, l.language) {
					return s.readLength(rest.trimmed())
				}
			case last > 0 && same(p.words[last:], said) && !p.wordIs(last-1, beforeLength...) && !(topic && last < 2):
				// "Hạ Long" doesn't ask for a long summary; elsewhere "long" could.
				if topic && (l.language == text.English) != (text.LanguageOf(p.written, text.Vietnamese) == text.English) {
					continue
				}
				if rest := p.to(last); s.setLength(l.length, l.language) {
					return s.readLength(rest.trimmed())
				}
			}
		}
	}
	return p
}

// setLength sets the length and the language of its word, unless a length is set.
func (s *Scope) setLength(length Length, language text.Language) bool {
	if s.Length != "" {
		return false
	}
	s.Length, s.Language = length, language
	return true
}

// wording is a part of what a person wrote, in words.
type wording struct {
	written string
	words   []text.Word
}

func (p wording) from(i int) wording { p.words = p.words[i:]; return p }
func (p wording) to(i int) wording   { p.words = p.words[:i]; return p }

// remove returns the phrase without a range of words.
func (p wording) remove(from, to int) wording {
	p.words = slices.Concat(p.words[:from], p.words[to:])
	return p
}

// text returns the phrase as it was written.
func (p wording) text() string {
	if len(p.words) == 0 {
		return ""
	}
	return text.Clean(p.written[p.words[0].Start:p.words[len(p.words)-1].End])
}

func (p wording) wordIs(i int, exact ...string) bool {
	return slices.ContainsFunc(exact, func(s string) bool { return wordIs(p.words[i], s) })
}

func wordIs(w text.Word, exact string) bool {
	return w.Exact == exact || w.Exact == w.Folded && w.Folded == text.Fold(exact)
}

// without returns the phrase without the first of these that it contains.
func (p wording) without(any [][]text.Word) (wording, bool) {
	for _, said := range any {
		for i := 0; i+len(said) <= len(p.words); i++ {
			if same(p.words[i:i+len(said)], said) {
				return p.remove(i, i+len(said)), true
			}
		}
	}
	return p, false
}

// ends are the classes of words without meaning at the ends of a wish.
var ends = class(filler, "you", "asked", "can")

// trimmed returns the phrase without meaningless words at its ends. Names stay: "Anh"
// may be England.
func (p wording) trimmed() wording {
	for again := true; again; {
		again = false
		for _, m := range p.matchesAt(0) {
			if m.in.meets(ends) && !p.words[0].Capital {
				p, again = p.from(m.end), true
				break
			}
		}
		for n := 1; n <= 4 && n <= len(p.words) && !again; n++ {
			last := len(p.words) - n
			for _, m := range words.matchesAt(p.words, last) {
				if m.end == len(p.words) && m.in.meets(ends) && !p.words[last].Capital && !p.afterTopicWord(last) {
					p, again = p.to(last), true
					break
				}
			}
		}
	}
	return p
}

// withoutAgain returns the phrase without words such as "lại" at its beginning. Without
// diacritics they may begin another word, as in "lai suat" (lãi suất), unless nothing
// or a word such as "về" follows.
func (p wording) withoutAgain() wording {
	for _, said := range onceMore {
		n := len(said)
		if n > len(p.words) || !same(p.words[:n], said) || p.words[0].Capital {
			continue
		}
		rest := p.from(n)
		if p.words[0].Exact == said[0].Exact || len(rest.trimmed().words) == 0 || rest.topicAt() > 0 {
			return rest.withoutAgain()
		}
	}
	return p
}

// afterTopicWord reports whether word i is the whole topic.
func (p wording) afterTopicWord(i int) bool { return i > 0 && p.topicAt() == i }

func (p wording) matchesAt(i int) []match {
	if i >= len(p.words) {
		return nil
	}
	return words.matchesAt(p.words, i)
}

// topicAt returns where the topic begins after words such as "về"; 0 if there are
// none.
func (p wording) topicAt() int {
	at := 0
	for _, said := range beforeTopic {
		if len(said) < len(p.words) && len(said) > at && same(p.words[:len(said)], said) {
			at = len(said)
		}
	}
	return at
}

// withoutPoints removes words such as "in 5 lines" from a wish.
func (p wording) withoutPoints() (rest wording, n int) {
	for i := 1; i < len(p.words); i++ {
		if !p.wordIs(i, lines...) {
			continue
		}
		n, ok := numberOf(p.words[i-1])
		if !ok || n < 1 || i > 1 && p.wordIs(i-2, sectionWords...) {
			continue
		}
		from, to := i-1, i+1
		for from > 0 && p.wordIs(from-1, beforeLine...) {
			from--
		}
		for to < len(p.words) && covers(p.words[to:to+1], aroundLines) {
			to++
		}
		for to < len(p.words) && p.wordIs(to, "đầu", "dòng") {
			to++
		}
		return p.remove(from, to), n
	}
	return p, 0
}

// numberOf reads a word as a number.
func numberOf(w text.Word) (int, bool) {
	digits := strings.TrimRight(w.Exact, "번장째")
	if n, err := strconv.Atoi(digits); err == nil {
		return n, true
	}
	for said, n := range numberWords {
		if wordIs(w, said) && (w.Exact == said || len(said) > 2) {
			return n, true
		}
	}
	return 0, false
}

// sectionNumber returns the place and the number of a section named by number or
// ordinal: negative if counted from the end, noSection if there is none.
func sectionNumber(list []text.Word) (from, to, n int) {
	for i, w := range list {
		if !slices.ContainsFunc(sectionWords, func(s string) bool { return wordIs(w, s) }) {
			continue
		}
		at := i + 1
		if at < len(list) && slices.ContainsFunc(ordinalWords, func(s string) bool { return wordIs(list[at], s) }) {
			at++
		}
		if at < len(list) {
			// "phần năm 2024" is not section five.
			number, ok := numberOf(list[at])
			if ok && (list[at].Number || at+1 >= len(list) || !list[at+1].Number) && !(at+1 < len(list) && wordIs(list[at+1], "trăm")) {
				to := at + 1
				if to < len(list) && (wordIs(list[to], "cùng") || wordIs(list[to], "tiên")) {
					to++
				}
				return i, to, number
			}
		}
		if i > 1 && list[i-1].Exact == "번" && list[i-2].Number { // "3번 섹션"
			number, _ := numberOf(list[i-2])
			return i - 2, i + 1, number
		}
		if i > 0 { // "the second section"
			if number, ok := numberOf(list[i-1]); ok && (number < 0 || !list[i-1].Number || strings.HasSuffix(list[i-1].Exact, "번")) && ordinal(list[i-1]) {
				return i - 1, i + 1, number
			}
		}
	}
	return 0, 0, noSection
}

var ordinals = lazyregexp.New(`(?:st|nd|rd|th|번)$|^(?:final|closing|opening)$`)

// ordinal reports whether a number before the word for a section is an ordinal and
// not a count.
func ordinal(w text.Word) bool {
	return ordinals.MatchString(w.Exact)
}

// title returns the longest title of two words or more that the wish contains, and
// the words around it.
func (p wording) title(titles []string) (title string, around wording, ok bool) {
	most := 1
	for _, t := range titles {
		in := text.Words(t)
		for i := 0; i+len(in) <= len(p.words) && len(in) > most; i++ {
			if p.from(i).to(len(in)).within(in) {
				title, around, most, ok = t, p.remove(i, i+len(in)), len(in), true
			}
		}
	}
	return title, around, ok
}

// section returns the title of the one section that the words name, by its whole
// title or several words of it; empty if there is none or several.
func (p wording) section(titles []string) string {
	if len(p.words) > 1 && p.wordIs(0, sectionWords...) {
		if named := p.from(1).section(titles); named != "" {
			return named
		}
	}
	named := ""
	for _, title := range titles {
		in := text.Words(title)
		if len(in) == len(p.words) && p.within(in) {
			return title
		}
		if len(p.words) > 1 && p.within(in) {
			if named != "" {
				return ""
			}
			named = title
		}
	}
	return named
}

// within reports whether a title contains the words in sequence.
func (p wording) within(title []text.Word) bool {
	for i := 0; i+len(p.words) <= len(title) && len(p.words) > 0; i++ {
		if slices.EqualFunc(p.words, title[i:i+len(p.words)], func(a, b text.Word) bool {
			return a.Exact == b.Exact || a.Exact == a.Folded && a.Folded == b.Folded
		}) {
			return true
		}
	}
	return false
}

// namedLanguages are the names of the languages that answers are written in.
var namedLanguages = []struct {
	names    text.Phrases
	language text.Language
}{
	{text.NewPhrases(strings.Join(scopeWords["English"], ",")), text.English},
	{text.NewPhrases(strings.Join(scopeWords["Vietnamese"], ",")), text.Vietnamese},
}

// NamedLanguage returns the language that a message names, empty if none.
func NamedLanguage(message string) text.Language {
	list := text.Words(message)
	for _, l := range namedLanguages {
		if l.names.In(list, text.HasDiacritics(message)) {
			return l.language
		}
	}
	return ""
}
