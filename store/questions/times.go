package questions

import (
	"slices"

	"reportbot/store/text"
)

// grain is the precision of a time.
type grain int

const (
	vague grain = iota // the early 1960s
	year
	month
	day
)

// timePhrase is a time as an adverbial: "vào ngày 12 tháng 9 năm 2023".
type timePhrase struct {
	from, to int
	grain    grain
	// point is set for a time of an event, not a beginning or an end.
	point bool
	// marked is set if a word before the date makes it an adverbial: "vào", "hôm".
	marked bool
}

// questionWords returns the words that replace the time in a question.
func (t timePhrase) questionWords() string {
	switch t.grain {
	case day:
		return "vào ngày nào"
	case year:
		return "vào năm nào"
	}
	return "khi nào"
}

// readTimes finds the times of a Vietnamese sentence.
func (s *sentence) readTimes() {
	for _, date := range s.dates {
		g := year
		switch {
		case date.Day > 0:
			g = day
		case date.Month > 0:
			g = month
		}
		s.addTime(date.From, date.To, g)
	}
	for i := range s.words {
		if s.words[i].Exact == "năm" && s.isYear(i+1) && !s.timed(i) {
			s.addTime(i, i+2, year)
		}
	}
	slices.SortStableFunc(s.times, func(a, b timePhrase) int { return a.from - b.from })
	s.joinSpans()
}

// isYear reports whether word i is a year.
func (s *sentence) isYear(i int) bool {
	return slices.ContainsFunc(s.numbers, func(n text.Number) bool {
		return n.From == i && n.To == i+1 && n.Year && n.Value > 1000 && n.Value < 2100
	})
}

// timed reports whether word i is part of a time.
func (s *sentence) timed(i int) bool {
	return slices.ContainsFunc(s.times, func(t timePhrase) bool { return t.from <= i && i < t.to })
}

// timedWithin reports whether words [from, to) have a time of their own.
func (s *sentence) timedWithin(from, to int) bool {
	return slices.ContainsFunc(s.times, func(t timePhrase) bool { return from <= t.from && t.to <= to })
}

// addTime adds the date at words [from, to), together with the words before it that
// belong to the time.
func (s *sentence) addTime(from, to int, g grain) {
	t := timePhrase{from: from, to: to, grain: g, point: true}
	for t.from > 0 {
		word := s.words[t.from-1]
		switch {
		case s.mark(t.from) != 0 || word.Capital && t.from > 1:
			s.times = append(s.times, t)
			return
		case s.at("time_point", t.from-1, t.from) > 0:
			t.marked = true
		case s.at("time_span", t.from-1, t.from) > 0:
			t.point = false
		case s.at("time_vague", t.from-1, t.from) > 0:
			t.grain = vague
		case word.Exact != "ngày":
			t.point = t.point && !word.Number && word.Exact != "của" // "8 giờ ngày", "của năm"
			s.times = append(s.times, t)
			return
		}
		t.from--
	}
	s.times = append(s.times, t)
}

// joinSpans makes one time of a span's two ends.
func (s *sentence) joinSpans() {
	var joined []timePhrase
	for _, t := range s.times {
		if t.to < len(s.words) && s.words[t.to].Number && len(s.between(t.to)) < 4 {
			t.point = false // "năm 1849-1850"
		}
		if n := len(joined); n > 0 && t.from <= joined[n-1].to && s.mark(t.from) == 0 {
			joined[n-1].to, joined[n-1].point = max(t.to, joined[n-1].to), false
			continue
		}
		joined = append(joined, t)
	}
	s.times = joined
}

// timeAt returns the time that begins at word i.
func (s *sentence) timeAt(i int) (timePhrase, bool) {
	for _, t := range s.times {
		if t.from == i {
			return t, true
		}
	}
	return timePhrase{}, false
}
