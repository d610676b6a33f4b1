package claim

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// sentence is a parsed text: a claim, or a sentence of the report. It is
// not changed once it is read.
type sentence struct {
	Text     string
	Language text.Language
	Words    []text.Word
	Clause   []int // by word: the number of its clause, from 0
	Dates    []text.Date
	Numbers  []text.Number
	Names    []properName
	Quotes   []string // the texts in quotation marks

	marked   bool // it has diacritics
	found    []retrieval.Found
	classes  []match // phrases of grammar.txt by first word and class, the longest of each
	meanings []match // rows of words.txt and of "same"
	inFact   []bool  // by word: whether it belongs to a date or a number
	does     []class // by word: the classes of all phrases that it belongs to
	// mentioned are the concepts that it names, found and those within longer names.
	mentioned []retrieval.Found
	units     [][]unit // by their first word
}

// properName is a name at words [From, To).
type properName struct {
	From, To int
	Concept  *retrieval.Concept // nil: not in the word list
	Digits   bool               // Tu-22, G7
	Acronym  bool               // NIS
	Run      bool               // two or more capitalised words in a row
}

// mark sets words [from, to).
func mark(words []bool, from, to int) {
	for i := from; i < to; i++ {
		words[i] = true
	}
}

// dated returns the dates. A date without a year gets the year of the date before it in
// the sentence, or else the given one.
func (s *sentence) dated(year int) []text.Date {
	dates := make([]text.Date, len(s.Dates))
	for i, d := range s.Dates {
		if d.Year == 0 {
			d.Year = year
		}
		year = d.Year
		dates[i] = d
	}
	return dates
}

// is reports whether word i belongs to a phrase of one of the classes.
func (s *sentence) is(i int, classes ...class) bool {
	return slices.ContainsFunc(classes, func(c class) bool { return s.does[i]&c != 0 })
}

// begins reports whether word i begins a sentence or a quotation, where common words
// are capitalised.
func (s *sentence) begins(i int) bool {
	return i == 0 || strings.ContainsAny(s.Text[s.Words[i-1].End:s.Words[i].Start], ".!?:“\"•")
}

// content reports whether word i is a content word, not one of grammar or part of a date
// or number.
func (s *sentence) content(i int) bool {
	return !s.is(i, free, sameWords, passive, future, cause, hedge, bound, scope) && !s.inFact[i]
}

// coveredByLonger reports whether a phrase is part of a date or number, or of a longer
// phrase without its classes, such as the không of "máy bay không người lái".
func (s *sentence) coveredByLonger(m match) bool {
	longer := func(from, to int) bool { return from <= m.from && m.to <= to && to-from > m.to-m.from }
	return slices.Contains(s.inFact[m.from:m.to], true) ||
		slices.ContainsFunc(s.meanings, func(other match) bool { return longer(other.from, other.to) }) ||
		slices.ContainsFunc(s.found, func(f retrieval.Found) bool { return longer(f.From, f.To) })
}

// find returns the index at which the folded words occur in sequence; -1 if they don't.
func (s *sentence) find(words []text.Word) int {
	for i := 0; i+len(words) <= len(s.Words); i++ {
		if s.findAt(words, i) {
			return i
		}
	}
	return -1
}

// findAt reports whether the folded words are at word i.
func (s *sentence) findAt(words []text.Word, i int) bool {
	return slices.EqualFunc(words, s.Words[i:i+len(words)], func(a, b text.Word) bool { return a.Folded == b.Folded })
}

// asWritten returns words [from, to) as written, for a finding's detail.
func (s *sentence) asWritten(from, to int) string {
	return `"` + s.Text[s.Words[from].Start:s.Words[to-1].End] + `"`
}
