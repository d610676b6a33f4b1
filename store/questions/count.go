package questions

import "reportbot/store/text"

// minCounted is the least words of a clause whose number is asked for.
const minCounted = 6

// howMany asks for the number of something, in the number's place.
func (c clause) howMany() []string {
	s := c.s
	var asked []string
	for k, n := range s.numbers {
		if !counting(n) || n.From < c.from || n.To >= c.to || n.From < c.subject && !c.startsWith(n) || s.has("that", c.verb, n.From) {
			continue // the clause after "that" has its own questions
		}
		if k+1 < len(s.numbers) && s.numbers[k+1].From <= n.To+1 {
			continue // the end of a range asks for both
		}
		from, to := n.From, n.To
		if k > 0 && from == s.numbers[k-1].To+1 && s.words[from-1].Exact == "đến" {
			if from = s.numbers[k-1].From; from > 0 && s.words[from-1].Exact == "từ" {
				from--
			}
		}
		from = s.beforeAbout(from, c.from)
		if from > c.from && !s.takesNumber(from) || vietnamese("uncounted").before(s.words, from) > 0 || !s.counts(n.Percent, to, c.to) || c.hasSecondVerb(c.verb, from) {
			continue
		}
		many := "bao nhiêu"
		if n.Percent {
			many = "bao nhiêu phần trăm"
		}
		for _, end := range c.wholeEnds(to + 1) {
			if end-c.from < minCounted {
				continue
			}
			front := ""
			if c.front != nil && !s.timedWithin(c.verb, end) {
				front = s.piece(c.front.from, c.front.to)
			}
			if from < c.subject {
				asked = append(asked, assembleAt(front, s.said(c.from, from), many, s.withoutSecond(to, c.subject), s.said(c.verb, end)))
				continue
			}
			front, subject := c.subjectAfter(front)
			asked = append(asked, assembleAt(front, subject, s.said(c.verb, from), many, s.withoutSecond(to, end)))
		}
	}
	return asked
}

// counting reports whether a number may say how many there are of something.
func counting(n text.Number) bool {
	return !n.Year && !n.Ordinal && !n.Vague && (n.Digits || n.Value > 2)
}

// beforeAbout returns the index of the approximations ("khoảng", "hơn") that end before
// word from, not less than least.
func (s *sentence) beforeAbout(from, least int) int {
	for n := vietnamese("about").before(s.words, from); n > 0 && from-n >= least; n = vietnamese("about").before(s.words, from) {
		from -= n
	}
	return from
}

// takesNumber reports whether the word before a number can precede it, rather than
// being a noun: "đóng vai chín phim", not "nhân vật chín phim".
func (s *sentence) takesNumber(i int) bool {
	for _, c := range []class{"verb", "marker", "before_number", "adjective", "speech"} {
		if vietnamese(c).before(s.words, i) > 0 {
			return true
		}
	}
	return s.mark(i) != 0
}

// startsWith reports whether the subject begins with a number of things.
func (c clause) startsWith(n text.Number) bool {
	return c.s.beforeAbout(n.From, c.from) == c.from && !n.Percent
}

// withoutSecond returns words [from, to) after a number without a second number of
// things: "sĩ quan và ba vị tướng tới Nga".
func (s *sentence) withoutSecond(from, to int) string {
	for _, n := range s.numbers {
		if n.From <= from || n.From >= to || s.words[n.From-1].Exact != "và" {
			continue
		}
		for i := n.To; i < to; i++ {
			if s.at("direction", i, to) > 0 {
				return s.said(from, n.From-1) + " " + s.said(i, to)
			}
		}
		return s.said(from, n.From-1)
	}
	return s.said(from, to)
}

// hasSecondVerb reports whether words [from, to) of the predicate have a second
// predicate, or a verb after a noun, to which a number belongs.
func (c clause) hasSecondVerb(from, to int) bool {
	s := c.s
	noun := false
	for i := from; i < to; i++ {
		n := max(s.at("marker", i, to), s.at("verb", i, to))
		switch {
		case s.words[i].Capital:
			noun = true
		case n > 0 && noun && vietnamese("nominal").before(s.words, i) == 0:
			return true
		case n > 0:
			i += n - 1
		case s.at("subordinator", i, to) == 0 && s.at("before_number", i, to) == 0:
			noun = true
		}
	}
	return false
}

// counts reports whether word i is what a number before it counts.
func (s *sentence) counts(percent bool, i, to int) bool {
	if i >= to || s.mark(i) != 0 {
		return false
	}
	word := s.words[i]
	return percent || !word.Number && !s.quoted[i] && s.at("uncountable", i, to)+s.at("subordinator", i, to)+s.at("marker", i, to) == 0 &&
		(!word.Capital || currency[word.Exact]) && s.splittable(i)
}

var currency = wordSet("usd euro gdp km kg đô")
