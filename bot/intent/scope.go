package intent

import (
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text"
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

var (
	sectionWords = []string{"phần", "mục", "chương", "section", "sections", "part", "chapter", "раздел", "раздела", "часть", "섹션"}
	ordinalWords = []string{"thứ", "số", "number", "no", "nr"}
	numberWords  = map[string]int{
		"một": 1, "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
		"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
		"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
		"đầu": 1, "opening": 1, "cuối": -1, "chót": -1, "last": -1, "final": -1, "closing": -1,
		"vài": 3, "few": 3, "couple": 2,
	}
	// beforeTopic introduces a topic; the longest match is removed.
	aboutTopic  = phrases("về, nói về, liên quan đến, about, on, regarding, concerning, о, об")
	beforeTopic = append(phrases("phần về, phần nói về, đoạn về, đoạn nói về, mục về, mục nói về, những gì báo cáo nói về, báo cáo nói gì về, nội dung về, nội dung nói về, "+
		"thông tin về, các ý về, ý về, what it says about, what it says on, what the report says about, what is said about, what is said on, the part about, the part on, the section about, the section on, part about, section about, of, diễn biến về"), aboutTopic...)
	lines = []string{"dòng", "câu", "ý", "gạch", "điểm", "mục", "line", "lines", "sentence", "sentences", "bullet", "bullets", "point", "points"}
	// A requested number of words is ignored: summaries are short.
	aroundLines = class(filler, "wish", "asked", "points")

	lengths = []struct {
		phrases  [][]text.Word
		length   Length
		language text.Language
	}{
		{phrases("ngắn, ngắn gọn, thật ngắn, rất ngắn, ngắn thôi, cực ngắn, siêu ngắn, ngắn nhất, ngắn hơn, thật ngắn gọn, vắn tắt, sơ lược, qua loa, trong 1 phút, trong một phút, gọn"), Short, text.Vietnamese},
		{phrases("vừa, vừa phải, vừa vừa"), Medium, text.Vietnamese},
		{phrases("dài, chi tiết, thật chi tiết, đầy đủ, dài hơn, kỹ, kĩ, kỹ hơn, chi tiết hơn, thật kỹ, thật dài"), Long, text.Vietnamese},
		{phrases("short, brief, briefly, shorter, very short, very briefly, quick, quickly, in brief, in short, concise, in a minute, in one minute"), Short, text.English},
		{phrases("medium"), Medium, text.English},
		{phrases("long, longer, detailed, in detail, in depth, full, at length, thorough"), Long, text.English},
	}
	tongues = []struct {
		phrases  [][]text.Word
		language text.Language
	}{
		{phrases("bằng tiếng anh, sang tiếng anh, in english, по английски, 영어로"), text.English},
		{phrases("bằng tiếng việt, sang tiếng việt, in vietnamese"), text.Vietnamese},
	}
	// beforeLength are first syllables of words whose second is a length: "tầm
	// ngắn", "độ dài", "lâu dài".
	beforeLength = []string{"tầm", "độ", "chiều", "lâu", "kéo", "đường", "rút", "trải", "vừa"}
)

// ReadScope reads what to sum up: a section by number, ordinal or title, a topic, or
// the whole report, with a length. sections are the titles of the report's sections;
// language is used unless the person names another.
func ReadScope(wish string, sections []string, language text.Language) Scope {
	s := Scope{Language: language}
	p := phrase{wish, text.Words(wish)}
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
	p = s.readLength(p.trimmed())
	p = p.trimmed()
	if from, to, n := sectionNumber(p.words, len(sections)); n != noSection {
		s.setSection(n, sections)
		if around := p.cut(from, to); s.Length == "" {
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

// setSection sets section n, counted from the end if negative.
func (s *Scope) setSection(n int, sections []string) {
	if n < 0 {
		n += len(sections) + 1
	}
	if n < 1 || n > len(sections) {
		s.Missing = max(n, 0)
		if n == 0 {
			s.Missing = -1
		}
		return
	}
	s.Section = sections[n-1]
}

// readLength removes a length from the beginning or the end of a wish.
func (s *Scope) readLength(p phrase) phrase {
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
				if rest := p.from(n); s.length(l.length, l.language, n) {
					return s.readLength(rest.trimmed())
				}
			case last > 0 && same(p.words[last:], said) && !p.wordIs(last-1, beforeLength...) && !(topic && last < 2):
				// "Hạ Long" doesn't ask for a long summary; elsewhere "long" could.
				if topic && (l.language == text.English) != (text.LanguageOf(p.written, text.Vietnamese) == text.English) {
					continue
				}
				if rest := p.to(last); s.length(l.length, l.language, n) {
					return s.readLength(rest.trimmed())
				}
			}
		}
	}
	return p
}

// length sets the length and the language of its word.
func (s *Scope) length(length Length, language text.Language, _ int) bool {
	if s.Length != "" {
		return false
	}
	s.Length, s.Language = length, language
	return true
}

// phrase is a part of what a person wrote, in words.
type phrase struct {
	written string
	words   []text.Word
}

func (p phrase) from(i int) phrase { p.words = p.words[i:]; return p }
func (p phrase) to(i int) phrase   { p.words = p.words[:i]; return p }

// cut returns the phrase without a range of words.
func (p phrase) cut(from, to int) phrase {
	p.words = append(append([]text.Word{}, p.words[:from]...), p.words[to:]...)
	return p
}

// text returns the phrase as it was written.
func (p phrase) text() string {
	if len(p.words) == 0 {
		return ""
	}
	return text.Clean(p.written[p.words[0].Start:p.words[len(p.words)-1].End])
}

func (p phrase) wordIs(i int, exact ...string) bool {
	return slices.ContainsFunc(exact, func(s string) bool { return wordIs(p.words[i], s) })
}

func wordIs(w text.Word, exact string) bool {
	return w.Exact == exact || w.Exact == w.Folded && w.Folded == text.Fold(exact)
}

// without returns the phrase without the first of these that it contains.
func (p phrase) without(any [][]text.Word) (phrase, bool) {
	for _, said := range any {
		for i := 0; i+len(said) <= len(p.words); i++ {
			if same(p.words[i:i+len(said)], said) {
				return p.cut(i, i+len(said)), true
			}
		}
	}
	return p, false
}

// ends are the classes of words without meaning at the ends of a wish.
var ends = class(filler, "you", "asked", "can")

// trimmed returns the phrase without meaningless words at its ends. Names stay: "Anh"
// may be England.
func (p phrase) trimmed() phrase {
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

// afterTopicWord reports whether word i is the whole topic.
func (p phrase) afterTopicWord(i int) bool { return i > 0 && p.topicAt() == i }

func (p phrase) matchesAt(i int) []match {
	if i >= len(p.words) {
		return nil
	}
	return words.matchesAt(p.words, i)
}

// topicAt returns where the topic begins after words such as "về"; 0 if there are
// none.
func (p phrase) topicAt() int {
	at := 0
	for _, said := range beforeTopic {
		if len(said) < len(p.words) && len(said) > at && same(p.words[:len(said)], said) {
			at = len(said)
		}
	}
	return at
}

// withoutPoints removes words such as "in 5 lines" from a wish.
func (p phrase) withoutPoints() (rest phrase, n int) {
	for i := 1; i < len(p.words); i++ {
		if !p.wordIs(i, lines...) {
			continue
		}
		n, ok := numberOf(p.words[i-1])
		if !ok || n < 1 || i > 1 && p.wordIs(i-2, sectionWords...) {
			continue
		}
		from, to := i-1, i+1
		for from > 0 && p.wordIs(from-1, "trong", "khoảng", "tầm", "chừng", "cỡ", "tối", "đa", "in", "within", "about", "max", "maximum", "under", "than", "more", "a", "no", "chỉ", "đúng", "gồm", "với", "as") {
			from--
		}
		for to < len(p.words) && covers(p.words[to:to+1], aroundLines) {
			to++
		}
		for to < len(p.words) && p.wordIs(to, "đầu", "dòng") {
			to++
		}
		return p.cut(from, to), n
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
func sectionNumber(list []text.Word, _ int) (from, to, n int) {
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
				if to < len(list) && wordIs(list[to], "cùng") || to < len(list) && wordIs(list[to], "tiên") {
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

// ordinal reports whether a number before the word for a section is an ordinal and
// not a count.
func ordinal(w text.Word) bool {
	s := w.Exact
	return strings.HasSuffix(s, "st") || strings.HasSuffix(s, "nd") || strings.HasSuffix(s, "rd") || strings.HasSuffix(s, "th") ||
		strings.HasSuffix(s, "번") || s == "final" || s == "closing" || s == "opening"
}

// title returns the longest title of two words or more that the wish contains, and
// the words around it.
func (p phrase) title(titles []string) (title string, around phrase, ok bool) {
	most := 1
	for _, t := range titles {
		in := text.Words(t)
		for i := 0; i+len(in) <= len(p.words) && len(in) > most; i++ {
			if p.from(i).to(len(in)).within(in) {
				title, around, most, ok = t, p.cut(i, i+len(in)), len(in), true
			}
		}
	}
	return title, around, ok
}

// section returns the title of the one section that the words name, by its whole
// title or several words of it; empty if there is none or several.
func (p phrase) section(titles []string) string {
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
func (p phrase) within(title []text.Word) bool {
	for i := 0; i+len(p.words) <= len(title) && len(p.words) > 0; i++ {
		if slices.EqualFunc(p.words, title[i:i+len(p.words)], func(a, b text.Word) bool {
			return a.Exact == b.Exact || a.Exact == a.Folded && a.Folded == b.Folded
		}) {
			return true
		}
	}
	return false
}
