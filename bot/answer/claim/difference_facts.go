package claim

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// difference compares a sentence before and after a change of edition.
type difference struct {
	before, after *sentence
	had, has      *evidence
	lost, gained  []bool // by word of before, of after: it has no equal in the other
}

// compare aligns two sentences.
func compare(before, after Source, language text.Language, concepts *retrieval.Concepts) *difference {
	d := &difference{before: readSentence(text.Clean(before.Text), language, concepts), after: readSentence(text.Clean(after.Text), language, concepts)}
	d.had, d.has = evidenceOf(d.before, before.Year), evidenceOf(d.after, after.Year)
	d.lost, d.gained = unequal(d.before, d.after), unequal(d.after, d.before)
	return d
}

// evidenceOf returns one sentence as evidence.
func evidenceOf(s *sentence, year int) *evidence {
	e := newEvidence(s.Language)
	e.cited = []*sentence{s}
	e.add(s, year)
	return e
}

// unequal returns by word whether it has no equal in another sentence, in order or
// elsewhere: the same word, one of a row of words.txt, or another name of the same thing.
func unequal(s, other *sentence) []bool {
	has := map[any]bool{}
	for _, at := range other.units {
		for _, u := range at {
			has[u.key] = true
		}
	}
	known := slices.Clone(s.inFact)
	for _, at := range s.units {
		for _, u := range at {
			if has[u.key] {
				mark(known, u.from, u.to)
			}
		}
	}
	for i := range known {
		known[i] = !known[i]
	}
	return known
}

// number finds a number that is gone, was replaced, or was made a range.
func (d *difference) number() string {
	var small []text.Number
	for _, n := range d.before.Numbers {
		switch has := d.has.hasNumber(d.before, n); {
		case has:
		case counted(n):
			small = append(small, n)
		default:
			return "it no longer has the number " + d.before.asWritten(n.From, n.To)
		}
	}
	for _, n := range d.after.Numbers {
		if n.Year && !containsYear(d.before, n) || !d.had.hasNumber(d.after, n) {
			detail := "it has the number " + d.after.asWritten(n.From, n.To)
			if len(small) > 0 || d.fewerNumbers(n.Year) || !counted(n) && d.after.inRange(n) {
				return detail
			}
		}
	}
	return ""
}

func containsYear(s *sentence, n text.Number) bool {
	return slices.ContainsFunc(s.Numbers, n.Same) || slices.ContainsFunc(s.Dates, func(d text.Date) bool { return d.Year == int(n.Value) })
}

// fewerNumbers reports whether a number, or a year, occurs less often than before.
func (d *difference) fewerNumbers(year bool) bool {
	count := map[float64]int{}
	for _, n := range d.before.Numbers {
		if n.Year == year && !counted(n) {
			count[n.Value]++
		}
	}
	for _, n := range d.after.Numbers {
		count[n.Value]--
	}
	for _, left := range count {
		if left > 0 {
			return true
		}
	}
	return false
}

// inRange reports whether a number is one end of a range: its neighbour is a number too.
func (s *sentence) inRange(n text.Number) bool {
	return !n.Year && !n.Ordinal && slices.ContainsFunc(s.Numbers, func(other text.Number) bool {
		between := max(n.From, other.From) - min(n.To, other.To)
		return n != other && between >= 0 && between <= 1
	})
}

// date finds a date that is gone or has another in its place.
func (d *difference) date() string {
	for i, was := range d.had.dates {
		if !slices.ContainsFunc(d.has.dates, func(is text.Date) bool { return oneDate(was, is) }) {
			return "it no longer has the date " + d.before.asWritten(d.before.Dates[i].From, d.before.Dates[i].To)
		}
	}
	for i, is := range d.has.dates {
		fresh := !slices.ContainsFunc(d.had.dates, func(was text.Date) bool { return oneDate(was, is) })
		if fresh && len(d.had.dates) >= len(d.has.dates) {
			return "it has the date " + d.after.asWritten(d.after.Dates[i].From, d.after.Dates[i].To)
		}
	}
	return ""
}

func oneDate(a, b text.Date) bool {
	return a.Day == b.Day && a.Month == b.Month && (a.Year == b.Year || a.Year == 0 || b.Year == 0)
}

// name finds a name that was replaced, or is gone without a pronoun such as "he" in its
// place.
func (d *difference) name() string {
	gone, doubtful := lostNames(d.before, d.has)
	fresh, freshDoubtful := lostNames(d.after, d.had)
	replaced := len(fresh)+len(freshDoubtful) > 0
	switch {
	case len(gone) > 0 && (replaced || !d.refersBack()):
		return "it no longer names " + d.before.asWritten(gone[0].From, gone[0].To)
	case len(doubtful) > 0 && replaced:
		return "it has another name than " + d.before.asWritten(doubtful[0].From, doubtful[0].To)
	case len(fresh) > 0 && (len(d.before.Names) >= len(d.after.Names) || d.lacksCapital()):
		return "it names " + d.after.asWritten(fresh[0].From, fresh[0].To)
	}
	// The rules don't treat institutions and titles made of common words as names.
	was, is := d.before.capitalOf(d.lost), d.after.capitalOf(d.gained)
	if was >= 0 && is >= 0 {
		return "it has " + d.after.asWritten(is, is+1) + " instead of " + d.before.asWritten(was, was+1)
	}
	return ""
}

// lacksCapital reports whether a word with a capital is gone.
func (d *difference) lacksCapital() bool {
	for i, word := range d.before.Words {
		if d.before.capital(i) && !d.before.begins(i) && !d.has.folded[word.Folded] {
			return true
		}
	}
	return false
}

// capitalOf returns the first of some of a sentence's words that has a capital and
// doesn't begin a sentence; -1 if there is none.
func (s *sentence) capitalOf(of []bool) int {
	for i := range s.Words {
		if of[i] && s.capital(i) && !s.begins(i) {
			return i
		}
	}
	return -1
}

// lostNames returns the names of a sentence that another one doesn't have, and those
// made of common words, such as titles, that it doesn't have in these words.
func lostNames(s *sentence, other *evidence) (lost, doubtful []properName) {
	for _, n := range s.Names {
		switch outcome := other.name(s, n); {
		case outcome == Contradicted, n.Concept != nil && !other.hasState(n.Concept) && !other.hasCapitals(s, n):
			lost = append(lost, n)
		case outcome == Unclear && !other.isWholeName(s.Words[n.From:n.To]):
			doubtful = append(doubtful, n)
		}
	}
	return lost, doubtful
}

// hasCapitals reports whether the evidence has the words of a name that have capitals.
func (e *evidence) hasCapitals(s *sentence, n properName) bool {
	for i := n.From; i < n.To; i++ {
		if s.Words[i].Capital && !e.folded[s.Words[i].Folded] {
			return false
		}
	}
	return true
}

// refersBack reports whether the sentence gained a pronoun.
func (d *difference) refersBack() bool {
	for i, word := range d.after.Words {
		if d.gained[i] && pronouns[word.Exact] {
			return true
		}
	}
	return false
}
