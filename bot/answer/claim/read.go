package claim

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

var quotation = lazyregexp.New(`“([^”]+)”|"([^"]+)"|«([^»]+)»|‘([^’]{8,})’`)

// readSentence returns a text as a sentence.
func readSentence(s string, fallback text.Language, concepts *retrieval.Concepts) *sentence {
	r := &sentence{Text: s, Words: text.Words(s)}
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
	r.mentioned = append(concepts.FindAll(r.Words), r.found...)
	r.readWords()
	r.units = r.readUnits()
	r.Clause = r.clauses()
	r.Names = r.names()
	for _, m := range quotation.FindAllStringSubmatch(s, -1) {
		r.Quotes = append(r.Quotes, strings.Join(m[1:], ""))
	}
	return r
}

// readWords looks up the meanings and functions of the words.
func (s *sentence) readWords() {
	silent := 0 // negators before this index belong to a longer phrase that doesn't negate
	for i := range s.Words {
		longest := map[class]match{}
		for _, m := range commonWords().at(s.Words, i, s.Language, s.marked) {
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

// clauses numbers the clauses. Punctuation ends one, and words such as conjunctions
// begin one.
func (s *sentence) clauses() []int {
	clause := make([]int, len(s.Words))
	n := 0
	for i := range s.Words {
		if i > 0 {
			between := s.Text[s.Words[i-1].End:s.Words[i].Start]
			switch {
			case strings.ContainsAny(between, ",;:–—()") && !s.oneFact(i), s.endsAt(i - 1),
				s.is(i, clauseWord) && !s.is(i-1, clauseWord, negator) && !s.joinsNames(i):
				n++
			}
		}
		clause[i] = n
	}
	return clause
}

// oneFact reports whether word i and the one before it belong to one number or
// date.
func (s *sentence) oneFact(i int) bool { return s.inFact[i-1] && s.inFact[i] }

// endsAt reports whether a sentence ends after word i. The full stop of an abbreviation
// ("U.S.") doesn't end it.
func (s *sentence) endsAt(i int) bool {
	if i+1 >= len(s.Words) {
		return true
	}
	between := s.Text[s.Words[i].End:s.Words[i+1].Start]
	return s.Words[i+1].Capital && s.Words[i].End-s.Words[i].Start > 1 && strings.ContainsAny(between, ".!?…") && strings.HasSuffix(between, " ")
}

// joinsNames reports whether word i joins two names: "Nga và Ukraine".
func (s *sentence) joinsNames(i int) bool {
	return s.is(i, sameWords) && s.Words[i-1].Capital && i+1 < len(s.Words) && s.Words[i+1].Capital
}

// names returns the proper names, in order.
func (s *sentence) names() []properName {
	known := map[int]retrieval.Found{}
	for _, f := range s.found {
		if f.Concept.Name {
			known[f.From] = f
		}
	}
	var names []properName
	for i := 0; i < len(s.Words); {
		if f, ok := known[i]; ok && !s.inFact[i] {
			names = append(names, properName{From: i, To: f.To, Concept: f.Concept})
			i = f.To
			continue
		}
		if to := text.DigitName(s.Text, s.Words, i); to > i {
			names = append(names, properName{From: i, To: to, Digits: true})
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

// capitals reads the name that begins at word i as a run of capitalised words.
func (s *sentence) capitals(i int, known map[int]retrieval.Found) (properName, bool) {
	if !s.capital(i) {
		return properName{}, false
	}
	if s.begins(i) && s.commonStart(i) {
		return properName{}, false // the next word may begin a name
	}
	n := properName{From: i, To: i + 1}
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
		return properName{}, false
	}
	if n.To == n.From+1 && s.is(i, title, plain) && !n.Acronym {
		return properName{}, false
	}
	return n, true
}

// commonStart reports whether word i is a common word that begins sentences.
func (s *sentence) commonStart(i int) bool {
	first := s.Text[s.Words[i].Start:s.Words[i].End]
	if len(first) > 1 && first == strings.ToUpper(first) {
		return false
	}
	return s.is(i, free, lead, sameWords, clauseWord, cause, scope, bound, hedge, speech, contrast, negator)
}

// capital reports whether word i begins with a capital and is neither a date nor a number.
func (s *sentence) capital(i int) bool { return s.Words[i].Capital && !s.inFact[i] }

// adjoins reports whether only a space or a hyphen is before word i.
func (s *sentence) adjoins(i int) bool {
	between := s.Text[s.Words[i-1].End:s.Words[i].Start]
	return strings.Trim(between, " -\u2010\u2011") == "" && between != ""
}

// foreign reports whether word i of a Vietnamese sentence can't be Vietnamese; then it is
// a name even at the beginning.
func (s *sentence) foreign(i int) bool {
	word := s.Words[i]
	return s.Language == text.Vietnamese && word.Exact == word.Folded && !text.Syllable(word.Folded) && isLatin(word.Exact)
}

func isLatin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Latin, r) })
}

// namedWords reports for each word whether it belongs to a name.
func (s *sentence) namedWords() []bool {
	named := make([]bool, len(s.Words))
	for _, n := range s.Names {
		mark(named, n.From, n.To)
	}
	return named
}
