package questions

import (
	"slices"
	"strings"
)

// People are the names of persons that a report shows to be such: a title stands
// before them, or they do what only persons do. They are family or given names, in
// lower case.
type people map[string]bool

// learn adds the persons of a sentence.
func (p people) learn(s *sentence) {
	for i := range s.words {
		if n := s.at("title", i, len(s.words)); n > 0 {
			p.learnBehind(s, i+n)
		}
		if n := s.at("personal", i, len(s.words)); n > 0 && i > 0 {
			from := i
			for from > 0 && s.capital(from-1) && s.mark(from) == 0 {
				from--
			}
			if i-from >= 2 || from > 0 && i-from == 1 {
				p.learnRun(s, from, i)
			}
		}
	}
}

// learnBehind adds the name that ends a title at word i: "Bộ trưởng Ngoại giao Nga
// Sergei Lavrov".
func (p people) learnBehind(s *sentence, i int) {
	for end := i; end < len(s.words) && end < i+10 && s.mark(end) == 0; end++ {
		from := end
		for end < len(s.words) && s.capital(end) && (end == from || s.mark(end) == 0) {
			end++
		}
		if end-from >= 2 && !s.isPlace(from, end) && s.at("capital", from, end) != end-from {
			p.learnRun(s, from, end)
			return
		}
		if s.at("verb", end, len(s.words)) > 0 || s.at("subordinator", end, len(s.words)) > 0 || s.at("marker", end, len(s.words)) > 0 {
			return
		}
	}
}

func (p people) learnRun(s *sentence, from, to int) {
	for from < to {
		n := s.at("state", from, to)
		if n == 0 {
			break
		}
		from += n
	}
	if to-from < 1 {
		return
	}
	p[s.words[to-1].Exact] = true
	hyphen := strings.Contains(s.src[s.words[from].Start:s.words[to-1].End], "-")
	if hyphen || to-from == 3 && s.words[from].Exact != s.words[from].Folded {
		p[s.words[from].Exact] = true // names that begin with the family's
	}
}

// isPlace reports whether words [from, to) are the names of states alone.
func (s *sentence) isPlace(from, to int) bool {
	for from < to {
		n := s.at("state", from, to)
		if n == 0 {
			return false
		}
		from += n
	}
	return true
}

// subjectKind says what a subject is, as a question asks for it: "ai", "nước nào",
// "hãng tin nào"; empty if that isn't known.
func (p people) subjectKind(s *sentence, from, to int) string {
	if s.has("list", from, to) {
		return ""
	}
	if s.at("state", from, to) == to-from && s.words[from].Capital && s.words[to-1].Capital {
		return "nước nào"
	}
	title := s.at("title", from, to)
	if title > 0 && to-from > title && s.capital(to-1) && !s.has("owned", from, to) {
		if p[s.words[to-1].Exact] || s.personAtEnd(from+title, to) {
			return "ai"
		}
		return ""
	}
	all := true
	for i := from; i < to; i++ {
		all = all && s.capital(i)
	}
	if all && (p[s.words[to-1].Exact] || p[s.words[from].Exact]) {
		return "ai"
	}
	if n := s.at("kind", from, to); n > 0 && from+n < to && s.capital(from+n) && !s.has("owned", from+n, to) {
		for i := from + n; i < to; i++ {
			if !s.capital(i) {
				return ""
			}
		}
		return strings.ToLower(s.piece(from, from+n)) + " nào"
	}
	return ""
}

func (s *sentence) personAtEnd(from, to int) bool {
	return to-from >= 2 && s.capital(to-2) && !s.isPlace(from, to)
}

// mostPredicate is how many words stand behind "ai" at most.
const mostPredicate = 20

// who asks for the subject.
func (c clause) who(p people) []string {
	s := c.s
	kind := p.subjectKind(s, c.from, c.subject)
	verb, when := c.verb, c.front
	if t, ok := s.timeAt(verb); ok { // "Mai Lan ngày 25 tháng 10 nói"
		verb, when = t.to, &t
	}
	if kind == "" || verb >= c.to || s.words[verb].Exact == "là" {
		return nil
	}
	var asked []string
	ends := c.wholeEnds(verb + 2)
	slices.Reverse(ends) // the more is said, the fewer answers there are
	for _, end := range ends {
		if !c.canEnd(end) || c.repeats(end) || end-verb > mostPredicate || c.reports(verb, end) && !s.has("that", verb, end) ||
			kind != "ai" && s.words[verb].Exact == "trở" && s.has("title", verb, end) {
			continue
		}
		front := ""
		if when != nil && when.point && !c.timed(verb, end) {
			front = s.piece(when.from, when.to)
		}
		asked = append(asked, assembleAt(front, kind, s.said(verb, end)))
	}
	return asked
}

// repeats reports whether the predicate up to word end has the subject's name, and so
// gives the answer away.
func (c clause) repeats(end int) bool {
	last := c.s.words[c.subject-1]
	for i := c.verb; i < end; i++ {
		if c.s.words[i].Folded == last.Folded && c.s.words[i].Capital || c.s.words[i].Exact == "mình" {
			return true
		}
	}
	return false
}

// where asks for the place at the end of a clause.
func (c clause) where() []string {
	s := c.s
	var asked []string
	for i := c.verb + 1; i+1 < c.to; i++ {
		if s.words[i].Exact != "ở" && s.words[i].Exact != "tại" || s.words[i].Capital || !s.placeAt(i+1) {
			continue
		}
		end := i + 1
		when, timed := timePhrase{}, false
		for end < c.to && end < i+10 {
			if t, ok := s.timeAt(end); ok {
				when, timed = t, t.to <= c.to
				break
			}
			if s.at("cut", end, c.to) > 0 || s.words[end].Exact == "và" && s.newPredicate(end+1, c.to) || s.at("marker", end, c.to) > 0 {
				break
			}
			end++
		}
		stops := end == c.to || timed || s.at("cut", end, c.to) > 0 || s.words[end].Exact == "và"
		if !c.happens() || !stops || end == i+10 || c.timed(c.from, end) || c.cutInside(i) || !c.canEnd(i) && !s.lives(c.verb, i) || s.nounTakesPlace(i) {
			continue
		}
		front := ""
		switch {
		case timed && when.point:
			front = strings.TrimPrefix(s.piece(when.from, when.to), "vào ")
		case c.front != nil && c.front.point:
			front = s.piece(c.front.from, c.front.to)
		}
		if s.has("hedge", c.verb, i) {
			continue
		}
		if front == "" && !c.once() {
			continue
		}
		front, subject := c.subjectBehind(front)
		asked = append(asked, assembleAt(front, subject, s.said(c.verb, i), "ở đâu"))
		break
	}
	return asked
}

// once reports whether what the clause says happens in one place only, whenever that is.
func (c clause) once() bool {
	s := c.s
	i := c.verb
	for i < c.to && s.at("marker", i, c.to) > 0 {
		i += s.at("marker", i, c.to)
	}
	return s.at("once", i, c.to) > 0
}

// happens reports whether the place of the clause's verb is where it all happens.
func (c clause) happens() bool {
	s := c.s
	i := c.verb
	for i < c.to && s.at("marker", i, c.to) > 0 {
		i += s.at("marker", i, c.to)
	}
	n := s.at("verb", i, c.to)
	return s.at("happens", i, c.to) >= max(n, 1)
}

// lives reports whether words [from, to) are a verb that a place completes.
func (s *sentence) lives(from, to int) bool {
	for from < to && s.at("marker", from, to) > 0 {
		from += s.at("marker", from, to)
	}
	return from < to && s.at("placed", from, to) == to-from
}

// placeAt reports whether a place's name begins at word i.
func (s *sentence) placeAt(i int) bool {
	return s.words[i].Capital || s.at("place", i, len(s.words)) > 0 && s.at("place", i, len(s.words))+i < len(s.words) && s.capital(i+s.at("place", i, len(s.words)))
}

// nounTakesPlace reports whether what stands before word i is a noun that the place
// may belong to: "các cơ sở của Hoa Kỳ ở Guam".
func (s *sentence) nounTakesPlace(i int) bool {
	for j := i - 1; j >= max(0, i-6); j-- {
		if s.words[j].Exact == "của" || s.words[j].Exact == "các" || s.words[j].Exact == "những" || s.words[j].Exact == "một" {
			return true
		}
		if s.at("verb", j, i) > 0 {
			return false
		}
	}
	return false
}

// copula asks for the name that a sentence says something to be: "Vị giáo hoàng thứ 28
// là ai?"
func (c clause) copula(p people) []string {
	s := c.s
	if s.words[c.verb].Exact != "là" {
		return nil
	}
	from := c.verb + 1
	for _, end := range c.wholeEnds(from + 1) {
		if !s.plain(c.verb, end) || end-from < 2 || s.has("hedge", c.verb, end) || s.at("open", end-1, end) > 0 && !s.words[end-1].Capital {
			continue
		}
		kind := p.subjectKind(s, c.from, c.subject)
		definite := s.has("superlative", from, end)
		if kind != "" && definite && s.at("indefinite", from, end) == 0 {
			if kind == "ai" {
				return []string{assemble("ai", s.said(c.verb, end))}
			}
			return []string{assemble(s.said(from, end), "là", kind)}
		}
		if kind == "" && s.nameAlone(from, end) {
			kind = p.subjectKind(s, from, end)
			if kind == "ai" || kind == "nước nào" {
				return []string{assemble(c.subjectText(), "là", kind)}
			}
		}
	}
	return nil
}

func (s *sentence) nameAlone(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.capital(i) && s.at("title", i, to) == 0 {
			return false
		}
	}
	return true
}
