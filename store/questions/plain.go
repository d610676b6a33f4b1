package questions

import "strings"

const (
	// A plain question has minPlain to maxPlain words of a sentence.
	maxPlain, minPlain = 14, 6
)

// examine returns a question that only tests whether a sentence is found: a part of it
// with a question word in place of its number or time, else "Có phải ... không?".
func (s *sentence) examine() string {
	from, to := s.examined()
	if from >= to {
		return ""
	}
	for _, n := range s.numbers {
		if n.From >= from && n.To < to && counting(n) && s.counts(n.Percent, n.To, to) {
			return assemble(s.piece(from, n.From), "bao nhiêu", s.piece(n.To, to))
		}
	}
	for _, t := range s.times {
		if t.from >= from && t.to <= to && t.point {
			return assemble(s.piece(from, t.from), s.piece(t.to, to), t.questionWords())
		}
	}
	return assemble("có phải", s.piece(from, to), "không")
}

// examined returns the part of a sentence for a plain question: the words around its
// first number or time, else around its first name.
func (s *sentence) examined() (from, to int) {
	fact := -1
	for _, n := range s.numbers {
		if fact < 0 && counting(n) {
			fact = n.From
		}
	}
	for _, t := range s.times {
		if fact < 0 && t.point {
			fact = t.from
		}
	}
	for i := range s.words {
		if fact < 0 && i > 0 && s.words[i].Capital {
			fact = i
		}
	}
	fact = max(fact, 0) // "hàng nghìn", "hai"
	for _, c := range s.chunks {
		if fact < c.from || fact >= c.to {
			continue
		}
		from, to = c.from, c.to
		if to-from < minPlain {
			from, to = max(0, from-minPlain), min(len(s.words), to+minPlain)
		}
		if to-from > maxPlain {
			from = max(from, min(fact-maxPlain/2, to-maxPlain))
			to = min(to, from+maxPlain)
		}
		for from > 0 && !s.splittable(from) {
			from--
		}
		for to < len(s.words) && !s.splittable(to) {
			to++
		}
	}
	return from, to
}

// unquoted returns a question without quotation marks, which people don't type.
func unquoted(question string) string {
	return strings.NewReplacer("“", "", "”", "", `"`, "", "«", "", "»", "").Replace(question)
}
