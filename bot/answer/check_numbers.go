package answer

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// quantity is a number of a text, at words [From, To).
type quantity struct {
	value    float64
	from, to int
	percent  bool
	digits   bool // written in digits
}

// scales are the words that multiply the number before them, by their form in
// the text; Russian and Korean ones by how they begin.
var scales = map[string]float64{
	"trăm": 1e2, "tram": 1e2, "hundred": 1e2, "hundreds": 1e2,
	"nghìn": 1e3, "ngàn": 1e3, "nghin": 1e3, "ngan": 1e3, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
	"vạn":   1e4,
	"triệu": 1e6, "million": 1e6, "millions": 1e6, "mln": 1e6,
	"tỷ": 1e9, "tỉ": 1e9, "billion": 1e9, "billions": 1e9, "bn": 1e9,
	"trillion": 1e12,
}

var stemScales = []struct {
	stem  string
	value float64
}{{"тысяч", 1e3}, {"миллион", 1e6}, {"миллиард", 1e9}, {"백만", 1e6}, {"억", 1e8}, {"만", 1e4}, {"천", 1e3}}

// ones say one only where a scale follows: else they mostly count nothing.
var ones = map[string]bool{"một": true, "mot": true, "one": true, "a": true, "один": true}

// pairWords are what "hai" and "two" stand before without saying how many
// there are: both.
var pairWords = map[string]bool{
	"nước": true, "bên": true, "phía": true, "miền": true, "ông": true, "nhà": true, "quốc": true,
	"countries": true, "sides": true, "parties": true, "leaders": true, "states": true, "nations": true, "men": true,
}

// spelled are numbers that are written out.
var spelled = map[string]float64{
	"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
}

var rangeWords = map[string]bool{"đến": true, "tới": true, "den": true, "toi": true, "to": true, "and": true, "và": true, "hoặc": true, "or": true, "до": true}

// quantities returns the numbers of a text that belong to no date, scaled by
// the words behind them: 1,7 tỷ and 1.7 billion are one. Of a range, "1,2 đến
// 1,3 triệu", both ends are.
func quantities(s string, words []text.Word, dates []text.Date) []quantity {
	inDate := make([]bool, len(words))
	for _, date := range dates {
		for i := date.From; i < date.To; i++ {
			inDate[i] = true
		}
	}
	var found []quantity
	spaced := text.LanguageOf(s, text.Vietnamese) == text.Russian
	for i := 0; i < len(words); i++ {
		q := quantity{from: i, to: i + 1}
		if inDate[i] {
			continue
		}
		if words[i].Number {
			q.value, _ = strconv.ParseFloat(strings.ReplaceAll(words[i].Exact, "_", "."), 64)
			q.digits = true
			// Russian parts thousands with a space.
			for spaced && q.to < len(words) && words[q.to].Number && words[q.to].End-words[q.to].Start == 3 && q.value < 1e9 {
				group, _ := strconv.ParseFloat(words[q.to].Exact, 64)
				q.value = 1000*q.value + group
				q.to++
			}
		} else if value, to, ok := spelledOut(s, words, i); ok {
			q.value, q.to = value, to
		} else {
			continue
		}
		for q.to < len(words) {
			by := scaleOf(words[q.to].Exact)
			if by == 0 {
				break
			}
			q.value *= by
			q.to++
		}
		q.percent = strings.HasPrefix(strings.TrimLeft(s[words[q.to-1].End:], " "), "%") || q.to < len(words) && (words[q.to].Folded == "phan" && q.to+1 < len(words) && words[q.to+1].Folded == "tram" ||
			words[q.to].Exact == "percent" || strings.HasPrefix(words[q.to].Exact, "процент") || strings.HasPrefix(words[q.to].Exact, "퍼센트"))
		found = append(found, q)
		i = q.to - 1
	}
	for i := len(found) - 2; i >= 0; i-- {
		here, next := &found[i], found[i+1]
		between := next.from - here.to
		if here.to == here.from+1 && next.to > next.from+1 && (between == 0 || between == 1 && rangeWords[words[here.to].Exact]) {
			here.value *= next.value / mantissa(words[next.from])
		}
	}
	return found
}

// spelledOut reads the number that is written out from words[i] on: "bốn",
// "bốn mươi lăm", "forty-five", "một" before "triệu".
func spelledOut(s string, words []text.Word, i int) (value float64, to int, ok bool) {
	at := func(j int) string {
		if j < len(words) {
			return words[j].Exact
		}
		return ""
	}
	word := at(i)
	value, ok = spelled[word]
	switch {
	case ones[word] && scaleOf(at(i+1)) > 0:
		return 1, i + 1, true
	case word == "năm" && (at(i+1) == "mươi" || scaleOf(at(i+1)) > 0):
		value, ok = 5, true
	case !ok || words[i].Capital && !countsFirst(s, words, i):
		return 0, 0, false
	case value == 2 && pairWords[at(i+1)]:
		return 0, 0, false
	}
	to = i + 1
	units := map[string]float64{"mốt": 1, "lăm": 5, "tư": 4}
	for name, n := range spelled {
		if n < 10 {
			units[name] = n
		}
	}
	switch {
	case at(to) == "mươi":
		value, to = 10*value, to+1
	case value != 10 && !(value >= 20 && value <= 90 && int(value)%10 == 0):
		return value, to, true
	}
	if unit, more := units[at(to)]; more {
		value, to = value+unit, to+1
	}
	return value, to, true
}

// countsFirst tells a capitalised number that begins a sentence from a name
// such as Ba Lan.
func countsFirst(s string, words []text.Word, i int) bool {
	begins := i == 0 || strings.ContainsAny(s[words[i-1].End:words[i].Start], ".:!?;–—“\"")
	return begins && !(i+1 < len(words) && words[i+1].Capital)
}

func mantissa(word text.Word) float64 {
	if value, ok := spelled[word.Exact]; ok {
		return value
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(word.Exact, "_", "."), 64)
	if err != nil || value == 0 {
		return 1
	}
	return value
}

func scaleOf(word string) float64 {
	if by, ok := scales[word]; ok {
		return by
	}
	for _, s := range stemScales {
		if strings.HasPrefix(word, s.stem) {
			return s.value
		}
	}
	return 0
}

// numberFault refuses a number, date or year that the cited sentences don't
// have, their inherited years included.
func numberFault(s *statement, e *evidence) string {
	for _, q := range s.numbers {
		if !e.hasNumber(q) {
			return "no cited sentence has the number " + s.shown(q.from, q.to)
		}
	}
	for _, date := range s.dates {
		if !slices.ContainsFunc(e.dates, func(d text.Date) bool { return sameDate(date, d) }) {
			return "no cited sentence has the date " + s.shown(date.From, date.To)
		}
	}
	return ""
}

func (e *evidence) hasNumber(q quantity) bool {
	if q.digits && !q.percent && q.value == math.Trunc(q.value) && e.years[int(q.value)] {
		return true
	}
	return slices.ContainsFunc(e.numbers, func(have quantity) bool {
		return have.percent == q.percent && math.Abs(have.value-q.value) <= 1e-9*math.Abs(q.value)
	})
}

// sameDate reports whether a claimed date is what the report's date says; what
// the claim leaves open is open.
func sameDate(claimed, have text.Date) bool {
	return claimed.Month == have.Month &&
		(claimed.Day == 0 || claimed.Day == have.Day) &&
		(claimed.Year == 0 || claimed.Year == have.Year)
}

// swapFault refuses a number whose thing the evidence counts by another number,
// and not by this one: three officers and six soldiers for six and three.
func swapFault(s *statement, e *evidence) string {
	for _, q := range s.numbers {
		head := headOf(s.found, q.to)
		year := q.value >= 1900 && q.value <= 2100
		if head == nil || head.Name || year {
			continue
		}
		here, elsewhere := false, false
		for _, have := range e.counted {
			if have.head != head {
				continue
			}
			if math.Abs(have.value-q.value) <= 1e-9*math.Abs(q.value) {
				here = true
			} else {
				elsewhere = true
			}
		}
		if elsewhere && !here {
			return "the cited sentences count by another number what stands behind " + s.shown(q.from, q.to)
		}
	}
	return ""
}

// counted is a number with the thing that it counts.
type counted struct {
	value float64
	head  *retrieval.Concept
}

// headOf returns the concept that a number before word at counts: the one that
// begins there, or a word behind.
func headOf(found []retrieval.Found, at int) *retrieval.Concept {
	for _, f := range found {
		if f.From == at || f.From == at+1 {
			return f.Concept
		}
	}
	return nil
}
