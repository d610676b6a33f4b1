package questions

import (
	"strings"
	"unicode"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// sentence is a parsed sentence without its brackets.
type sentence struct {
	src     string
	words   []text.Word
	quoted  []bool // word i is in quotation marks
	dates   []text.Date
	numbers []text.Number
	times   []timePhrase
	chunks  []chunk
	people  people
	lower   map[string]bool // words that occur in the report without a capital
	broken  bool            // it has unmatched brackets, so no part of it can be used
}

// chunk is the text between two commas or stronger marks: words [from, to). mark is the
// strongest mark before it.
type chunk struct {
	from, to int
	mark     rune
}

// bracketed matches brackets with their content, and maxNested is how deeply nested
// brackets are removed.
var bracketed = lazyregexp.New(`\s*(?:\([^()]*\)|\[[^\[\]]*\])`)

const maxNested = 3

// read splits a sentence into words and chunks.
func read(s string) *sentence {
	for n := 0; n < maxNested && strings.ContainsAny(s, "(["); n++ {
		s = bracketed.ReplaceAllString(s, "")
	}
	s = text.Clean(s)
	r := &sentence{src: s, broken: strings.ContainsAny(s, "()[]{}<>|=/\\*_#")}
	r.words = text.Words(s)
	r.dates = text.Dates(s, r.words)
	r.numbers = text.Numbers(s, r.words, r.dates)
	r.markQuoted()
	r.split()
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

// between returns the text between word i-1 and word i.
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

// mark returns the mark before word i that separates chunks; 0 for none.
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

func (s *sentence) split() {
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

// splittable reports whether the text can be split before word i: not inside a name or
// compound.
func (s *sentence) splittable(i int) bool {
	if i <= 0 || i >= len(s.words) {
		return true
	}
	return strings.ContainsFunc(s.between(i), unicode.IsSpace)
}

// plain reports whether words [from, to) can be part of a question: not quoted, and
// without a stronger mark than a comma among them.
func (s *sentence) plain(from, to int) bool {
	for i := from; i < to; i++ {
		if s.quoted[i] || i > from && s.mark(i) != 0 {
			return false
		}
	}
	return s.splittable(from) && s.splittable(to)
}

// has reports whether words [from, to) have a phrase of a class.
func (s *sentence) has(c class, from, to int) bool { return vietnamese(c).within(s.words, from, to) }

// at returns the length of the phrase of a class at word i and before word to.
func (s *sentence) at(c class, i, to int) int { return vietnamese(c).at(s.words, i, to) }

// capital reports whether word i is written as a part of a name: with a capital, or
// with a hyphen to such a word.
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
