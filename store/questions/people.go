package questions

import "strings"

// people are the names of persons in a report, recognized by a title before them, or by
// an action of persons only. They are family or given names, in lower case.
type people map[string]bool

// learn adds the persons of a sentence.
func (p people) learn(s *sentence) {
	for i := range s.words {
		if n := s.at("title", i, len(s.words)); n > 0 {
			p.learnTitled(s, i+n)
		}
		if s.at("personal", i, len(s.words)) > 0 {
			from := i
			for from > 0 && s.capital(from-1) && s.mark(from) == 0 {
				from--
			}
			if i-from >= 2 {
				p.learnRun(s, from, i)
			}
		}
	}
}

// maxTitle is the most words between the beginning of a title and a name.
const maxTitle = 10

// learnTitled adds the name at the end of a title at word i: "Bộ trưởng Ngoại giao Nga
// Sergei Lavrov".
func (p people) learnTitled(s *sentence, i int) {
	for from := i; from < min(len(s.words), i+maxTitle) && s.mark(from) == 0 && s.at("marker", from, len(s.words)) == 0; from++ {
		end := from
		for end < len(s.words) && s.capital(end) && (end == from || s.mark(end) == 0) {
			end++
		}
		if end-from >= 2 {
			p.learnRun(s, from, end)
			return
		}
	}
}

// learnRun adds the name at the end of words [from, to), after the names of states.
func (p people) learnRun(s *sentence, from, to int) {
	for n := s.at("state", from, to); n > 0; n = s.at("state", from, to) {
		from += n
	}
	if from == to {
		return
	}
	p[s.words[to-1].Exact] = true
	if strings.Contains(s.piece(from, to), "-") {
		p[s.words[from].Exact] = true // "Kim Jong-un": the family's comes first
	}
}

// subjectKind returns the question words for a subject: "ai", "nước nào", "hãng tin
// nào"; "" if its kind is unknown.
func (p people) subjectKind(s *sentence, from, to int) string {
	last := s.words[to-1]
	title, kind := s.at("title", from, to), s.at("kind", from, to)
	switch {
	case s.at("state", from, to) == to-from && last.Capital:
		return "nước nào"
	case title > 0 && to-from > title && p[last.Exact], title > 0 && to-from > title+1 && s.capitals(to-2, to):
		return "ai"
	case title == 0 && kind > 0 && from+kind < to && s.capitals(from+kind, to):
		return strings.ToLower(s.piece(from, from+kind)) + " nào"
	case title == 0 && kind == 0 && p[last.Exact] && s.capitals(from, to):
		return "ai"
	}
	return ""
}

// capitals reports whether words [from, to) are all written as parts of names.
func (s *sentence) capitals(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.capital(i) {
			return false
		}
	}
	return true
}
