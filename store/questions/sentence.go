package questions

import (
	"regexp"
	"strings"
	"unicode"

	"reportbot/store/text"
)

// sentence is a sentence as questions are formed from it: without what stands in
// brackets.
type sentence struct {
	src     string
	words   []text.Word
	quoted  []bool // word i stands in quotation marks
	dates   []text.Date
	numbers []text.Number
	times   []timePhrase
	chunks  []chunk
	people  people
	lower   map[string]bool // words that the report writes without a capital
	broken  bool            // brackets that don't match: nothing can be cut out of it
}

// chunk is what stands between two commas or stronger marks: words [from, to). mark is
// the strongest mark before it.
type chunk struct {
	from, to int
	mark     rune
}

// bracketed matches brackets with what stands in them, and mostNested is how deep
// brackets in brackets are removed.
var bracketed = regexp.MustCompile(`\s*(?:\([^()]*\)|\[[^\[\]]*\])`)

const mostNested = 3

// read cuts a sentence into words and chunks.
func read(s string) *sentence {
	for n := 0; n < mostNested && strings.ContainsAny(s, "(["); n++ {
		s = bracketed.ReplaceAllString(s, "")
	}
	s = text.Clean(s)
	r := &sentence{src: s, broken: strings.ContainsAny(s, "()[]{}<>|=/\\*_#")}
	r.words = text.Words(s)
	r.dates = text.Dates(s, r.words)
	r.numbers = text.Numbers(s, r.words, r.dates)
	r.markQuoted()
	r.cut()
	return r
}

func (s *sentence) markQuoted() {
	s.quoted = make([]bool, len(s.words))
	inside, at := false, 0
	for i, word := range s.words {
		for _, r := range s.src[at:word.Start] {
			switch r {
			case '“', '«':
				inside = true
			case '”', '»':
				inside = false
			case '"':
				inside = !inside
			}
		}
		s.quoted[i], at = inside, word.End
	}
}

// between is what stands between word i-1 and word i.
func (s *sentence) between(i int) string {
	switch {
	case len(s.words) == 0:
		return ""
	case i <= 0:
		return s.src[:s.words[0].Start]
	case i >= len(s.words):
		return s.src[s.words[len(s.words)-1].End:]
	}
	return s.src[s.words[i-1].End:s.words[i].Start]
}

// mark returns the mark before word i that parts chunks; 0 for none.
func (s *sentence) mark(i int) rune {
	between := s.between(i)
	for _, mark := range []string{";", ":", "—", "…", "?", "!", ".", ","} {
		if strings.Contains(between, mark) && strings.ContainsAny(between, " ”\"") {
			return []rune(mark)[0]
		}
	}
	if i > 0 && i < len(s.words) && (between == " – " || between == " - ") && s.words[i-1].Capital && s.words[i].Capital {
		return 0 // "Nga – Triều Tiên"
	}
	if strings.Contains(between, " –") || strings.Contains(between, " -") || strings.Contains(between, "—") {
		return '—'
	}
	return 0
}

func (s *sentence) cut() {
	from := 0
	var mark rune
	for i := range s.words {
		if m := s.mark(i); i > 0 && m != 0 {
			s.chunks = append(s.chunks, chunk{from, i, mark})
			from, mark = i, m
		}
	}
	if from < len(s.words) {
		s.chunks = append(s.chunks, chunk{from, len(s.words), mark})
	}
}

// piece returns words [from, to) as they are written.
func (s *sentence) piece(from, to int) string {
	if from >= to {
		return ""
	}
	end := s.words[to-1].End
	if strings.HasPrefix(s.src[end:], "%") {
		end++
	}
	return s.src[s.words[from].Start:end]
}

// parts reports whether the text can be cut before word i: no name or compound goes
// on there.
func (s *sentence) parts(i int) bool {
	if i <= 0 || i >= len(s.words) {
		return true
	}
	return strings.ContainsFunc(s.between(i), unicode.IsSpace)
}

// plain reports whether words [from, to) can stand in a question: not quoted, and
// without a stronger mark than a comma among them.
func (s *sentence) plain(from, to int) bool {
	for i := from; i < to; i++ {
		if s.quoted[i] || i > from && s.mark(i) != 0 {
			return false
		}
	}
	return s.parts(from) && s.parts(to)
}

// has reports whether words [from, to) have a phrase of a class.
func (s *sentence) has(c class, from, to int) bool { return vietnamese(c).within(s.words, from, to) }

// at is how many words from i on are a phrase of a class, before word to.
func (s *sentence) at(c class, i, to int) int { return vietnamese(c).at(s.words, i, to) }

// capital reports whether word i is written as a part of a name: with a capital, or
// tied by a hyphen to a word that is.
func (s *sentence) capital(i int) bool {
	for ; i >= 0; i-- {
		if s.words[i].Capital {
			return true
		}
		if i == 0 || s.between(i) != "-" {
			return false
		}
	}
	return false
}
