package questions

import "reportbot/store/text"

// whens asks when: the time of the clause moves to its end.
func (c clause) whens() []string {
	if c.lasts() {
		return nil
	}
	s := c.s
	var asked []string
	ask := func(t timePhrase, predicate ...string) {
		asked = append(asked, assemble(append(append([]string{c.subjectText()}, predicate...), t.questionWords())...))
	}
	wholly := func(t timePhrase, from int) {
		for _, end := range c.wholeEnds(from + 1) {
			if !s.timedWithin(from, end) && !c.isReport(from, end) {
				ask(t, s.said(from, end))
			}
		}
	}
	if c.front != nil && c.front.point {
		wholly(*c.front, c.verb)
	}
	for _, t := range s.times {
		switch {
		case !t.point || t.from < c.verb || t.to > c.to:
		case t.from == c.verb: // between subject and predicate
			wholly(t, t.to)
		case c.isReport(c.verb, t.from) || !t.marked && s.has("dated", max(c.verb, t.from-8), t.from):
			// It belongs to the name of an event: "Chiến tranh Yom Kippur năm 1973".
		case c.added(t.to) && c.canEnd(t.from) && !c.endsBefore(t.from):
			ask(t, s.said(c.verb, t.from))
		case s.at("continuing", t.to, c.to) > 0:
			for _, end := range c.wholeEnds(t.to + 1) {
				ask(t, s.said(c.verb, t.from), s.said(t.to, end))
			}
		}
	}
	return asked
}

// lasts reports whether the predicate is a state rather than an event: a time there
// belongs to the state.
func (c clause) lasts() bool {
	s := c.s
	i := s.afterMarkers(c.verb, c.to)
	return s.has("lasting", c.verb, i) || s.at("lasting", i, c.to) > 0 ||
		i < c.to && s.words[i].Exact == "là" && (s.has("having", i, c.to) || !s.has("superlative", i, c.to))
}

// afterMarkers returns the index of the verb of the predicate at word i.
func (s *sentence) afterMarkers(i, to int) int {
	for n := s.at("marker", i, to); n > 0; n = s.at("marker", i, to) {
		i += n
	}
	return i
}

// endsBefore reports whether the clause could end before word to: the words after that
// belong to something else.
func (c clause) endsBefore(to int) bool { return c.ends(c.verb + 1)[0] < to }

// isReport reports whether the predicate at word verb is only a report of speech.
func (c clause) isReport(verb, to int) bool {
	i := c.s.afterMarkers(verb, to)
	n := c.s.at("verb", i, to)
	return n > 0 && c.s.at("speech", i, to) == n
}

// canEnd reports whether the clause can end before word to.
func (c clause) canEnd(to int) bool {
	return c.s.words[to-1].Capital || c.s.at("measure", to-1, to) == 0 && vietnamese("open").before(c.s.words, to) == 0
}

// subjectAfter returns a subject as written after a time. If its capital may be only
// due to the beginning of the sentence, the time is left out.
func (c clause) subjectAfter(front string) (string, string) {
	s, first := c.s, c.s.words[c.from]
	if s.mark(c.from) == ',' || s.capital(c.from+1) || s.people[first.Exact] || s.at("title", c.from, c.subject) > 0 || !text.Syllable(first.Folded) {
		return front, c.subjectText()
	}
	return "", c.subjectText()
}

func (c clause) subjectText() string { return c.s.said(c.from, c.subject) }
