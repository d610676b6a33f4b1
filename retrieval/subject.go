package retrieval

import (
	"context"
	"math"
	"slices"
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

// subject reads what a question asks about and looks it up in an edition.
func (s *Searcher) subject(ctx context.Context, edition *store.Edition, q Query) (*subject, error) {
	found := &subject{Query: q, parts: q.parts()}
	title := text.Words(edition.Title)
	if q.stems() {
		title = text.Stemmed(title)
	}
	for _, w := range title {
		found.title = append(found.title, w.Folded)
	}
	terms := q.wordTerms()
	found.wanted = map[store.Term]bool{}
	var concepts []*Concept
	for i := range found.parts {
		p := &found.parts[i]
		p.titled = found.hasInTitle(*p)
		for _, w := range q.words[p.from:p.to] {
			term := q.wordTerm(w)
			p.terms = append(p.terms, term)
			found.wanted[term] = true
		}
		for _, concept := range p.concepts() {
			concepts = append(concepts, concept)
			terms = append(terms, concept.terms()...)
		}
	}
	found.conceptNames = inReportsByWord(concepts)
	var err error
	if found.frequencies, err = s.lookUp(ctx, edition.ID, terms); err != nil {
		return nil, err
	}
	for i := range found.parts {
		if found.parts[i].known, err = s.has(ctx, edition, found, found.parts[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// parts returns what the question asks about.
func (q Query) parts() []part {
	var parts []part
	concepts := q.concepts
	for i := 0; i < len(q.words); i++ {
		if len(concepts) > 0 && concepts[0].from == i {
			f := concepts[0]
			concepts = concepts[1:]
			i = f.to - 1
			p := part{from: f.from, to: f.to, concept: f.concept, name: q.names(Unit{Concept: f.concept, Name: f.name})}
			if !p.name && q.onlyAsks(f.from, f.to) {
				continue
			}
			for _, w := range q.words[f.from:f.to] {
				p.rarity = max(p.rarity, q.rarity(w))
			}
			if f.to > f.from+1 {
				p.rarity = min(1, p.rarity+.1)
			}
			if !p.name && q.kindOfAnswer(f.to) {
				p.rarity *= kindOfAnswerShare
			}
			parts = append(parts, p)
			continue
		}
		if !q.onlyAsks(i, i+1) {
			p := part{from: i, to: i + 1, rarity: q.rarity(q.words[i]), name: q.surelyName(i)}
			if !p.name && (q.kindOfAnswer(i+1) || q.Language == text.Vietnamese && q.kindOfAnswer(i+2) && !q.onlyAsks(i+1, i+2) && q.adjacent(i+1)) {
				p.rarity *= kindOfAnswerShare
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// kindOfAnswerShare is what a word counts that says the kind of the answer, as
// in "thành phố nào": a report that answers has the thing itself.
const kindOfAnswerShare = .5

// kindOfAnswer reports whether a word that asks for a kind of thing follows the
// words before word i.
func (q Query) kindOfAnswer(i int) bool {
	return q.Language == text.Vietnamese && q.adjacent(i) && ofAKind.At(q.words, i, q.Marked) > 0
}

// onlyAsks reports whether words [from, to) say nothing of what is asked about.
func (q Query) onlyAsks(from, to int) bool {
	for i := from; i < to; i++ {
		if !q.joins(q.words[i]) && !q.asking[i] {
			return false
		}
	}
	return true
}

// surelyName reports whether a plain word is a proper name. Among Vietnamese
// words a foreign one is, also in small letters.
func (q Query) surelyName(i int) bool {
	w := q.words[i]
	switch {
	case q.Language == text.Vietnamese && q.foreign(i):
		return true
	case !w.Capital || q.Language != text.Vietnamese && i == 0:
		return false
	}
	return !sentenceStart(q.text, q.words, i) || !text.Syllable(w.Folded)
}

// foreign reports whether a word can be no Vietnamese syllable.
func (q Query) foreign(i int) bool {
	w := q.words[i]
	return !w.Number && len(w.Folded) > 2 && !text.Syllable(w.Folded)
}

// numberRarity is how rare a number is taken to be: they aren't counted.
const numberRarity = .7

func (q Query) rarity(w text.Word) float64 {
	switch g := frequenciesOf(q.Language); {
	case w.Number:
		return numberRarity
	case q.Language == text.Vietnamese && !q.Marked:
		return g.foldedRarity(w.Folded)
	default:
		return g.rarity(w.Exact)
	}
}

// wordTerm returns the term by which a word of the question is looked for.
func (q Query) wordTerm(w text.Word) store.Term {
	loose := slices.ContainsFunc(q.Units, func(u Unit) bool { return u.Loose && u.Exact == w.Exact })
	return q.term(Unit{Exact: w.Exact, Folded: w.Folded, Loose: loose})
}

// has reports whether an edition has a part of a question anywhere.
func (s *Searcher) has(ctx context.Context, edition *store.Edition, q *subject, p part) (bool, error) {
	if p.titled {
		return true, nil
	}
	for _, concept := range p.concepts() {
		if has, err := s.hasConcept(ctx, edition, concept, q.frequencies); has || err != nil {
			return has, err
		}
	}
	if p.concept != nil && p.concept.Name {
		return false, nil
	}
	for i := p.from; i < p.to; i++ {
		beside := i == p.from || q.frequencies[neighbours(q.words[i-1].Folded, q.words[i].Folded)] > 0
		if !beside || q.frequencies[p.terms[i-p.from]] == 0 {
			return false, nil
		}
	}
	return true, nil
}

// manyPassages is in how many passages a name's words stand side by side when
// the name is taken to stand there too.
const manyPassages = 30

// hasConcept reports whether an edition has one of a concept's names: what the
// index knows of a name is only its neighbouring words without marks, so that
// passages are read where few have them.
func (s *Searcher) hasConcept(ctx context.Context, edition *store.Edition, concept *Concept, frequencies map[store.Term]int) (bool, error) {
	names := inReportsByWord([]*Concept{concept})
	for _, name := range concept.Names {
		if !concept.inReports(name) {
			continue
		}
		n := name.frequency(frequencies)
		if n == 0 {
			continue
		}
		if len(name.Words) == 1 || n > manyPassages {
			return true, nil
		}
		rarest, least := store.Term{}, math.MaxInt
		for i := 1; i < len(name.Folded); i++ {
			if t := neighbours(name.Folded[i-1], name.Folded[i]); frequencies[t] < least {
				rarest, least = t, frequencies[t]
			}
		}
		holding, err := s.holding(ctx, edition.ID, []store.Term{rarest})
		if err != nil {
			return false, err
		}
		readings, err := s.read(ctx, holding[0])
		if err != nil {
			return false, err
		}
		for _, r := range readings {
			if len(countNames(names, r.whole.words)) > 0 {
				return true, nil
			}
		}
	}
	return false, nil
}

// absent returns the names and phrases that the report has nowhere, as the
// question writes them.
func (s *subject) absent() []string {
	nouns := s.nouns()
	missing, whole := make([]bool, len(s.words)), make([]bool, len(s.words)+1)
	for _, p := range s.parts {
		if !p.known && slices.Contains(nouns[p.from:p.to], true) {
			for i := p.from; i < p.to; i++ {
				missing[i] = nouns[i] || p.to > p.from+1
				whole[i] = i > p.from // it goes on with a name of the word list
			}
		}
	}
	var absent []string
	for i := 0; i < len(s.words); i++ {
		if !missing[i] {
			continue
		}
		from, to := i, i+1
		for to < len(s.words) && (whole[to] || s.adjacent(to) && s.continues(to, missing)) {
			to++
		}
		for from > 0 && s.adjacent(from) && s.names(from-1) && s.names(from) {
			from--
		}
		// The first syllable of a compound may be a word of the report by itself.
		if from == i && from > 0 && s.adjacent(from) && nouns[from-1] && s.headed(from) {
			from--
		}
		if words := s.text[s.words[from].Start:s.words[to-1].End]; !slices.Contains(absent, words) {
			absent = append(absent, words)
		}
		i = to - 1
	}
	return absent
}

// continues reports whether a word goes on with the absent phrase before it: a
// name with its numbers is a phrase of its own.
func (s *subject) continues(i int, missing []bool) bool {
	switch {
	case s.words[i].Number:
		return missing[i]
	case s.names(i) != s.names(i-1):
		return false
	case s.names(i):
		return true
	}
	compound := frequenciesOf(s.Language).in[s.words[i-1].Folded+"_"+s.words[i].Folded] > 0 && s.headed(i) && !s.joins(s.words[i])
	return missing[i] || compound
}

// nouns reports, word by word, which may name a thing.
func (s *subject) nouns() []bool {
	not := slices.Clone(s.asking)
	markStrictly(not, actionSet, s.words, s.Marked)
	nouns := make([]bool, len(s.words))
	for i, w := range s.words {
		nouns[i] = !s.joins(w) && (!not[i] || s.names(i))
	}
	return nouns
}

// names reports whether a word of the question is part of a proper name.
func (s *subject) names(i int) bool {
	w := s.words[i]
	if !w.Capital || !sentenceStart(s.text, s.words, i) || !text.Syllable(w.Folded) {
		return w.Capital
	}
	return s.adjacent(i+1) && s.words[i+1].Capital
}

// headed reports whether a word of the question makes a compound with the plain
// one before it.
func (s *subject) headed(i int) bool {
	if s.Language == text.English {
		return !s.names(i) && !s.names(i-1) && !s.words[i-1].Number
	}
	return s.Language == text.Vietnamese && !s.names(i) && !s.names(i-1) && !s.covered[i-1] && !s.words[i-1].Number &&
		text.Syllable(s.words[i].Folded) && text.Syllable(s.words[i-1].Folded)
}

// adjacent reports whether nothing but space or a hyphen stands between a word
// of the question and the one before.
func (q Query) adjacent(i int) bool {
	return i > 0 && i < len(q.words) && strings.Trim(q.text[q.words[i-1].End:q.words[i].Start], " \t\n-") == ""
}
