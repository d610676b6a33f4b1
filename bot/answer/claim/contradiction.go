package claim

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Contradiction reports whether source i is clearly the sentence that a statement is
// about, and contradicts it: with one thing replaced by the sentence's own (a number, a
// date, a name, a negation, an opposite), the statement would be the sentence, exactly or
// nearly shortened. With two differences it isn't clear: the statement may be about another
// event.
func (c *Checker) Contradiction(s *Statement, i int) (Finding, bool) {
	if len(s.Text) > c.longest || len(s.Words) == 0 {
		return Finding{}, false
	}
	o := &opposing{reader: c.reader, statement: s, source: c.source(i), year: c.sources[i].Year, evidence: c.evidence([]int{i}), text: c.text([]int{i})}
	for _, v := range o.variants() {
		if v.matches() {
			return Finding{v.rule, Contradicted, v.detail}, true
		}
	}
	return Finding{}, false
}

// opposing compares a statement with one source that it may be about.
type opposing struct {
	reader    *Reader
	statement *Statement
	source    *sentence
	year      int // for the source's dates without one; 0: unknown
	evidence  *evidence
	text      *sourceText
}

// variants returns the variants with the one fact replaced that the evidence
// contradicts; without such a fact, the variants with a negation or an opposite.
func (o *opposing) variants() []variant {
	s, e := o.statement, o.evidence
	if outcome, _ := checkQuotations(s.sentence, e); outcome == Contradicted {
		return nil
	}
	var found []variant
	differing := map[string]bool{}
	differs := func(from, to int) { differing[glued(s.Words[from:to])] = true }
	for _, n := range s.Numbers {
		if e.number(s.sentence, n) == Contradicted {
			differs(n.From, n.To)
			found = o.otherNumbers(n)
		}
	}
	for _, d := range s.Dates {
		if e.date(d) == Contradicted {
			differs(d.From, d.To)
			found = o.otherDates(d)
		}
	}
	for _, n := range s.Names {
		if e.name(s.sentence, n) == Contradicted {
			differs(n.From, n.To)
			found = append(found, o.otherNames(n)...)
		}
	}
	switch len(differing) {
	case 0:
		return append(o.negated(), o.opposites()...)
	case 1:
		return found
	}
	return nil
}

// sourceFacts are the places of facts of one kind in the source, by value, in order.
type sourceFacts struct {
	values []any
	at     map[any][]unit
}

func (p *sourceFacts) add(value any, from, to int) {
	if p.at == nil {
		p.at = map[any][]unit{}
	}
	if p.at[value] == nil {
		p.values = append(p.values, value)
	}
	p.at[value] = append(p.at[value], unit{from: from, to: to})
}

// fact returns the variants with the fact at words [from, to) of the statement replaced
// by the source's facts of that kind.
func (o *opposing) fact(from, to int, rule Rule, source sourceFacts) []variant {
	var found []variant
	for _, value := range source.values {
		at := source.at[value]
		found = append(found, variant{
			Statement: o.statement, from: from, to: to, at: at, alone: len(source.values) == 1, over: o.text, rule: rule,
			detail: fmt.Sprintf("the sentence has %s, not %s", o.source.asWritten(at[0].from, at[0].to), o.statement.asWritten(from, to)),
		})
	}
	return found
}

// otherNumbers returns the source's numbers of a number's kind that the statement lacks.
func (o *opposing) otherNumbers(n text.Number) []variant {
	var years, others sourceFacts
	add := func(to *sourceFacts, value float64, from, end int) {
		if !slices.ContainsFunc(o.statement.Numbers, func(m text.Number) bool { return m.Value == value && m.Percent == n.Percent }) {
			to.add(value, from, end)
		}
	}
	for _, have := range o.source.Numbers {
		switch {
		case have.Percent != n.Percent || have.Ordinal != n.Ordinal || have.Vague || n.Vague:
		case have.Year:
			add(&years, have.Value, have.From, have.To)
		default:
			add(&others, have.Value, have.From, have.To)
		}
	}
	for _, d := range o.source.dated(o.year) {
		if d.Year != 0 {
			add(&years, float64(d.Year), d.From, d.To)
		}
	}
	if n.Year && len(years.values) > 0 {
		return o.fact(n.From, n.To, Date, years)
	}
	return o.fact(n.From, n.To, Number, others) // 1420 is a number too
}

// otherDates returns the source's dates that the statement lacks, compared as precisely
// as the statement's own.
func (o *opposing) otherDates(d text.Date) []variant {
	var others sourceFacts
	for _, have := range o.source.dated(o.year) {
		if d.Day != 0 && have.Day == 0 || d.Year != 0 && have.Year == 0 {
			continue // the source leaves it open
		}
		date := text.Date{Month: have.Month}
		if d.Day != 0 {
			date.Day = have.Day
		}
		if d.Year != 0 {
			date.Year = have.Year
		}
		if !slices.ContainsFunc(o.statement.Dates, func(m text.Date) bool { return sameDate(m, date) }) {
			others.add(date, have.From, have.To)
		}
	}
	return o.fact(d.From, d.To, Date, others)
}

// otherNames returns the source's names that the statement lacks; for a name of the
// word list, only those of its section.
func (o *opposing) otherNames(n properName) []variant {
	var others sourceFacts
	for _, have := range o.source.Names {
		words := o.source.Words[have.From:have.To]
		if o.statement.find(words) < 0 && (have.Concept == nil || !o.statement.mentions(have.Concept)) && sameKind(n.Concept, have.Concept) {
			others.add(glued(words), have.From, have.To)
		}
	}
	found := o.fact(n.From, n.To, Name, others)
	for i := range found {
		found[i].known = n.Concept != nil
	}
	return found
}

// sameKind reports whether two names are of one section of the word list, or both of
// none.
func sameKind(a, b *retrieval.Concept) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Section == b.Section
}

// negated returns the statement without its negation, if the source has none, and the
// statement with the source's negations, if the statement has none.
func (o *opposing) negated() []variant {
	s := o.statement.sentence
	switch denied, denies := s.negators(), o.source.negators(); {
	case len(denied) == 1 && len(denies) == 0 && !o.source.denies():
		m := denied[0]
		var kept strings.Builder
		from := 0
		for i, w := range s.Words {
			if i >= m.from && i < m.to || i >= m.to && stresses[w.Exact] {
				kept.WriteString(s.Text[from:w.Start])
				from = w.End
			}
		}
		kept.WriteString(s.Text[from:])
		other := &Statement{o.reader.read(kept.String(), s.Language)}
		if m.from >= len(other.Words) {
			return nil
		}
		// The source must contain what is denied.
		var at []unit
		for _, u := range other.units[m.from] {
			at = append(at, o.text.byKey[u.key]...)
		}
		return []variant{{Statement: other, from: m.from, to: m.from, at: at, over: o.text, rule: Negation, detail: "the sentence does not deny it"}}
	case len(denied) == 0:
		return o.affirmed(denies)
	}
	return nil
}

// affirmed returns a variant for each negation of the source whose words the statement has.
func (o *opposing) affirmed(denies []match) []variant {
	s := o.statement
	var found []variant
	for _, m := range denies {
		if m.to == len(o.source.units) {
			continue
		}
		for _, u := range o.source.units[m.to] {
			for _, said := range s.units {
				for _, have := range said {
					if have.key == u.key && (have.from == 0 || !almostNegators[s.Words[have.from-1].Exact]) {
						found = append(found, variant{Statement: s, from: have.from, to: have.to, at: []unit{u}, over: o.text, rule: Negation, detail: "the sentence denies it"})
					}
				}
			}
		}
	}
	return found
}

// opposites returns a variant for each word whose opposite, but not itself, is in the
// source.
func (o *opposing) opposites() []variant {
	s := o.statement.sentence
	if len(s.negators()) != len(o.source.negators()) {
		return nil
	}
	var found []variant
	for i := range s.Words {
		for _, m := range oppositeWords().at(s.Words, i, s.Language, s.marked) {
			var at []unit
			var word string
			has := false
			for j := range o.source.Words {
				for _, have := range oppositeWords().at(o.source.Words, j, o.source.Language, o.source.marked) {
					has = has || have.row == m.row
					if have.row == -m.row {
						at, word = append(at, unit{from: have.from, to: have.to}), o.source.asWritten(have.from, have.to)
					}
				}
			}
			if len(at) > 0 && !has {
				found = append(found, variant{
					Statement: o.statement, from: m.from, to: m.to, at: at, over: o.text, rule: Negation,
					detail: fmt.Sprintf("the sentence has %s, not %s", word, s.asWritten(m.from, m.to)),
				})
			}
		}
	}
	return found
}
