package answer

import (
	"math"
	"slices"
	"strings"

	"reportbot/store/text"
)

// numberFault refuses a number, date or year that the cited sentence doesn't
// have, its inherited years included.
func numberFault(s *statement, r *reading) string {
	for _, q := range s.numbers {
		if !r.hasNumber(q) && !(q.value == 2 && !q.digits && s.listsTwo(q.to)) {
			return "no cited sentence has the number " + s.shown(q.from, q.to)
		}
	}
	for _, date := range s.dates {
		if !r.hasDate(date) {
			return "no cited sentence has the date " + s.shown(date.From, date.To)
		}
	}
	return ""
}

// listsTwo reports whether two names follow word i, joined: "two agencies, X and
// Y" counts what it lists.
func (s *statement) listsTwo(i int) bool {
	for n := 0; n+1 < len(s.names); n++ {
		first, second := s.names[n], s.names[n+1]
		if first.from >= i && first.from < i+7 && second.from == first.to+1 && lists[s.words[first.to].Exact] {
			return true
		}
	}
	return false
}

func (r *reading) hasDate(claimed text.Date) bool {
	same := func(d text.Date) bool { return sameDate(claimed, d) }
	return slices.ContainsFunc(r.dates, same) || slices.ContainsFunc(r.heading, same)
}

func (r *reading) hasNumber(q quantity) bool {
	if q.digits && !q.percent && q.value == math.Trunc(q.value) && r.years[int(q.value)] {
		return true
	}
	// One is mostly an article, and thousands are some number of them.
	if q.value == 1 && !q.ordinal && (r.folded["mot"] || r.folded["dau"]) {
		return true
	}
	return slices.ContainsFunc(r.numbers, func(have quantity) bool {
		return sameQuantity(q, have) || q.vague && have.value >= q.value && have.value < 10*q.value
	})
}

// bound is what a number says of its size beside the number itself.
type bound int

const (
	exact bound = iota
	about
	more    // than it
	less    // than it
	atLeast // or more
	atMost  // or less
)

// bounds are the words before a number that say how it is meant.
var bounds = []struct {
	bound bound
	words wordings
}{
	{atLeast, wordingsOf("ít nhất,tối thiểu,không dưới,at least,no fewer than,no less than,не менее,최소,minimum")},
	{atMost, wordingsOf("tối đa,lên tới,lên đến,nhiều nhất,không quá,up to,as much as,as many as,at most,no more than,maximum,최대")},
	{more, wordingsOf("hơn,trên,quá,vượt,vượt quá,more than,over,above,in excess of,exceeding,exceed*,upwards of,более,больше,свыше,превыша*")},
	{less, wordingsOf("gần,dưới,chưa tới,chưa đến,chưa đầy,ít hơn,nearly,almost,under,below,less than,fewer than,close to,just under,почти,менее,меньше,거의")},
	{about, wordingsOf("khoảng,chừng,cỡ,xấp xỉ,tầm,about,around,roughly,approximately,some,an estimated,около,примерно,약")},
}

// boundOf returns how the number at words [from, to) is meant.
func boundOf(words []text.Word, q quantity) bound {
	for _, b := range bounds {
		for i := max(0, q.from-3); i < q.from; i++ {
			if end, ok := b.words.at(words, i); ok && end == q.from {
				return b.bound
			}
		}
	}
	if i := q.from - 1; i >= 0 && (words[i].Exact == "tới" || words[i].Exact == "đến") && !(i > 0 && (words[i-1].Number || words[i-1].Folded == "tu" || scaleOf(words[i-1].Exact) > 0)) {
		return atMost
	}
	if q.to < len(words) {
		switch word := words[q.to].Exact; word {
		case "이상":
			return atLeast
		case "넘는", "넘게":
			return more
		}
	}
	return exact
}

// bears reports whether a number that the report means so bears one that a
// claim means so.
func (claimed bound) bears(have bound) bool {
	switch claimed {
	case more:
		return have == more
	case less:
		return have == less
	case atLeast:
		return have == atLeast || have == more
	case atMost:
		return have == atMost || have == less
	case about:
		return true
	}
	return true
}

// boundFault refuses a number that the sentence means otherwise: over 1,500 for
// about 1,500.
func boundFault(s *statement, r *reading) string {
	for _, q := range s.numbers {
		claimed := boundOf(s.words, q)
		if claimed == exact || claimed == about {
			continue
		}
		seen, borne := false, false
		for _, have := range r.numbers {
			if sameQuantity(q, have) {
				seen = true
				borne = borne || claimed.bears(boundOf(r.words, have))
			}
		}
		if seen && !borne {
			return "the cited sentence means otherwise what stands before " + s.shown(q.from, q.to)
		}
	}
	return ""
}

// headFault refuses a number that counts another thing than in the sentence:
// what stands behind it in the claim stands there behind another number.
func headFault(s *statement, r *reading) string {
	for n, q := range s.numbers {
		if q.year() || !slices.ContainsFunc(r.numbers, func(have quantity) bool { return sameQuantity(q, have) }) {
			continue
		}
		end := len(s.words)
		if n+1 < len(s.numbers) {
			end = s.numbers[n+1].from
		}
		head, ok := s.unitAt(q.to, min(end, q.to+3))
		if !ok {
			continue
		}
		if q.percent && s.language != text.Russian && s.partOfNothing(q, min(end, q.to+6), r) {
			return "the cited sentence has no share of what stands behind " + s.shown(q.from, q.to)
		}
		here, elsewhere := false, false
		for m, have := range r.numbers {
			if !have.year() && r.counts(m, head) {
				if sameQuantity(q, have) {
					here = true
				} else {
					elsewhere = true
				}
			}
		}
		if elsewhere && !here {
			return "the cited sentence counts by another number what stands behind " + s.shown(q.from, q.to)
		}
	}
	return ""
}

// partOfNothing reports whether a percentage is of a thing that the sentence
// doesn't have.
func (s *statement) partOfNothing(q quantity, end int, r *reading) bool {
	for _, u := range s.said {
		if u.from < q.to || u.from >= end || strings.Contains("phần trăm percent", joined(s.words[u.from:u.to])) {
			continue
		}
		return !u.name && s.covers(u, r) == 0
	}
	return false
}

// counts reports whether number n of the sentence counts a thing: it stands
// shortly behind it, in its clause and before the next number.
func (r *reading) counts(n int, head unit) bool {
	q, until := r.numbers[n], len(r.words)
	if n+1 < len(r.numbers) {
		until = r.numbers[n+1].from
	}
	return slices.ContainsFunc(r.places(head), func(at int) bool {
		return at >= q.to && at < min(until, q.to+4) && r.clause[at] == r.clause[q.from]
	})
}

// unitAt returns the first unit of the claim that begins in words [from, to).
func (s *statement) unitAt(from, to int) (unit, bool) {
	for _, u := range s.said {
		if u.from >= from && u.from < to {
			return u, true
		}
	}
	return unit{}, false
}

// shares say whether a number is of each or of all together.
var each, total = wordingsOf("mỗi,từng,each,per,every,apiece,каждый,каждая,каждой"), wordingsOf("tổng cộng,tổng số,tổng,cả thảy,in total,in all,a total,totalling,totaling,altogether,combined,overall,всего")

// shareFault refuses a number that is of each in the sentence and of all in the
// claim, or the other way round.
func shareFault(s *statement, r *reading) string {
	for _, q := range s.numbers {
		ofEach, ofAll := near(s.words, q, each), near(s.words, q, total)
		for _, have := range r.numbers {
			if !sameQuantity(q, have) {
				continue
			}
			each, total := near(r.words, have, each), near(r.words, have, total)
			if ofAll && each && !total || ofEach && total && !each {
				return "the cited sentence means of each, or of all together, " + s.shown(q.from, q.to)
			}
		}
	}
	return ""
}

// near reports whether one of a list stands within a few words of a number.
func near(words []text.Word, q quantity, list wordings) bool {
	for i := max(0, q.from-5); i < min(len(words), q.to+6); i++ {
		if _, ok := list.at(words, i); ok {
			return true
		}
	}
	return false
}

// pairFault refuses two numbers that stand together in a claim of several such
// pairs and, in the sentence, each with another of the claim's numbers.
func pairFault(s *statement, r *reading) string {
	if len(s.numbers) < 4 {
		return ""
	}
	inClaim := nearestOf(s.numbers, func(i, j int) int {
		return listed(s.text, s.words, s.numbers[i].from, s.numbers[j].from)
	})
	inSentence := nearestOf(s.numbers, func(i, j int) int {
		from, to := r.numberAt(s.numbers[i]), r.numberAt(s.numbers[j])
		if from < 0 || to < 0 {
			return far
		}
		return listed(r.text, r.words, from, to)
	})
	for i, j := range inClaim {
		k := inSentence[i]
		if j >= 0 && k >= 0 && j != k && inClaim[j] == i && inSentence[k] == i {
			return "the cited sentence has other numbers together than " + s.shown(s.numbers[i].from, s.numbers[i].to)
		}
	}
	return ""
}

// listed is how far two words are from each other where things are listed.
func listed(s string, words []text.Word, i, j int) int {
	if i > j {
		i, j = j, i
	}
	apart := j - i
	for k := i + 1; k <= j; k++ {
		if lists[words[k].Exact] || strings.ContainsAny(s[words[k-1].End:words[k].Start], ",;") {
			apart += clauseCosts
		}
	}
	return apart
}

var lists = wordSet(`hoặc và hay or and`)

// nearestOf returns of each number, years aside, which other one is nearest; -1
// for none.
func nearestOf(numbers []quantity, apart func(i, j int) int) []int {
	nearest := make([]int, len(numbers))
	for i := range numbers {
		nearest[i] = -1
		for j := range numbers {
			if i != j && !numbers[i].year() && !numbers[j].year() && (nearest[i] < 0 || apart(i, j) < apart(i, nearest[i])) {
				nearest[i] = j
			}
		}
	}
	return nearest
}

// numberAt returns where a sentence has a number; -1 if it doesn't, or twice.
func (r *reading) numberAt(q quantity) int {
	at := -1
	for _, have := range r.numbers {
		if sameQuantity(q, have) {
			if at >= 0 {
				return -1
			}
			at = have.from
		}
	}
	return at
}
