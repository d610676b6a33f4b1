package answer

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// sameDate reports whether a claimed date is what the report's date says; what
// the claim leaves open is open.
func sameDate(claimed, have text.Date) bool {
	return claimed.Month == have.Month &&
		(claimed.Day == 0 || claimed.Day == have.Day) &&
		(claimed.Year == 0 || claimed.Year == have.Year)
}

// withMonths adds the months that an English claim names without day or year:
// "in January".
func withMonths(dates []text.Date, words []text.Word, language text.Language) []text.Date {
	if language != text.English {
		return dates
	}
	for i := 1; i < len(words); i++ {
		month := months[words[i].Exact]
		inDate := slices.ContainsFunc(dates, func(d text.Date) bool { return d.From <= i && i < d.To })
		if month > 0 && words[i].Capital && !inDate && beforeMonth[words[i-1].Exact] {
			dates = append(dates, text.Date{Month: month, From: i, To: i + 1})
		}
	}
	return dates
}

// months are the months' English names; beforeMonth is what stands before one.
var (
	months = func() map[string]int {
		names := map[string]int{}
		for i, name := range strings.Fields("january february march april may june july august september october november december") {
			names[name] = i + 1
		}
		return names
	}()
	beforeMonth = wordSet(`in of since until from late early mid to and between by during last this through before after`)
)

// stamp is a date or a year in a sentence, at words [from, to).
type stamp struct {
	text.Date
	from, to int
}

func stamps(dates []text.Date, numbers []quantity) []stamp {
	var all []stamp
	for _, date := range dates {
		all = append(all, stamp{date, date.From, date.To})
	}
	for _, q := range numbers {
		if q.year() {
			all = append(all, stamp{text.Date{Year: int(q.value)}, q.from, q.to})
		}
	}
	return all
}

// matches reports whether a stamp of a claim is what a sentence's says.
func (claimed stamp) matches(have stamp) bool {
	if claimed.Month == 0 || have.Month == 0 {
		return claimed.Month == have.Month && claimed.Year == have.Year
	}
	return sameDate(claimed.Date, have.Date)
}

// holds reports whether a stamp is the month or the year that another is in.
func (s stamp) holds(date stamp) bool {
	return (s.Month == 0 || s.Month == date.Month && s.Day == 0) && (s.Year == 0 || date.Year == 0 || s.Year == date.Year)
}

// stampFault refuses a date that the sentence has of something else: what the
// claim says on that day stands nearer to another of its dates.
func stampFault(s *statement, r *reading) string {
	claimed, have := stamps(s.dates, s.numbers), stamps(r.dates, r.numbers)
	if s.foreign() || len(claimed) == 0 || len(have) < 2 {
		return ""
	}
	own, rival := make([]int, len(claimed)), make([]int, len(claimed))
	for _, u := range s.said {
		n := s.dateOf(u, claimed)
		if s.attributed(u.from) || !slices.ContainsFunc(have, claimed[n].matches) {
			continue
		}
		switch s.dated(u, claimed[n], claimed, r, have) {
		case ownDate:
			own[n]++
		case rivalDate:
			rival[n]++
		}
	}
	for n, date := range claimed {
		if rival[n] > own[n] {
			return "the cited sentence gives another date for what the claim says of " + s.shown(date.from, date.to)
		}
	}
	return ""
}

// dateOf returns which of its dates a claim gives for a unit: the nearest.
func (s *statement) dateOf(u unit, claimed []stamp) int {
	best := 0
	for n, date := range claimed {
		if s.apart(u.from, date) < s.apart(u.from, claimed[best]) {
			best = n
		}
	}
	return best
}

// apart is how far word i of a claim is from a date.
func (s *statement) apart(i int, date stamp) int {
	return min(distance(s.clause, i, date.from), distance(s.clause, i, date.to-1))
}

// vote is which date the sentences give for a unit.
type vote int

const (
	noDate vote = iota
	ownDate
	rivalDate
)

// dated tells whether a unit that the sentence has once stands there nearest to
// the claim's date.
func (s *statement) dated(u unit, date stamp, claimed []stamp, r *reading, have []stamp) vote {
	const clearly = 3 // words nearer
	spots := r.spots(u)
	if len(spots) != 1 {
		return noDate
	}
	mine, other, nearest := far, far, stamp{}
	for _, h := range have {
		near := min(r.apart(spots[0], h.from), r.apart(spots[0], h.to-1))
		switch {
		case date.matches(h) || h.holds(date):
			mine = min(mine, near)
		case near < other:
			other, nearest = near, h
		}
	}
	if mine <= other {
		return ownDate
	}
	// The claim may give the other date too, for the same thing.
	shared := slices.ContainsFunc(claimed, func(c stamp) bool {
		return (c.matches(nearest) || nearest.holds(c)) &&
			(s.apart(u.from, c) <= s.apart(u.from, date)+clearly || s.groups[c.from] == s.groups[u.from] || c.from-date.to <= 3 && date.from-c.to <= 3)
	})
	if shared || mine-other < clearly {
		return noDate
	}
	return rivalDate
}

// orderFault refuses a statement that puts a thing before another where the
// sentence puts it after: "before they signed" for "after they signed".
func orderFault(s *statement, r *reading) string {
	for i, word := range s.words {
		claimed := orders[word.Exact]
		if claimed == 0 {
			continue
		}
		same, turned, to := false, false, i+1
		for _, u := range s.said {
			if u.from <= i || u.from > i+5 || u.name {
				continue
			}
			to = u.to
			for _, at := range r.places(u) {
				for j := max(0, at-6); j < at; j++ {
					if have := orders[r.words[j].Exact]; have != 0 && r.clause[at] <= r.clause[j]+1 {
						same = same || have == claimed
						turned = turned || have != claimed
					}
				}
			}
		}
		if turned && !same {
			return "the cited sentence has it the other way round in time: " + s.shown(i, to)
		}
	}
	return ""
}

// orders tells of words whether what follows is later (1) or earlier (2).
var orders = map[string]int{"trước": 1, "before": 1, "prior": 1, "sau": 2, "after": 2, "following": 2}
