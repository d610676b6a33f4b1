package claim

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

var quotation = regexp.MustCompile(`“([^”]+)”|"([^"]+)"|«([^»]+)»|‘([^’]{8,})’`)

// read returns a text as a sentence.
func read(s string, fallback text.Language, concepts *retrieval.Concepts) *sentence {
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
	r.readWords()
	r.Clause = r.clauses()
	r.Names = r.names()
	for _, m := range quotation.FindAllStringSubmatch(s, -1) {
		r.Quotes = append(r.Quotes, strings.Join(m[1:], ""))
	}
	return r
}

// readWords looks up what words mean and do.
func (s *sentence) readWords() {
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

// clauses numbers the clauses. Punctuation ends one, and words such as conjunctions
// begin one.
func (s *sentence) clauses() []int {
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
func (s *sentence) joined(i int) bool { return s.inFact[i-1] && s.inFact[i] }

// endsAt reports whether a sentence ends behind word i; the point of an
// abbreviation ("U.S.") ends none.
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
