package questions

import "reportbot/store/text"

// grain is how exactly a time is given.
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
	// point is set if it says when something happened, not since when or until when.
	point bool
	// marked is set if a word before the date makes it an adverbial: "vào", "hôm".
	marked bool
}

// asks is what stands in place of the time in a question.
func (t timePhrase) asks() string {
	switch t.grain {
	case day:
		return "vào ngày nào"
	case year:
		return "vào năm nào"
	case month:
		return "khi nào"
	}
	return "khi nào"
}

// Words before a date: those of a point in time, those that make it less exact, those
// that begin or end a span.
var (
	pointWords = wordSet("vào hôm hồi trong")
	vagueWords = wordSet("đầu cuối giữa khoảng sáng tối chiều trưa đêm rạng mùa xuân hạ thu đông khuya lúc thời gian những")
	spanWords  = wordSet("từ đến tới kể trước sau cho ngay suốt qua tính")
	yearWords  = wordSet("năm")
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range text.Words(list) {
		set[word.Exact] = true
	}
	return set
}

// readTimes finds the times of a Vietnamese sentence.
func (s *sentence) readTimes() {
	dated := make([]bool, len(s.words))
	for _, date := range s.dates {
		g := year
		switch {
		case date.Day > 0:
			g = day
		case date.Month > 0:
			g = month
		}
		s.addTime(date.From, date.To, g)
		for i := date.From; i < date.To; i++ {
			dated[i] = true
		}
	}
	for i := 0; i+1 < len(s.words); i++ {
		if !dated[i] && !dated[i+1] && yearWords[s.words[i].Exact] && s.isYear(i+1) {
			s.addTime(i, i+2, year)
		}
	}
	s.sortTimes()
	s.joinSpans()
}

func (s *sentence) isYear(i int) bool {
	for _, n := range s.numbers {
		if n.From == i && n.To == i+1 && n.Year && n.Value > 1000 && n.Value < 2100 {
			return true
		}
	}
	return false
}

func (s *sentence) addTime(from, to int, g grain) {
	t := timePhrase{from: from, to: to, grain: g, point: true}
	for t.from > 0 && s.mark(t.from) == 0 {
		word := s.words[t.from-1]
		switch {
		case word.Capital && t.from > 1:
			s.times = append(s.times, t)
			return
		case pointWords[word.Exact]:
			t.marked = true
		case spanWords[word.Exact]:
			t.point = false
		case vagueWords[word.Exact]:
			t.grain = vague
		case word.Exact == "ngày":
		default:
			if word.Number || word.Exact == "giờ" || word.Exact == "của" || word.Exact == "mỗi" || word.Exact == "hằng" {
				t.point = false
			}
			s.times = append(s.times, t)
			return
		}
		t.from--
	}
	s.times = append(s.times, t)
}

func (s *sentence) sortTimes() {
	for i := 1; i < len(s.times); i++ {
		for j := i; j > 0 && s.times[j].from < s.times[j-1].from; j-- {
			s.times[j], s.times[j-1] = s.times[j-1], s.times[j]
		}
	}
}

// joinSpans makes one time of a span's two ends.
func (s *sentence) joinSpans() {
	var joined []timePhrase
	for _, t := range s.times {
		if n := len(joined); n > 0 && t.from <= joined[n-1].to && (s.mark(t.from) == 0 || t.from < joined[n-1].to) {
			joined[n-1].to, joined[n-1].point = max(t.to, joined[n-1].to), false
			continue
		}
		joined = append(joined, t)
	}
	s.times = joined
	for i, t := range s.times { // "giai đoạn 2006 đến 2017", "năm 1849-1850"
		if t.to < len(s.words) && s.words[t.to].Number && len(s.between(t.to)) < 4 {
			s.times[i].point = false
		}
		if t.to+1 < len(s.words) && (s.words[t.to].Exact == "đến" || s.words[t.to].Exact == "tới") && s.words[t.to+1].Number {
			s.times[i].point = false
		}
	}
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
