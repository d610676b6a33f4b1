package claim

import (
	"fmt"
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Contradiction reports whether source i is plainly the sentence that a statement means,
// and says otherwise: with one thing of the sentence in the place of the statement's own
// (a number, a date, a name, a denial, a word for its opposite), the statement would be
// the sentence cut down, or nearly so. It finds nothing where two things differ: then it
// may be another event.
func (c *Checker) Contradiction(s *Statement, i int) (Finding, bool) {
	if len(s.Text) > c.longest || len(s.Words) == 0 {
		return Finding{}, false
	}
	o := &opposing{Checker: c, statement: s, source: c.source(i), place: i, evidence: c.evidence([]int{i}), text: c.text([]int{i})}
	for _, v := range o.variants() {
		if v.nearly() {
			return Finding{v.rule, Contradicted, v.detail}, true
		}
	}
	return Finding{}, false
}

// opposing compares a statement with the one source that it may mean.
type opposing struct {
	*Checker
	statement *Statement
	source    *Sentence
	place     int
	evidence  *evidence
	text      *sourceText
}

// variant is the statement with one thing of the source in the place of its own.
type variant struct {
	*Statement
	from, to int    // the words in question
	at       []unit // where the source has what it has in their place
	alone    bool   // the source has nothing else that could be in that place
	known    bool   // a name of the word list is in question
	over     *sourceText
	rule     Rule
	detail   string
}

// variants returns the variants with the one fact replaced that the evidence
// contradicts; without such a fact those that turn the statement.
func (o *opposing) variants() []variant {
	s, e := o.statement, o.evidence
	if outcome, _ := quotations(s.Sentence, e); outcome == Contradicted {
		return nil
	}
	var found []variant
	differing := map[string]bool{}
	differs := func(from, to int) { differing[glued(s.Words[from:to])] = true }
	for k, n := range s.Numbers {
		if e.number(s.Sentence, n) == Contradicted {
			differs(n.From, n.To)
			found = o.otherNumbers(k)
		}
	}
	for k, d := range s.Dates {
		if e.date(d) == Contradicted {
			differs(d.From, d.To)
			found = o.otherDates(k)
		}
	}
	for _, n := range s.Names {
		if e.name(s.Sentence, n) == Contradicted {
			differs(n.From, n.To)
			found = append(found, o.otherNames(n)...)
		}
	}
	switch len(differing) {
	case 0:
		return append(o.turned(), o.opposites()...)
	case 1:
		return found
	}
	return nil
}

// fact returns the variants with one fact of the statement in question, over what the
// source has of its kind, by value.
func (o *opposing) fact(from, to int, rule Rule, known bool, values map[any][]unit) []variant {
	var found []variant
	for _, at := range values {
		detail := fmt.Sprintf("the sentence has %s, not %s", o.source.shown(at[0].from, at[0].to), o.statement.shown(from, to))
		found = append(found, variant{o.statement, from, to, at, len(values) == 1, known, o.text, rule, detail})
	}
	return found
}

// otherNumbers returns the source's numbers of a number's kind that the statement lacks.
func (o *opposing) otherNumbers(k int) []variant {
	s := o.statement.Sentence
	n := s.Numbers[k]
	years, others := map[any][]unit{}, map[any][]unit{}
	add := func(to map[any][]unit, value float64, at unit) {
		if !slices.ContainsFunc(s.Numbers, func(m text.Number) bool { return m.Value == value && m.Percent == n.Percent }) {
			to[value] = append(to[value], at)
		}
	}
	for _, have := range o.source.Numbers {
		switch at := (unit{from: have.From, to: have.To}); {
		case have.Percent != n.Percent || have.Ordinal != n.Ordinal || have.Vague || n.Vague:
		case have.Year:
			add(years, have.Value, at)
		default:
			add(others, have.Value, at)
		}
	}
	for _, d := range o.source.dated(o.sources[o.place].Year) {
		if d.Year != 0 {
			add(years, float64(d.Year), unit{from: d.From, to: d.To})
		}
	}
	if n.Year && len(years) > 0 {
		return o.fact(n.From, n.To, DateOf, false, years)
	}
	return o.fact(n.From, n.To, NumberOf, false, others) // 1420 is a number too
}

// otherDates returns the source's dates that the statement lacks, as far as its own
// goes.
func (o *opposing) otherDates(k int) []variant {
	s := o.statement.Sentence
	d := s.Dates[k]
	values := map[any][]unit{}
	for _, have := range o.source.dated(o.sources[o.place].Year) {
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
		if !slices.ContainsFunc(s.Dates, func(m text.Date) bool { return sameDate(m, date) }) {
			values[date] = append(values[date], unit{from: have.From, to: have.To})
		}
	}
	return o.fact(d.From, d.To, DateOf, false, values)
}

// otherNames returns the source's names that the statement lacks, for a name of the word
// list those of its section.
func (o *opposing) otherNames(n Name) []variant {
	s := o.statement.Sentence
	values := map[any][]unit{}
	for _, have := range o.source.Names {
		words := o.source.Words[have.From:have.To]
		if s.find(words) >= 0 || have.Concept != nil && s.mentions(have.Concept) || !sameKind(n.Concept, have.Concept) {
			continue
		}
		values[glued(words)] = append(values[glued(words)], unit{from: have.From, to: have.To})
	}
	return o.fact(n.From, n.To, NameOf, n.Concept != nil, values)
}

// sameKind reports whether two names are of one section of the word list, or both of
// none.
func sameKind(a, b *retrieval.Concept) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Section == b.Section
}

// stresses are the words that only stress a denial, so that they go with it.
var stresses = map[string]bool{"nào": true, "gì": true, "cả": true, "hề": true, "bao": true, "giờ": true, "nao": true, "gi": true, "ca": true, "he": true, "any": true, "ever": true}

// turned returns the statement without its denial, where the source has none, and the
// statement beside what the source denies, where the statement denies nothing.
func (o *opposing) turned() []variant {
	s := o.statement.Sentence
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
		other := o.Checker.statement(read(text.Clean(kept.String()), s.Language, o.concepts))
		if m.from >= len(other.Words) {
			return nil
		}
		// The source must contain what is denied.
		var at []unit
		for _, u := range other.units[m.from] {
			at = append(at, o.text.byKey[u.key]...)
		}
		return []variant{{other, m.from, m.from, at, false, false, o.text, Negation, "the sentence does not deny it"}}
	case len(denied) == 0:
		return o.affirmed(denies)
	}
	return nil
}

// affirmed returns the statement for each denial of the source whose words it has.
func (o *opposing) affirmed(denies []match) []variant {
	s := o.statement
	var found []variant
	units := o.source.units(o.concepts)
	for _, m := range denies {
		if m.to == len(units) {
			continue
		}
		for _, u := range units[m.to] {
			for _, said := range s.units {
				for _, have := range said {
					if have.key == u.key && (have.from == 0 || !almostNegators[s.Words[have.from-1].Exact]) {
						found = append(found, variant{s, have.from, have.to, []unit{u}, false, false, o.text, Negation, "the sentence denies it"})
					}
				}
			}
		}
	}
	return found
}

// negators returns the denials of a sentence.
func (s *Sentence) negators() []match {
	var found []match
	for _, m := range s.classes {
		if m.class == negator && !s.coveredByLonger(m) {
			found = append(found, m)
		}
	}
	return found
}

// opposites returns the statement for each word of which the source has the opposite and
// not the word.
func (o *opposing) opposites() []variant {
	s := o.statement.Sentence
	if len(s.negators()) != len(o.source.negators()) {
		return nil
	}
	var found []variant
	for i := range s.Words {
		for _, m := range opposites().at(s.Words, i, s.Language, s.marked) {
			var at []unit
			var word string
			has := false
			for j := range o.source.Words {
				for _, have := range opposites().at(o.source.Words, j, o.source.Language, o.source.marked) {
					has = has || have.row == m.row
					if have.row == -m.row {
						at, word = append(at, unit{from: have.from, to: have.to}), o.source.shown(have.from, have.to)
					}
				}
			}
			if len(at) > 0 && !has {
				found = append(found, variant{o.statement, m.from, m.to, at, false, false, o.text, Negation, fmt.Sprintf("the sentence has %s, not %s", word, s.shown(m.from, m.to))})
			}
		}
	}
	return found
}
