package questions

import "reportbot/store/text"

// clause is a part of a Vietnamese sentence that can stand alone: subject, then predicate.
type clause struct {
	s *sentence
	// from and subject are where the subject begins and ends. An apposition behind it is
	// left out: the predicate begins at verb.
	from, subject, verb int
	to                  int
	// front is the time that stands before the clause, and goes for it; nil if there is
	// none.
	front *timePhrase
}

// mostSubject is how many words a subject has at most.
const mostSubject = 14

// clauses returns the parts of the sentence that can stand alone: its main clause,
// what stands behind "rằng", and what a conjunction adds.
func (s *sentence) clauses() []clause {
	var found []clause
	add := func(from int, c int, front *timePhrase) bool {
		made, ok := s.clauseAt(from, c, front)
		if ok {
			found = append(found, made)
		}
		return ok
	}
	main := false
	var front *timePhrase
	conditional, list := false, false
	for c := 0; c < len(s.chunks); c++ {
		k := s.chunks[c]
		from := s.skipOpening(k.from, k.to)
		if !main {
			if t, ok := s.timeAt(from); ok {
				front, from = &t, t.to
			}
			conditional = conditional || from < k.to && conditions[s.words[from].Exact]
			switch {
			case from < k.to && !conditional && !list && add(from, c, front):
				main = true
			case from < k.to && s.at("subordinator", from, k.to) == 0 && s.predicate(from, k.to) < 0 && s.isSubject(from, k.to):
				list = true // of subjects, which commas cut
			}
		} else if k.mark == ';' || k.mark == '—' || k.mark == ':' || conjunctions[s.words[k.from].Exact] {
			if conjunctions[s.words[from].Exact] {
				from++
			}
			var own *timePhrase
			if t, ok := s.timeAt(from); ok {
				own, from = &t, t.to
			}
			add(from, c, own)
		}
		if conditional {
			continue
		}
		for i := k.from; i+2 < k.to; i++ {
			inner := i + s.begun(i, k.to)
			if inner == i || s.has("hedge", k.from, i) || s.has("denies", k.from, i) || s.at("subordinator", k.from, i) > 0 {
				continue
			}
			var own *timePhrase
			if t, ok := s.timeAt(inner); ok {
				own, inner = &t, t.to
			}
			add(inner, c, own)
		}
	}
	return found
}

// begun is how many words from word i on begin what somebody says: "rằng", or a verb of
// speech with a marked predicate behind it.
func (s *sentence) begun(i, to int) int {
	if s.words[i].Exact == "rằng" {
		return 1
	}
	n := s.at("speech", i, to)
	if n == 0 || s.words[i].Capital {
		return 0
	}
	if verb := s.predicate(i+n, to); verb > 0 && tenses[s.words[verb].Exact] && s.isSubject(i+n, verb) {
		return n
	}
	return 0
}

var (
	conjunctions = wordSet("và nhưng còn song")
	conditions   = wordSet("nếu giả liệu chừng hễ")
)

// skipOpening returns where a chunk begins without a connective.
func (s *sentence) skipOpening(from, to int) int {
	if n := s.at("opening", from, to); n > 0 && from+n < to {
		return from + n
	}
	return from
}

// clauseAt reads the clause that begins at word from in chunk c.
func (s *sentence) clauseAt(from, c int, front *timePhrase) (clause, bool) {
	to := s.chunks[c].to
	verb := s.predicate(from, to)
	if s.has("whether", from, to) {
		return clause{}, false
	}
	if verb > 0 && s.isSubject(from, verb) && !s.fragment(from, verb) {
		return clause{s: s, from: from, subject: verb, verb: verb, to: to, front: front}, true
	}
	// "Igor Krasnov, Tổng công tố viên Nga, tới Bình Nhưỡng"
	if verb < 0 && c+2 < len(s.chunks) && s.isSubject(from, to) && !s.fragment(from, to) && s.chunks[c+1].mark == ',' && s.chunks[c+2].mark == ',' {
		apposition, rest := s.chunks[c+1], s.chunks[c+2]
		if s.predicate(apposition.from, apposition.to) < 0 && s.isSubject(apposition.from, apposition.to) &&
			(s.at("marker", rest.from, rest.to) > 0 || s.verbAt(rest.from, rest.to) > 0) {
			return clause{s: s, from: from, subject: to, verb: rest.from, to: rest.to, front: front}, true
		}
	}
	return clause{}, false
}

// predicate returns where the predicate of a clause begins that begins at word from; -1
// if it has none.
func (s *sentence) predicate(from, to int) int {
	first := s.firstPredicate(from, to)
	if first < 0 || s.at("marker", first, to) > 0 || s.at("hedge", first, to) > 0 || s.at("speech", first, to) > 0 {
		return first
	}
	// "Những công nhân làm việc tại Nga đã gửi": a verb before a marked one belongs to
	// the subject.
	for i := first + 1; i < to && s.at("that", i, to) == 0 && s.at("cut", i, to) == 0 && s.words[i].Exact != "và"; i++ {
		if tenses[s.words[i].Exact] && !s.words[i].Capital {
			return i
		}
	}
	return first
}

// tenses mark the predicate of a sentence.
var tenses = wordSet("đã đang sẽ")

func (s *sentence) firstPredicate(from, to int) int {
	for i := from + 1; i < to; i++ {
		if s.words[i].Capital {
			continue
		}
		if t, ok := s.timeAt(i); ok && t.to < to { // "Ngoại trưởng Kim ngày 25 tháng 10 nói"
			if s.predicateAt(t.to, to) {
				return i
			}
			i = t.to - 1
			continue
		}
		if s.predicateAt(i, to) {
			return i
		}
	}
	return -1
}

func (s *sentence) predicateAt(i, to int) bool {
	if s.at("marker", i, to) > 0 || s.at("hedge", i, to) > 0 || s.measures(i, to) {
		return true
	}
	n := s.verbAt(i, to)
	return n > 0 && vietnamese["nominal"].before(s.words, i) == 0 && !(n == 1 && s.syllable(i-1))
}

// measures reports whether word i is an adjective that a number completes: "dài 1.240
// mét".
func (s *sentence) measures(i, to int) bool {
	if s.at("adjective", i, to) == 0 {
		return false
	}
	return s.counted(i + 1)
}

// syllable reports whether word i may be the first half of a name whose second half
// has no capital, as in "Bộ Ngoại giao".
func (s *sentence) syllable(i int) bool {
	if i < 0 || !s.words[i].Capital || i+1 < len(s.words) && neverInNames[s.words[i+1].Exact] || !text.Syllable(s.words[i].Folded) || s.people[s.words[i].Exact] {
		return false
	}
	for n := 1; n <= 5 && i-n+1 >= 0; n++ {
		from := i - n + 1
		if s.at("state", from, i+1) == n || s.at("capital", from, i+1) == n {
			return false
		}
	}
	return true
}

// neverInNames are verbs that are no second half of a name.
var neverInNames = wordSet("có là gồm thuộc gặp thăm ký mua bán gửi chết mất sinh sống rời đến tới nói viết đưa")

// fragment reports whether words [from, to) begin as no subject does: with a verb, or a
// word that leaves out what it is about.
func (s *sentence) fragment(from, to int) bool {
	if s.at("partial", from, to) > 0 && !s.counted(from) {
		return true
	}
	if from+1 < to && s.words[from+1].Capital && (s.words[from].Exact == "tổ" || s.words[from].Exact == "liên") {
		return false
	}
	if s.at("marker", from, to) > 0 {
		return true
	}
	n := vietnamese["verb"].at(s.words, from, to)
	return n > 0 && !(s.words[from].Capital && s.at("state", from, to) > 0) && !(from+n < to && s.at("organization", from, to) > 0)
}

// counted reports whether a number begins at word i or, behind "hơn" and the like,
// close to it.
func (s *sentence) counted(i int) bool {
	for _, n := range s.numbers {
		if n.From >= i && n.From <= i+2 && !n.Year && !n.Ordinal {
			return true
		}
	}
	return false
}

// verbAt is how many words from i on are a verb.
func (s *sentence) verbAt(i, to int) int {
	if i >= to || i > 0 && s.words[i].Capital && !s.begins(i) {
		return 0
	}
	return s.at("verb", i, to)
}

func (s *sentence) begins(i int) bool { return s.mark(i) != 0 }

// isSubject reports whether words [from, to) can be a subject: a name or a noun with
// what belongs to it, and nothing that points at another sentence.
func (s *sentence) isSubject(from, to int) bool {
	if to <= from || to-from > mostSubject || !s.plain(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		lower := !s.words[i].Capital || i == from
		if lower && (s.pronoun(i, to) || s.at("pointer", i, to) > 0 || s.at("subordinator", i, to) > 0 && !s.words[i].Capital) {
			return false
		}
		if i == from && (s.at("subordinator", i, to) > 0 || s.at("opening", i, to) > 0) && !(s.words[i].Capital && i+1 < to && s.capital(i+1)) {
			return false
		}
	}
	if s.words[from].Exact == "có" || s.words[from].Exact == "và" || s.words[to-1].Exact == "và" || s.words[to-1].Exact == "của" {
		return false
	}
	_, starts := s.timeAt(from)
	return !starts
}

// pronoun reports whether word i is a pronoun, and no title before a name ("ông
// Trương Quân") or noun ("cô gái").
func (s *sentence) pronoun(i, to int) bool {
	if s.at("pronoun", i, to) == 0 {
		return false
	}
	return i+1 >= len(s.words) || !s.words[i+1].Capital || s.mark(i+1) != 0
}

// ends returns where the clause can be cut off after word after, nearest first. The
// last one is its own end, or where another clause is added to it.
func (c clause) ends(after int) []int {
	var ends []int
	s := c.s
	for i := max(after, c.verb+1); i < c.to; i++ {
		if !s.parts(i) || s.words[i].Capital {
			continue
		}
		if hardEnds[s.words[i].Exact] && s.newPredicate(i+1, c.to) && c.predicated(i) {
			return append(ends, i)
		}
		if n := s.at("cut", i, c.to); n > 0 {
			if vietnamese["measure"].before(s.words, i) == 0 {
				ends = append(ends, i)
			}
			i += n - 1
		}
	}
	return append(ends, c.to)
}

// hardEnds are conjunctions behind which another clause begins.
var hardEnds = wordSet("và nhưng song còn mà hoặc")

// predicated reports whether the clause that goes on before word i has a verb there:
// "rằng quan hệ giữa Nga" has none.
func (c clause) predicated(i int) bool {
	s := c.s
	from := c.verb
	for j := i - 1; j > c.verb; j-- {
		if s.words[j].Exact == "rằng" {
			from = j
			break
		}
	}
	return from == c.verb || s.predicate(from+1, i) > 0
}

// newPredicate reports whether another predicate, or clause, begins at word i behind
// "và".
func (s *sentence) newPredicate(i, to int) bool {
	if i >= to {
		return false
	}
	if s.predicateAt(i, to) {
		return true
	}
	verb := s.predicate(i, to)
	return verb > 0 && (s.at("marker", verb, to) > 0 || s.at("nominal", i, to) > 0 && s.at("direction", verb, to) == 0) && s.isSubject(i, verb)
}
