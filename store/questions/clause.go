package questions

import "reportbot/store/text"

// clause is a part of a Vietnamese sentence that can stand alone: subject, then predicate.
type clause struct {
	s *sentence
	// The subject is words [from, subject). The predicate begins at verb, after an
	// apposition if there is one.
	from, subject, verb int
	to                  int
	// front is the time before the clause that applies to it; nil if there is none.
	front *timePhrase
}

// clauses returns the clauses that can be sentences of their own: the main clause, the
// clause after "rằng", and coordinated ones.
func (s *sentence) clauses() []clause {
	var found []clause
	add := func(from, c int, front *timePhrase) bool {
		made, ok := s.clauseAt(from, c, front)
		if ok {
			found = append(found, made)
		}
		return ok
	}
	main, list := false, false
	var front *timePhrase // of the main clause
	for c, k := range s.chunks {
		from, own := s.afterTime(k.from + s.at("opening", k.from, k.to))
		switch {
		case main && conjunctions[s.words[k.from].Exact]:
			add(from, c, own)
		case !main:
			if own != nil {
				front = own
			}
			main = !list && add(from, c, front)
			// Commas may separate a list of subjects.
			list = list || s.at("subordinator", from, k.to) == 0 && s.isSubject(from, k.to)
		}
		for i := k.from; i+2 < k.to; i++ {
			if n := s.begun(i, k.to); n > 0 && !s.has("denies", k.from, i) && !s.has("hedge", k.from, i) {
				from, own := s.afterTime(i + n)
				add(from, c, own)
			}
		}
	}
	return found
}

// afterTime returns the index after the time at word from, and the time; from and nil
// if there is none.
func (s *sentence) afterTime(from int) (int, *timePhrase) {
	if t, ok := s.timeAt(from); ok {
		return t.to, &t
	}
	return from, nil
}

var conjunctions = wordSet("và nhưng còn song")

// begun returns how many words at word i introduce reported speech: "rằng", or a verb
// of speech before a marked predicate.
func (s *sentence) begun(i, to int) int {
	if s.words[i].Exact == "rằng" {
		return 1
	}
	n := s.at("speech", i, to)
	if verb := s.predicate(i+n, to); n > 0 && verb > 0 && tenses[s.words[verb].Exact] {
		return n
	}
	return 0
}

// clauseAt reads the clause that begins at word from in chunk c.
func (s *sentence) clauseAt(from, c int, front *timePhrase) (clause, bool) {
	made := clause{s: s, from: from, to: s.chunks[c].to, front: front}
	made.verb = s.predicate(from, made.to)
	made.subject = made.verb
	if made.verb < 0 && c+2 < len(s.chunks) && s.predicate(s.chunks[c+1].from, s.chunks[c+1].to) < 0 {
		// "Igor Krasnov, Tổng công tố viên Nga, tới Bình Nhưỡng"
		apposition, rest := s.chunks[c+1], s.chunks[c+2]
		if s.isSubject(apposition.from, apposition.to) && s.at("marker", rest.from, rest.to)+s.verbAt(rest.from, rest.to) > 0 {
			made.subject, made.verb, made.to = made.to, rest.from, rest.to
		}
	}
	return made, made.verb > 0 && s.isSubject(from, made.subject) && !s.fragment(from, made.subject)
}

// predicate returns the index of the predicate of the clause at word from; -1 if it has
// none. "Những công nhân làm việc tại Nga đã gửi": a verb before a marked one belongs
// to the subject.
func (s *sentence) predicate(from, to int) int {
	first := s.firstPredicate(from, to)
	if first < 0 || s.at("marker", first, to)+s.at("speech", first, to) > 0 {
		return first
	}
	for i := first + 1; i < to && s.at("that", i, to) == 0; i++ {
		if tenses[s.words[i].Exact] {
			return i
		}
	}
	return first
}

// tenses mark the predicate of a sentence.
var tenses = wordSet("đã đang sẽ")

func (s *sentence) firstPredicate(from, to int) int {
	for i := from + 1; i < to; i++ {
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
	if s.at("marker", i, to) > 0 || s.at("adjective", i, to) > 0 && s.counted(i+1) {
		return true // "dài 1.240 mét"
	}
	n := s.verbAt(i, to)
	return n > 0 && vietnamese("nominal").before(s.words, i) == 0 && !(n == 1 && s.syllable(i-1))
}

// syllable reports whether word i may be the first half of a name whose second half
// has no capital, as in "Bộ Ngoại giao".
func (s *sentence) syllable(i int) bool {
	word := s.words[i]
	return word.Capital && text.Syllable(word.Folded) && !s.people[word.Exact] && vietnamese("state").before(s.words, i+1) == 0 && !neverInNames[s.words[i+1].Exact]
}

// neverInNames are verbs that are never the second half of a name.
var neverInNames = wordSet("có là gồm thuộc gặp thăm ký mua bán gửi chết mất sinh sống rời đến tới nói viết đưa")

// fragment reports whether words [from, to) begin as no subject does: with a verb.
func (s *sentence) fragment(from, to int) bool {
	return s.at("marker", from, to)+s.at("verb", from, to) > 0
}

// counted reports whether a number begins at word i, or shortly after it with "hơn" or
// the like before it.
func (s *sentence) counted(i int) bool {
	for _, n := range s.numbers {
		if n.From >= i && n.From <= i+2 && !n.Year && !n.Ordinal {
			return true
		}
	}
	return false
}

// verbAt returns how many words at word i are a verb.
func (s *sentence) verbAt(i, to int) int {
	if i < to && s.words[i].Capital {
		return 0
	}
	return s.at("verb", i, to)
}

// isSubject reports whether words [from, to) can be a subject: a name or a noun phrase
// without references to other sentences.
func (s *sentence) isSubject(from, to int) bool {
	if from >= to || !s.plain(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		if (i == from || !s.words[i].Capital) && (s.pronoun(i, to) || s.at("subordinator", i, to) > 0) {
			return false
		}
	}
	_, starts := s.timeAt(from)
	return !starts
}

// pronoun reports whether word i is a pronoun, rather than a title before a name ("ông
// Trương Quân") or noun ("cô gái").
func (s *sentence) pronoun(i, to int) bool {
	if s.at("pronoun", i, to) == 0 {
		return false
	}
	return i+1 >= len(s.words) || !s.words[i+1].Capital || s.mark(i+1) != 0
}

// ends returns the indexes after word after at which the clause can end, nearest first.
// The last one is its own end, or the beginning of a coordinated clause.
func (c clause) ends(after int) []int {
	var ends []int
	s := c.s
	for i := max(after, c.verb+1); i < c.to; i++ {
		if hardEnds[s.words[i].Exact] && s.newPredicate(i+1, c.to) && c.predicated(i) {
			return append(ends, i)
		}
		if n := s.at("cut", i, c.to); n > 0 {
			if vietnamese("measure").before(s.words, i) == 0 {
				ends = append(ends, i)
			}
			i += n - 1
		}
	}
	return append(ends, c.to)
}

// hardEnds are conjunctions before another clause.
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

// newPredicate reports whether another predicate, or clause, begins at word i after
// "và".
func (s *sentence) newPredicate(i, to int) bool {
	if s.predicateAt(i, to) {
		return true
	}
	verb := s.predicate(i, to)
	return verb > 0 && (s.at("marker", verb, to) > 0 || s.at("nominal", i, to) > 0 && s.at("direction", verb, to) == 0)
}
