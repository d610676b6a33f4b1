package questions

import (
	"slices"
	"strings"
)

// maxPredicate is the most words after "ai".
const maxPredicate = 20

// who asks for the subject.
func (c clause) who(p people) []string {
	s := c.s
	kind := p.subjectKind(s, c.from, c.subject)
	verb, when := s.afterTime(c.verb) // "Mai Lan ngày 25 tháng 10 nói"
	if when == nil {
		when = c.front
	}
	if kind == "" || s.words[verb].Exact == "là" {
		return nil
	}
	var asked []string
	ends := c.wholeEnds(verb + 2)
	slices.Reverse(ends) // longer questions have fewer answers
	for _, end := range ends {
		if !c.canEnd(end) || c.repeats(end) || end-verb > maxPredicate || c.isReport(verb, end) && !s.has("that", verb, end) {
			continue
		}
		front := ""
		if when != nil && when.point {
			front = s.piece(when.from, when.to)
		}
		asked = append(asked, assembleAt(front, kind, s.said(verb, end)))
	}
	return asked
}

// repeats reports whether the predicate up to word end has the subject's name, which
// would reveal the answer.
func (c clause) repeats(end int) bool {
	name := c.s.words[c.subject-1].Folded
	for _, word := range c.s.words[c.verb:end] {
		if word.Capital && word.Folded == name {
			return true
		}
	}
	return false
}

// where asks for the place of an event that a time identifies, or that happens only
// once.
func (c clause) where() []string {
	s := c.s
	verb := s.afterMarkers(c.verb, c.to)
	if s.at("happens", verb, c.to) < max(s.at("verb", verb, c.to), 1) {
		return nil
	}
	for i := verb + 1; i+1 < c.to; i++ {
		if s.words[i].Exact != "ở" && s.words[i].Exact != "tại" || !s.words[i+1].Capital && s.at("place", i+1, c.to) == 0 {
			continue
		}
		when := c.front
		for _, t := range s.times {
			if t.from > i && t.to <= c.to {
				when = &t
			}
		}
		front := ""
		if when != nil && when.point {
			front = strings.TrimPrefix(s.piece(when.from, when.to), "vào ")
		}
		front, subject := c.subjectAfter(front)
		if front == "" && s.at("once", verb, c.to) == 0 {
			return nil
		}
		return []string{assembleAt(front, subject, s.said(c.verb, i), "ở đâu")}
	}
	return nil
}

// copula asks for the name after "is": "Vị giáo hoàng thứ 28 là ai?"
func (c clause) copula(p people) []string {
	s := c.s
	if s.words[c.verb].Exact != "là" {
		return nil
	}
	from := c.verb + 1
	kind := p.subjectKind(s, c.from, c.subject)
	for _, end := range c.wholeEnds(from + 1) {
		switch {
		case end-from < 2 || !c.canEnd(end):
		case kind == "" && s.nameAlone(from, end):
			if kind := p.subjectKind(s, from, end); kind == "ai" || kind == "nước nào" {
				return []string{assemble(c.subjectText(), "là", kind)}
			}
		case kind == "" || !s.has("superlative", from, end) || s.at("indefinite", from, end) > 0:
		case kind == "ai":
			return []string{assemble("ai", s.said(c.verb, end))}
		default:
			return []string{assemble(s.said(from, end), "là", kind)}
		}
	}
	return nil
}

// nameAlone reports whether words [from, to) are a name, with its titles.
func (s *sentence) nameAlone(from, to int) bool {
	for from < to && !s.capital(from) && s.at("title", from, to) > 0 {
		from += s.at("title", from, to)
	}
	return s.capitals(from, to)
}
