package questions

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// longer are names of several words, by their first and last word and by the name's
// folded spelling.
type longer map[string]map[string]string

// add adds a name, unless its end is known as a name already: then its beginning is a
// title.
func (l longer) add(word, key, name string) {
	if l[word] == nil {
		l[word] = map[string]string{}
	}
	for known := range l[word] {
		switch {
		case strings.HasSuffix(" "+key, " "+known):
			return
		case strings.HasSuffix(known, " "+key):
			delete(l[word], known)
		}
	}
	l[word][key] = name
}

// maxNamed is the most words of a person's name.
const maxNamed = 4

// near is how many sentences before a part of a name are searched for the whole name.
const near = 5

// namesOf returns the longer names that a word may be short for: those near it, or else
// any in the report.
func (f *Former) namesOf(word string) map[string]string {
	found := longer{}
	for i := max(0, f.at-near); i <= f.at; i++ {
		for key, name := range f.each[i][word] {
			found.add(word, key, name)
		}
	}
	if len(found[word]) > 0 {
		return found[word]
	}
	return f.longer[word]
}

// learnLonger adds the names of a sentence.
func (f *Former) learnLonger(s *sentence) {
	own := longer{}
	f.each = append(f.each, own)
	for from := 0; from < len(s.words); {
		to := from
		for to < len(s.words) && s.capital(to) && (to == from || s.between(to) == " " || s.between(to) == "-") {
			to++
		}
		begin := from
		from = max(to, from+1)
		if begin < to && s.mark(begin) != 0 && f.lower[s.words[begin].Exact] {
			begin++ // its capital is the sentence's
		}
		for n := s.at("state", begin, to); n > 0; n = s.at("state", begin, to) {
			begin += n
		}
		if to-begin < 2 || to-begin > maxNamed {
			continue
		}
		name := s.piece(begin, to)
		key := strings.ReplaceAll(text.Fold(strings.ToLower(name)), "-", " ")
		for _, word := range []string{s.words[begin].Exact, s.words[to-1].Exact} {
			own.add(word, key, name)
			f.longer.add(word, key, name)
		}
	}
}

// fit returns a question for offering, with the whole names of persons; "" if it
// depends on other sentences, or has several answers.
func (f *Former) fit(question string) string {
	q := read(strings.TrimSuffix(question, "?"))
	n := len(q.words)
	when := strings.HasSuffix(q.src, " khi nào") || strings.HasSuffix(q.src, " ngày nào") || strings.HasSuffix(q.src, " năm nào")
	asks := when || slices.ContainsFunc(q.words, func(w text.Word) bool { return w.Exact == "nhiêu" })
	for i, word := range q.words {
		switch {
		case word.Capital && i > 0:
		case q.at("dependent", i, n) > 0, q.bareNoun(i), word.Exact == "của" && q.at("pronoun", i+1, n) > 0,
			word.Exact == "một" && q.indefinite(i, asks), asks && q.at("approximate", i, n) > 0:
			return ""
		}
	}
	if when && q.spans() || q.onlyDay() || q.unfinished() || !asks && !q.single() {
		return ""
	}
	return f.wholeNames(q)
}

// bareNoun reports whether word i is a noun that refers to something named before: the
// words after it don't identify it.
func (s *sentence) bareNoun(i int) bool {
	n, end := s.at("bare", i, len(s.words)), len(s.words)
	if n == 0 || s.at("kind", i, end) > n || i > 0 && (s.at("plural", i-1, i) > 0 || s.words[i-1].Number) {
		return false
	}
	next := i + n
	return next == end || i == 0 && s.at("verb", next, end) > 0 || s.at("marker", next, end)+s.at("asking", next, end) > 0 ||
		s.at("subordinator", next, end) > 0 && s.at("identifying", next, end) == 0
}

// indefinite reports whether "một" at word i makes a noun indefinite. With a number or
// time it is accepted, unless strict.
func (s *sentence) indefinite(i int, strict bool) bool {
	if i > 0 && !strict && len(s.numbers)+len(s.dates) > 0 {
		return false
	}
	return i == 0 || !s.has("identifying", i+1, len(s.words))
}

// spans reports whether a question has a span of time, or a year.
func (s *sentence) spans() bool {
	return slices.ContainsFunc(s.numbers, func(n text.Number) bool { return n.Year || s.at("span", n.To, len(s.words)) > 0 })
}

// unfinished reports whether the question ends with a verb that needs an object.
func (s *sentence) unfinished() bool {
	n := len(s.words)
	for i := range s.words {
		verb := s.at("transitive", i, n)
		if verb > 0 && (i+verb == n || s.at("asking", i+verb, n) > 0) && vietnamese("passive").before(s.words, i) == 0 {
			return true
		}
	}
	return false
}

// single reports whether a question for a subject has details that only one can match:
// a time, a number, "first", a quotation, a place, or what a state did to a named one.
func (s *sentence) single() bool {
	n := len(s.words)
	if len(s.numbers)+len(s.dates) > 0 || s.has("single", 0, n) {
		return true
	}
	ofState := s.at("stately", 0, n) > 0
	for i := 2; i < n; i++ {
		if ofState && s.words[i].Capital || (s.words[i-1].Exact == "tại" || s.words[i-1].Exact == "ở") && s.at("place", i, n) > 0 {
			return true
		}
	}
	return false
}

// onlyDay reports whether a question begins with a date that has no year.
func (s *sentence) onlyDay() bool {
	return len(s.dates) > 0 && s.dates[0].From <= 1 && s.dates[0].Year == 0
}

// wholeNames returns a question with the whole name of each person of whom it has a
// part; "" if that part is ambiguous.
func (f *Former) wholeNames(q *sentence) string {
	var b strings.Builder
	at := 0
	for i, word := range q.words {
		alone := word.Capital && (i == 0 || !q.capital(i-1)) && (i+1 == len(q.words) || !q.capital(i+1))
		if !alone || !f.people[word.Exact] && text.Syllable(word.Folded) || q.at("state", i, len(q.words)) > 0 {
			continue
		}
		if vietnamese("title").before(q.words, i)+vietnamese("kind").before(q.words, i)+vietnamese("place").before(q.words, i) > 0 {
			continue
		}
		names := f.namesOf(word.Exact)
		if len(names) > 1 {
			return ""
		}
		for _, name := range names {
			b.WriteString(q.src[at:word.Start] + name)
			at = word.End
		}
	}
	return b.String() + q.src[at:] + "?"
}

// wholeEnds returns those ends of the clause after which only an addition follows.
func (c clause) wholeEnds(after int) []int {
	all := c.ends(after)
	last := all[len(all)-1]
	return slices.DeleteFunc(all, func(end int) bool {
		return end != last && !c.added(end) || end < c.to && narrowing[c.s.words[end].Exact]
	})
}

// narrowing are conjunctions before a restriction.
var narrowing = wordSet("mà hoặc")

// added reports whether the rest of the clause after word end is an addition.
func (c clause) added(end int) bool {
	s := c.s
	return end >= c.to || s.at("addition", end, c.to) > 0 || hardEnds[s.words[end].Exact] && !narrowing[s.words[end].Exact] && s.newPredicate(end+1, c.to)
}
