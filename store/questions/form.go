package questions

import (
	"strings"

	"reportbot/store/text"
)

// whens asks when: the time of the clause moves to its end.
func (c clause) whens() []string {
	s := c.s
	var asked []string
	if c.has() {
		return nil
	}
	if c.front != nil && c.front.point {
		for _, end := range c.wholeEnds(c.verb + 1) {
			if c.whole(c.verb, end) && !s.has("hedge", c.verb, end) && !c.timed(c.from, end) && !c.reports(c.verb, end) {
				asked = append(asked, c.when(*c.front, c.verb, end))
			}
		}
	}
	for _, t := range s.times {
		if !t.point || t.from < c.subject || t.to > c.to {
			continue
		}
		if t.from == c.verb { // between subject and predicate
			for _, end := range c.wholeEnds(t.to + 1) {
				if c.whole(t.to, end) && !c.timed(t.to, end) && !c.reports(t.to, end) {
					asked = append(asked, c.when(t, t.to, end))
				}
			}
			continue
		}
		if !t.marked && c.namesEvent(t) || t.from <= c.verb+1 && !t.marked || c.reports(c.verb, t.from) {
			continue
		}
		if t.to < c.to && (s.words[t.to].Exact == "rằng" || s.words[t.to].Exact == "của") || t.to < len(s.words) && !s.parts(t.to) {
			continue
		}
		if c.added(t.to) && c.whole(c.verb, t.from) && !c.timed(c.from, t.from) && !c.cutInside(t.from) {
			asked = append(asked, c.when(t, c.verb, t.from))
		}
		if t.to < c.to && s.at("continuing", t.to, c.to) > 0 && t.from-c.verb >= 2 {
			for _, end := range c.wholeEnds(t.to + 1) {
				if c.whole(c.verb, end) && !c.timed(c.from, t.from) && !c.timed(t.to, end) && !c.cutInside(t.from) {
					asked = append(asked, c.whenInside(t, end))
				}
			}
		}
	}
	return asked
}

// when asks for a time; empty if what is said beside it gives the year away.
func (c clause) when(t timePhrase, from, to int) string {
	s := c.s
	for i := t.from; i < t.to; i++ {
		for j := c.from; j < to; j++ {
			if (j < t.from || j >= t.to) && s.words[j].Number && len(s.words[j].Exact) == 4 && s.words[j].Exact == s.words[i].Exact {
				return ""
			}
		}
	}
	return assemble(c.subjectText(), s.said(from, to), t.asks())
}

// whenInside asks for a time behind which the predicate goes on up to word end.
func (c clause) whenInside(t timePhrase, end int) string {
	if c.when(t, c.verb, end) == "" {
		return ""
	}
	return assemble(c.subjectText(), c.s.said(c.verb, t.from), c.s.said(t.to, end), t.asks())
}

// has reports whether the predicate only says that something has something: that goes
// on, and the time belongs to what it has.
func (c clause) has() bool {
	s := c.s
	i := c.verb
	for i < c.to && s.at("marker", i, c.to) > 0 {
		if s.at("lasting", i, c.to) > 0 {
			return true
		}
		i += s.at("marker", i, c.to)
	}
	return i < c.to && (s.words[i].Exact == "có" || s.at("lasting", i, c.to) > 0 || s.words[i].Exact == "là" && (s.has("having", i, c.to) || !s.has("superlative", i, c.to)))
}

// cutInside reports whether the clause before word to has a point where it could be
// cut: what stands behind belongs to something else.
func (c clause) cutInside(to int) bool { return c.ends(c.verb + 1)[0] < to }

// timed reports whether words [from, to) have a time of their own.
func (c clause) timed(from, to int) bool {
	for _, t := range c.s.times {
		if t.from >= from && t.to <= to {
			return true
		}
	}
	return false
}

// reports reports whether the predicate at word verb only says that somebody said
// something.
func (c clause) reports(verb, to int) bool {
	s := c.s
	for i := verb; i < to; i++ {
		if n := s.at("marker", i, to); n > 0 {
			i += n - 1
			continue
		}
		n := s.at("verb", i, to)
		return n > 0 && s.at("speech", i, to) == n || s.has("that", verb, to)
	}
	return false
}

// whole reports whether words [from, to) are a predicate that can stand in a question.
func (c clause) whole(from, to int) bool {
	s := c.s
	if to-from < 2 || !s.plain(from, to) || s.has("hedge", from, to) || !s.parts(c.subject) || c.calls(from, to) {
		return false
	}
	last := s.words[to-1]
	return last.Capital || s.at("measure", to-1, to) == 0 && s.at("open", to-1, to) == 0 && vietnamese["open"].before(s.words, to) == 0
}

// calls reports whether the predicate calls something by a name that is cut off: "gọi
// cuộc xâm lược" of "gọi cuộc xâm lược là".
func (c clause) calls(from, to int) bool {
	s := c.s
	if s.at("naming", from, to) == 0 && (from+1 >= to || s.at("naming", from+1, to) == 0) {
		return false
	}
	for i := from; i < to; i++ {
		if s.words[i].Exact == "là" || s.words[i].Exact == "như" {
			return false
		}
	}
	for i := to; i < len(s.words); i++ {
		if s.words[i].Exact == "là" || s.words[i].Exact == "như" {
			return true
		}
	}
	return false
}

// namesEvent reports whether a date belongs to the name of an event or a writing: "Chiến
// tranh Yom Kippur năm 1973".
func (c clause) namesEvent(t timePhrase) bool {
	return c.s.has("dated", max(c.verb, t.from-8), t.from)
}

// subjectBehind returns a subject as it is written behind a time. If it begins the sentence
// and its capital may be only for that or not, the time is left out.
func (c clause) subjectBehind(front, subject string) (string, string) {
	s := c.s
	if front == "" || s.mark(c.from) == 0 && c.from > 0 || s.mark(c.from) == ',' {
		return front, subject
	}
	first := s.words[c.from]
	switch {
	case s.at("state", c.from, c.subject) > 0, s.people[first.Exact], !text.Syllable(first.Folded), s.at("title", c.from, c.subject) > 0:
		return front, subject
	case s.lower[first.Exact] || s.at("kind", c.from, c.subject) > 0:
		return front, lowerFirst(subject)
	}
	return "", subject
}

func (c clause) subjectText() string { return c.s.said(c.from, c.subject) }

// leastCounted is how few words a clause has at least whose number is asked for.
const leastCounted = 6

// howMany asks for the number of something, in the number's place.
func (c clause) howMany() []string {
	s := c.s
	var asked []string
	for k, n := range s.numbers {
		if n.From < c.from || n.To >= c.to || n.Year || n.Ordinal || n.Vague || !n.Digits && n.Value < 3 || n.From >= c.subject && n.From < c.verb {
			continue
		}
		if s.has("that", c.verb, n.From) {
			continue // the clause behind it is asked by itself
		}
		if k+1 < len(s.numbers) && s.numbers[k+1].From <= n.To+1 && s.numbers[k+1].From > n.To || n.From < c.subject && !c.startsWith(n) {
			continue
		}
		from, to := n.From, n.To
		if k+1 < len(s.numbers) && s.numbers[k+1].From == n.To+1 && (s.words[n.To].Exact == "đến" || s.words[n.To].Exact == "tới" || s.words[n.To].Exact == "hoặc") {
			continue // the end of a range asks for both
		}
		if k > 0 && n.From == s.numbers[k-1].To+1 && (s.words[n.From-1].Exact == "đến" || s.words[n.From-1].Exact == "tới") {
			if from = s.numbers[k-1].From; from > 0 && s.words[from-1].Exact == "từ" {
				from--
			}
		}
		for {
			length := vietnamese["about"].before(s.words, from)
			if length == 0 || from-length < c.from || from-length == c.verb && s.at("verb", c.verb, from) > 0 {
				break
			}
			from -= length
		}
		if from > c.from && !s.takesNumber(from) || s.countedBefore(k, c.verb) {
			continue
		}
		if vietnamese["uncounted"].before(s.words, from) > 0 || strings.ContainsAny(s.between(n.From), ":/$£€") || !s.counts(n.Percent, to, c.to) {
			continue
		}
		if from > c.verb && c.joins(c.verb, from) {
			continue
		}
		if !s.parts(n.From) || strings.HasPrefix(s.src[s.words[to-1].End:], "°") {
			continue
		}
		many := "bao nhiêu"
		if n.Percent {
			many = "bao nhiêu phần trăm"
		}
		for _, end := range c.wholeEnds(to + 1) {
			front := ""
			if end < to+1 || end-c.from < leastCounted || s.has("lists", to, end) || !c.wholeAround(from, to, end) {
				continue
			}
			if c.front != nil && !c.timed(c.verb, end) {
				front = s.piece(c.front.from, c.front.to)
			}
			behind := s.said(to, end)
			if from > c.subject {
				behind = s.withoutSecond(to, end)
			}
			subject, before := c.subjectText(), s.said(c.verb, from)
			front, subject = c.subjectBehind(front, subject)
			if from < c.subject {
				subject, behind = s.said(c.from, from), s.withoutSecond(to, c.subject)
				asked = append(asked, assembleAt(front, subject, many, behind, s.said(c.verb, end)))
				continue
			}
			asked = append(asked, assembleAt(front, subject, before, many, behind))
		}
	}
	return asked
}

// countedBefore reports whether an earlier number behind word from counts the same
// thing: "30 km về phía đông và 20 km về phía bắc".
func (s *sentence) countedBefore(k, from int) bool {
	n := s.numbers[k]
	for _, earlier := range s.numbers[:k] {
		if earlier.From >= from && earlier.To < len(s.words) && n.To < len(s.words) && s.words[earlier.To].Exact == s.words[n.To].Exact && earlier.To < n.From-1 {
			return true
		}
	}
	return false
}

// takesNumber reports whether the word before a number is one that a number follows, and
// no noun: "đóng vai chín phim", not "nhân vật chín phim".
func (s *sentence) takesNumber(i int) bool {
	for _, c := range []class{"verb", "marker", "before_number", "adjective", "speech"} {
		if vietnamese[c].before(s.words, i) > 0 {
			return true
		}
	}
	return s.mark(i) != 0
}

// startsWith reports whether the subject begins with a number of things.
func (c clause) startsWith(n text.Number) bool {
	from := n.From
	for {
		length := vietnamese["about"].before(c.s.words, from)
		if length == 0 || from-length < c.from {
			break
		}
		from -= length
	}
	return from == c.from && !n.Percent && n.To < c.subject && !currency[c.s.words[n.To].Exact]
}

// withoutSecond returns words [from, to) behind a number without a second number of
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

// wholeAround is whole for a predicate whose words [from, to) are replaced.
func (c clause) wholeAround(from, to, end int) bool {
	s := c.s
	if !s.plain(c.from, c.subject) || !s.plain(c.verb, end) || s.has("hedge", c.verb, end) {
		return false
	}
	if from < c.subject {
		return c.whole(c.verb, end)
	}
	return from > c.verb && (s.words[end-1].Capital || s.at("open", end-1, end) == 0)
}

// counting reports whether a number may say how many there are of something.
func counting(n text.Number) bool { return !n.Year && !n.Ordinal && !n.Vague && (n.Digits || n.Value > 2) }

// counts reports whether word i is what a number before it counts.
func (s *sentence) counts(percent bool, i, to int) bool {
	if i >= to || s.mark(i) != 0 {
		return false
	}
	word := s.words[i]
	if percent {
		return true
	}
	return !word.Number && !s.quoted[i] && s.at("uncountable", i, to) == 0 && s.at("subordinator", i, to) == 0 && s.at("marker", i, to) == 0 &&
		(!word.Capital || currency[word.Exact]) && s.parts(i)
}

var currency = wordSet("usd euro gdp km kg đô")
