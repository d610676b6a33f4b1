package retrieval

import (
	"context"
	"math"
	"slices"
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

// Absence says whether a report speaks of what a question asks.
type Absence struct {
	// Absent are the question's words and names that stand nowhere in the
	// report, as typed, in order.
	Absent []string
	// Silent is set if the report can't be taken to speak of it.
	Silent bool
}

// part is a thing that a question asks about: a content word, or a name or
// concept of the word list.
type part struct {
	from, to int // in the question's words
	concept  *Concept
	rarity   float64 // in the language, 0 to 1
	name     bool    // surely a proper name
	known    bool    // the report has it
}

// Absence looks up in all of an edition what a question asks about. hits are
// what Search found for the same question.
func (s *Searcher) Absence(ctx context.Context, edition *store.Edition, question string, hits []Hit) (Absence, error) {
	q, err := s.understand(ctx, edition, question)
	if err != nil {
		return Absence{}, err
	}
	parts := s.parts(q)
	if err := s.know(ctx, edition, q, parts); err != nil {
		return Absence{}, err
	}
	ids := make([]int64, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	readings, err := s.read(ctx, ids)
	if err != nil {
		return Absence{}, err
	}
	absence := Absence{Absent: q.absent(parts)}
	absence.Silent = true
	if len(hits) > 0 {
		absence.Silent = !s.evidence(q, parts, readings, hits[0].Score, edition.Passages).speaks(q)
	}
	return absence, nil
}

// absent returns the parts that the report has nowhere, as the question writes
// them; neighbours are one.
func (q Query) absent(parts []part) []string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(p part) bool {
		return p.known || !slices.ContainsFunc(q.words[p.from:p.to], func(w text.Word) bool { return !q.joins(w) })
	})
	var absent []string
	for i := 0; i < len(parts); i++ {
		from, to := parts[i].from, parts[i].to
		for i+1 < len(parts) && parts[i+1].from == to && strings.TrimSpace(q.text[q.words[to-1].End:q.words[to].Start]) == "" {
			i++
			to = parts[i].to
		}
		if words := q.text[q.words[from].Start:q.words[to-1].End]; !slices.Contains(absent, words) {
			absent = append(absent, words)
		}
	}
	return absent
}

// parts returns what the question asks about.
func (s *Searcher) parts(q Query) []part {
	var parts []part
	concepts := q.concepts
	for i := 0; i < len(q.words); i++ {
		if len(concepts) > 0 && concepts[0].from == i {
			f := concepts[0]
			concepts = concepts[1:]
			p := part{from: f.from, to: f.to, concept: f.concept, name: q.names(Unit{Concept: f.concept, Name: f.name})}
			for _, w := range q.words[f.from:f.to] {
				p.rarity = max(p.rarity, q.rarity(w))
			}
			if f.to > f.from+1 {
				p.rarity = min(1, p.rarity+.1)
			}
			parts = append(parts, p)
			i = f.to - 1
			continue
		}
		w := q.words[i]
		if q.joins(w) {
			continue
		}
		name := w.Capital && (!sentenceStart(q.text, q.words, i) || !text.Syllable(w.Folded)) && (q.Language == text.Vietnamese || i > 0)
		parts = append(parts, part{from: i, to: i + 1, rarity: q.rarity(w), name: name})
	}
	return parts
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

// know notes which parts of a question an edition has anywhere.
func (s *Searcher) know(ctx context.Context, edition *store.Edition, q Query, parts []part) error {
	terms := q.wordTerms()
	for _, p := range parts {
		for _, concept := range p.concepts() {
			terms = append(terms, concept.terms()...)
		}
	}
	frequencies, err := s.lookUp(ctx, edition.ID, terms)
	if err != nil {
		return err
	}
	for i := range parts {
		p := &parts[i]
		for _, concept := range p.concepts() {
			if !p.known {
				if p.known, err = s.stands(ctx, edition, concept, frequencies); err != nil {
					return err
				}
			}
		}
		if p.known || p.concept != nil && p.concept.Name {
			continue
		}
		p.known = true
		for j := p.from; j < p.to; j++ {
			beside := j == p.from || frequencies[neighbours(q.words[j-1].Folded, q.words[j].Folded)] > 0
			p.known = p.known && beside && frequencies[q.wordTerm(q.words[j])] > 0
		}
	}
	return nil
}

// concepts returns what a part may stand in the report as, besides its words.
func (p part) concepts() []*Concept {
	switch {
	case p.concept == nil:
		return nil
	case p.concept.state != nil:
		return []*Concept{p.concept, p.concept.state}
	}
	return []*Concept{p.concept}
}

// manyPassages is in how many passages a name's words stand side by side when
// the name is taken to stand there too.
const manyPassages = 30

// stands reports whether the report has one of a concept's names: what the
// index knows of a name is only its neighbouring words without marks, so that
// passages are read where few have them.
func (s *Searcher) stands(ctx context.Context, edition *store.Edition, concept *Concept, frequencies map[store.Term]int) (bool, error) {
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

// evidence is what tells whether a report speaks of what a question asks.
type evidence struct {
	missing           float64 // share of the question's rarity that the report has nowhere
	sentence, passage float64 // share that the best sentence and the best passage have
	// The same, not as a share: a long question is more.
	sentenceMass, passageMass float64
	pairs                     float64 // rarity of the question's word pairs that the best passage has
	absentNames               float64
	name                      float64 // 1: the best passage has a name that the question names
	uncounted                 float64 // 1: what the question asks the number of isn't in the report
	score                     float64 // of the nearest passage
	size                      float64 // of the report: the log of its passages
}

func (s *Searcher) evidence(q Query, parts []part, readings []*reading, score float64, passages int) evidence {
	e := evidence{score: score, size: math.Log(float64(1 + passages))}
	total := 0.
	for _, p := range parts {
		total += p.rarity
		if p.known {
			continue
		}
		e.missing += p.rarity
		if p.name {
			e.absentNames = min(2, e.absentNames+1)
		}
		if p.concept != nil && p.concept == q.Counted {
			e.uncounted = 1
		}
	}
	for _, r := range readings {
		has := s.shared(q, parts, r.whole)
		if has.mass > e.passage {
			e.passage, e.name = has.mass, has.name
		}
		e.pairs = max(e.pairs, has.pairs)
		for _, sentence := range r.sentences {
			e.sentence = max(e.sentence, s.shared(q, parts, sentence).mass)
		}
	}
	total = max(total, .01)
	e.sentenceMass, e.passageMass, e.pairs = min(3, e.sentence), min(4, e.passage), min(2, e.pairs)
	e.missing, e.sentence, e.passage = e.missing/total, e.sentence/total, e.passage/total
	return e
}

// overlap is what a text has of a question: the rarity of the parts and word
// pairs, and 1 if a name is among the parts.
type overlap struct{ mass, pairs, name float64 }

func (s *Searcher) shared(q Query, parts []part, c cut) overlap {
	words, concepts := map[store.Term]bool{}, map[*Concept]bool{}
	for _, w := range c.words {
		words[store.Term{Column: store.Exact, Token: w.Exact}] = true
		words[store.Term{Column: store.Folded, Token: w.Folded}] = true
	}
	for _, f := range s.concepts.FindAll(c.words) {
		concepts[f.Concept] = true
	}
	var has overlap
	for _, p := range parts {
		found := slices.ContainsFunc(p.concepts(), func(concept *Concept) bool { return concepts[concept] })
		if !found && (p.concept == nil || !p.concept.Name) {
			found = !slices.ContainsFunc(q.words[p.from:p.to], func(w text.Word) bool { return !words[q.wordTerm(w)] })
		}
		if found {
			has.mass += p.rarity
			if p.name {
				has.name = 1
			}
		}
	}
	for i := 1; i < len(parts); i++ {
		if pair, ok := q.paired(parts[i-1], parts[i]); ok && slices.Contains(c.pairs, pair) {
			has.pairs += frequenciesOf(q.Language).rarity(pair)
		}
	}
	return has
}

// paired returns the pair of two plain words that are neighbours in a question.
func (q Query) paired(a, b part) (string, bool) {
	first, second := q.words[a.to-1], q.words[b.from]
	plain := a.concept == nil && b.concept == nil && q.Language == text.Vietnamese && a.to == b.from
	return first.Folded + "_" + second.Folded, plain && strings.TrimSpace(q.text[first.End:second.Start]) == ""
}
