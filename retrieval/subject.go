package retrieval

import (
	"context"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// subject is the subject of a question, looked up in a report.
type subject struct {
	query
	parts []part
	// frequencies has in how many passages the question's words, their
	// neighbours and its concepts are.
	frequencies map[store.Term]int
	*counter    // of the parts' words, their neighbours and the names of their concepts
}

// part is a thing that a question asks about: a content word, or a name or
// concept of the word list.
type part struct {
	from, to int // in the question's words
	concept  *Concept
	rarity   float64      // in the language, 0 to 1
	name     bool         // surely a proper name
	terms    []store.Term // of its words
	titled   bool         // the report's title has all its words
	known    bool         // the report has it
}

// newSubject looks up the parts of a question in a corpus.
func newSubject(ctx context.Context, c *corpus, q query) (*subject, error) {
	s := &subject{query: q, parts: q.parts()}
	title := text.Words(c.Title)
	if q.stems() {
		title = text.Stemmed(title)
	}
	terms := q.wordTerms()
	var concepts []*Concept
	for i := range s.parts {
		p := &s.parts[i]
		p.titled = true
		for _, w := range q.words[p.from:p.to] {
			p.terms = append(p.terms, q.wordTerm(w))
			p.titled = p.titled && slices.ContainsFunc(title, func(t text.Word) bool { return t.Folded == w.Folded })
		}
		for _, concept := range p.concept.orState() {
			concepts = append(concepts, concept)
			terms = append(terms, concept.terms()...)
		}
	}
	s.counter = newCounter(concepts)
	for i, p := range s.parts {
		for _, term := range p.terms {
			s.add(term)
		}
		if i > 0 {
			if pair, ok := q.paired(s.parts[i-1], p); ok {
				s.add(pair)
			}
		}
	}
	var err error
	if s.frequencies, err = c.documentFrequencies(ctx, terms); err != nil {
		return nil, err
	}
	for i := range s.parts {
		if s.parts[i].known, err = s.inReport(ctx, c, s.parts[i]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// parts returns the content words and names of the question.
func (q query) parts() []part {
	var parts []part
	concepts := q.concepts
	for i := 0; i < len(q.words); i++ {
		p := part{from: i, to: i + 1}
		ofKind := false // the word's answer is of the kind that it says
		if len(concepts) > 0 && concepts[0].From == i {
			found := concepts[0]
			concepts = concepts[1:]
			p.to, p.concept, p.name = found.To, found.Concept, q.surelyNamed(found.Concept, found.name)
			i = p.to - 1
			ofKind = q.kindOfAnswer(p.to)
		} else {
			p.name = q.surelyName(i)
			ofKind = q.kindOfAnswer(i+1) || q.kindOfAnswer(i+2) && !q.onlyAsks(i+1, i+2) && q.adjacent(i+1)
		}
		if q.onlyAsks(p.from, p.to) && !(p.concept != nil && p.name) {
			continue
		}
		for _, w := range q.words[p.from:p.to] {
			p.rarity = max(p.rarity, q.rarity(w))
		}
		if p.to > p.from+1 {
			p.rarity = min(1, p.rarity+.1)
		}
		if !p.name && ofKind {
			p.rarity *= kindOfAnswerShare
		}
		parts = append(parts, p)
	}
	return parts
}

// paired returns the pair of two plain words that are neighbours in a question.
func (q query) paired(a, b part) (store.Term, bool) {
	plain := a.concept == nil && b.concept == nil && a.to == b.from
	return neighbours(q.words[a.to-1].Folded, q.words[b.from].Folded), plain && q.adjacent(b.from)
}

// kindOfAnswerShare is the weight of a word for the kind of the answer, such as "thành
// phố nào": the answer itself need not have it.
const kindOfAnswerShare = .5

// kindOfAnswer reports whether a word that asks for a kind of thing follows the
// words before word i.
func (q query) kindOfAnswer(i int) bool {
	return q.language == text.Vietnamese && q.adjacent(i) && ofAKind.At(q.words, i, q.marked) > 0
}

// onlyAsks reports whether words [from, to) have no content words.
func (q query) onlyAsks(from, to int) bool {
	for i := from; i < to; i++ {
		if !q.joins(q.words[i]) && !q.asking[i] {
			return false
		}
	}
	return true
}

// surelyName reports whether a plain word is a proper name. Among Vietnamese
// words a foreign one is, also in small letters.
func (q query) surelyName(i int) bool {
	w := q.words[i]
	switch {
	case q.language == text.Vietnamese && q.foreign(i):
		return true
	case !w.Capital || q.language != text.Vietnamese && i == 0:
		return false
	}
	return !q.beginsSentence(i) || !text.Syllable(w.Folded)
}

// foreign reports whether a word can be no Vietnamese syllable.
func (q query) foreign(i int) bool {
	w := q.words[i]
	return !w.Number && len(w.Folded) > 2 && !text.Syllable(w.Folded)
}

// numberRarity is how rare a number is taken to be: they aren't counted.
const numberRarity = .7

func (q query) rarity(w text.Word) float64 {
	switch g := generalOf(q.language); {
	case w.Number:
		return numberRarity
	case q.unmarked():
		return g.foldedRarity(w.Folded)
	default:
		return g.rarity(w.Exact)
	}
}

// wordTerm returns the term by which a word of the question is looked for.
func (q query) wordTerm(w text.Word) store.Term {
	loose := slices.ContainsFunc(q.units, func(u unit) bool { return u.loose && u.exact == w.Exact })
	return q.term(unit{exact: w.Exact, folded: w.Folded, loose: loose})
}

// inReport reports whether a report has a part of a question anywhere.
func (s *subject) inReport(ctx context.Context, c *corpus, p part) (bool, error) {
	if p.titled {
		return true, nil
	}
	for _, concept := range p.concept.orState() {
		if has, err := c.hasConcept(ctx, concept, s.frequencies); has || err != nil {
			return has, err
		}
	}
	if p.concept != nil && p.concept.Name {
		return false, nil
	}
	for i := p.from; i < p.to; i++ {
		beside := i == p.from || s.frequencies[neighbours(s.words[i-1].Folded, s.words[i].Folded)] > 0
		if !beside || s.frequencies[p.terms[i-p.from]] == 0 {
			return false, nil
		}
	}
	return true, nil
}

// manyPassages is in how many passages a name's words stand side by side when
// the name is taken to stand there too.
const manyPassages = 30

// hasConcept reports whether a corpus has one of a concept's names: what the
// index knows of a name is only its neighbouring words without marks, so that
// passages are read where few have them.
func (c *corpus) hasConcept(ctx context.Context, concept *Concept, frequencies map[store.Term]int) (bool, error) {
	for _, name := range concept.Names {
		n := name.frequency(frequencies)
		if n == 0 || !concept.inReports(name) {
			continue
		}
		if len(name.Words) == 1 || n > manyPassages {
			return true, nil
		}
		rarest := name.rarest(frequencies)
		postings, err := c.postingsOf(ctx, []store.Term{rarest})
		if err != nil {
			return false, err
		}
		readings, err := c.read(ctx, postings[rarest])
		if err != nil {
			return false, err
		}
		names := inReportsByWord([]*Concept{concept})
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
		for from > 0 && s.adjacent(from) && s.inName(from-1) && s.inName(from) {
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
	case s.inName(i) != s.inName(i-1):
		return false
	case s.inName(i):
		return true
	}
	compound := generalOf(s.language).in[s.words[i-1].Folded+"_"+s.words[i].Folded] > 0 && s.headed(i) && !s.joins(s.words[i])
	return missing[i] || compound
}

// nouns reports, word by word, which may name a thing.
func (s *subject) nouns() []bool {
	action := inPhrases(actionPhrases, s.words, s.marked)
	nouns := make([]bool, len(s.words))
	for i, w := range s.words {
		nouns[i] = !s.joins(w) && (!s.asking[i] && !action[i] || s.inName(i))
	}
	return nouns
}

// inName reports whether a word of the question is part of a proper name.
func (s *subject) inName(i int) bool {
	w := s.words[i]
	if !w.Capital || !s.beginsSentence(i) || !text.Syllable(w.Folded) {
		return w.Capital
	}
	return s.adjacent(i+1) && s.words[i+1].Capital
}

// headed reports whether a word of the question makes a compound with the plain
// one before it.
func (s *subject) headed(i int) bool {
	if s.language == text.English {
		return !s.inName(i) && !s.inName(i-1) && !s.words[i-1].Number
	}
	return s.language == text.Vietnamese && !s.inName(i) && !s.inName(i-1) && !s.covered[i-1] && !s.words[i-1].Number &&
		text.Syllable(s.words[i].Folded) && text.Syllable(s.words[i-1].Folded)
}
