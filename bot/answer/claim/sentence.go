package claim

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Sentence is a text as the rules see it: a claim, or a sentence of the report.
type Sentence struct {
	Text     string
	Language text.Language
	Words    []text.Word
	Clause   []int // by word: the number of its clause, from 0
	Dates    []text.Date
	Numbers  []text.Number
	Names    []Name
	Quotes   []string // the texts in quotation marks

	marked   bool // it has diacritics
	found    []retrieval.Found
	classes  []match // phrases of grammar.txt by first word and class, the longest of each
	meanings []match // rows of words.txt and of "same"
	inFact   []bool  // by word: it belongs to a date or a number
	does     []class // by word: the classes of all phrases that it belongs to
}

// Name is a proper name at words [From, To).
type Name struct {
	From, To int
	Concept  *retrieval.Concept // nil: the word list doesn't know it
	Digits   bool               // Tu-22, G7
	Acronym  bool               // NIS
	Run      bool               // two or more capitalised words in a row
}

// read returns a text as a Sentence.
func read(s string, fallback text.Language, concepts *retrieval.Concepts) *Sentence {
	r := &Sentence{Text: s, Words: text.Words(s)}
	r.Language = text.LanguageOf(s, fallback)
	for _, word := range r.Words {
		r.marked = r.marked || word.Exact != word.Folded
	}
	r.Dates = text.Dates(s, r.Words)
	r.Numbers = text.Numbers(s, r.Words, r.Dates)
	r.inFact = make([]bool, len(r.Words))
	for _, date := range r.Dates {
		mark(r.inFact, date.From, date.To)
	}
	for _, n := range r.Numbers {
		mark(r.inFact, n.From, n.To)
	}
	r.does = make([]class, len(r.Words))
	r.found = concepts.Find(r.Words, r.Language)
	r.readWords()
	r.Clause = r.clauses()
	r.Names = r.names()
	for _, m := range quotation.FindAllStringSubmatch(s, -1) {
		r.Quotes = append(r.Quotes, strings.Join(m[1:], ""))
	}
	return r
}

func mark(words []bool, from, to int) {
	for i := from; i < to; i++ {
		words[i] = true
	}
}

// dated returns the dates. One without a year gets that of the date before it in the
// sentence, or the given one if there is none.
func (s *Sentence) dated(year int) []text.Date {
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

// readWords looks up what words mean and do.
func (s *Sentence) readWords() {
	silent := 0 // negators before this index belong to a longer phrase that doesn't negate
	for i := range s.Words {
		longest := map[class]match{}
		for _, m := range words().at(s.Words, i, s.Language, s.marked) {
			if m.class == none || m.row > 0 {
				s.meanings = append(s.meanings, m)
			}
			if m.class != none && m.to > longest[m.class].to {
				longest[m.class] = m
			}
		}
		silent = max(silent, longest[notNegator].to)
		for _, name := range slices.Sorted(maps.Keys(longest)) {
			if name != negator || i >= silent {
				s.classes = append(s.classes, longest[name])
			}
		}
	}
	for _, m := range s.classes {
		for i := m.from; i < m.to; i++ {
			s.does[i] |= m.class
		}
	}
}

// is reports whether word i belongs to a phrase of one of the classes.
func (s *Sentence) is(i int, classes ...class) bool {
	for _, c := range classes {
		if s.does[i]&c != 0 {
			return true
		}
	}
	return false
}

// clauses numbers the clauses. Punctuation ends one, and words such as conjunctions
// begin one.
func (s *Sentence) clauses() []int {
	clause := make([]int, len(s.Words))
	n := 0
	for i := range s.Words {
		if i > 0 {
			between := s.Text[s.Words[i-1].End:s.Words[i].Start]
			switch {
			case strings.ContainsAny(between, ",;:–—()") && !s.joined(i), s.endsAt(i - 1),
				s.is(i, clauseWord) && !s.is(i-1, clauseWord, negator) && !s.joinsNames(i):
				n++
			}
		}
		clause[i] = n
	}
	return clause
}

// joined reports whether word i and the one before it belong to one number or
// date.
func (s *Sentence) joined(i int) bool { return s.inFact[i-1] && s.inFact[i] }

// endsAt reports whether a sentence ends behind word i; the point of an
// abbreviation ("U.S.") ends none.
func (s *Sentence) endsAt(i int) bool {
	if i+1 >= len(s.Words) {
		return true
	}
	between := s.Text[s.Words[i].End:s.Words[i+1].Start]
	return s.Words[i+1].Capital && s.Words[i].End-s.Words[i].Start > 1 && strings.ContainsAny(between, ".!?…") && strings.HasSuffix(between, " ")
}

// joinsNames reports whether word i joins two names: "Nga và Ukraine".
func (s *Sentence) joinsNames(i int) bool {
	return s.is(i, sameWords) && s.Words[i-1].Capital && i+1 < len(s.Words) && s.Words[i+1].Capital
}

// begins reports whether word i begins a sentence or a quotation, where common words have
// capitals too.
func (s *Sentence) begins(i int) bool {
	return i == 0 || strings.ContainsAny(s.Text[s.Words[i-1].End:s.Words[i].Start], ".!?:“\"•")
}

// names returns the proper names, in order.
func (s *Sentence) names() []Name {
	known := map[int]retrieval.Found{}
	for _, f := range s.found {
		if f.Concept.Name {
			known[f.From] = f
		}
	}
	var names []Name
	for i := 0; i < len(s.Words); {
		if f, ok := known[i]; ok && !s.inFact[i] {
			names = append(names, Name{From: i, To: f.To, Concept: f.Concept})
			i = f.To
			continue
		}
		if to := text.DigitName(s.Text, s.Words, i); to > i {
			names = append(names, Name{From: i, To: to, Digits: true})
			i = to
			continue
		}
		if n, ok := s.capitals(i, known); ok {
			names = append(names, n)
			i = n.To
			continue
		}
		i++
	}
	return names
}

// capitals reads the run of capitalised words that begins at word i, as far as
// it is a name.
func (s *Sentence) capitals(i int, known map[int]retrieval.Found) (Name, bool) {
	if !s.capital(i) {
		return Name{}, false
	}
	if s.begins(i) && s.commonStart(i) {
		return Name{}, false // the next word may begin a name
	}
	n := Name{From: i, To: i + 1}
	for n.To < len(s.Words) && s.adjoins(n.To) {
		if _, other := known[n.To]; other {
			break
		}
		hyphen := s.Text[s.Words[n.To-1].End:s.Words[n.To].Start] == "-" && !s.Words[n.To].Number
		if !s.capital(n.To) && !hyphen {
			break
		}
		n.Run = true
		n.To++
	}
	first := s.Text[s.Words[i].Start:s.Words[i].End]
	n.Acronym = len([]rune(first)) > 1 && first == strings.ToUpper(first) && first != strings.ToLower(first)
	if s.begins(i) && !n.Run && !n.Acronym && !s.foreign(i) {
		return Name{}, false
	}
	if n.To == n.From+1 && s.is(i, title, plain) && !n.Acronym {
		return Name{}, false
	}
	return n, true
}

// commonStart reports whether word i is in the lists of common words, as it begins
// sentences.
func (s *Sentence) commonStart(i int) bool {
	first := s.Text[s.Words[i].Start:s.Words[i].End]
	if len(first) > 1 && first == strings.ToUpper(first) {
		return false
	}
	return s.is(i, free, lead, sameWords, clauseWord, cause, scope, bound, hedge, speech, contrast, negator)
}

// capital reports whether word i has a capital and is no date or number.
func (s *Sentence) capital(i int) bool { return s.Words[i].Capital && !s.inFact[i] }

// adjoins reports whether only a space or a hyphen stands before word i.
func (s *Sentence) adjoins(i int) bool {
	between := s.Text[s.Words[i-1].End:s.Words[i].Start]
	return strings.Trim(between, " -\u2010\u2011") == "" && between != ""
}

// foreign reports whether word i of a Vietnamese sentence can't be Vietnamese; then it is
// a name even at the beginning.
func (s *Sentence) foreign(i int) bool {
	word := s.Words[i]
	return s.Language == text.Vietnamese && word.Exact == word.Folded && !text.Syllable(word.Folded) && isLatin(word.Exact)
}

func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Latin, r) })
}

// shown returns words [from, to) as written, for a finding's detail.
func (s *Sentence) shown(from, to int) string {
	return `"` + s.Text[s.Words[from].Start:s.Words[to-1].End] + `"`
}
