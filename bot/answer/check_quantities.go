package answer

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// quantity is a number of a text, at words [From, To).
type quantity struct {
	value    float64
	from, to int
	percent  bool
	digits   bool // written in digits
	yearlike bool // four digits, as years are written
	vague    bool // hàng nghìn, thousands
	ordinal  bool // the 1 of 1st and of số 1
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
	"nước": true, "bên": true, "phía": true, "miền": true, "vùng": true, "chính": true, "đảng": true, "ông": true, "nhà": true, "quốc": true,
	"countries": true, "sides": true, "parties": true, "leaders": true, "states": true, "nations": true, "men": true,
}

// ordinals stand behind a number that counts in a row.
var ordinals = wordSet(`st nd rd th`)

// together stand behind "hai người" where it means both.
var together = wordSet(`đã cùng đều sẽ cũng gặp ký có`)

// counted are what "năm" stands before as five; elsewhere it is a year.
var counted = wordSet(`lữ sư tiểu trung đại người lính binh sĩ tướng tàu chuyến lần quả viên máy tuần ngày giờ quốc container vụ cuộc đơn công xe tên chiếc căn bài khẩu`)

// spelled are numbers that are written out.
var spelled = map[string]float64{
	"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
	"шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
	"다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
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
	spaced := strings.ContainsFunc(s, inCyrillic) && text.LanguageOf(s, text.Vietnamese) == text.Russian
	for i := 0; i < len(words); i++ {
		q := quantity{from: i, to: i + 1}
		if inDate[i] {
			continue
		}
		if words[i].Number {
			q.value, _ = strconv.ParseFloat(strings.ReplaceAll(words[i].Exact, "_", "."), 64)
			q.digits = true
			q.yearlike = words[i].End-words[i].Start == 4
			// Russian parts thousands with a space.
			for spaced && q.to < len(words) && words[q.to].Number && words[q.to].End-words[q.to].Start == 3 && q.value < 1e9 {
				group, _ := strconv.ParseFloat(words[q.to].Exact, 64)
				q.value = 1000*q.value + group
				q.to++
			}
		} else if value, to := vagueNumber(words, i); value > 0 {
			q.value, q.to, q.vague = value, to, true
			found = append(found, q)
			i = q.to - 1
			continue
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
		q.ordinal = q.to < len(words) && ordinals[words[q.to].Exact] || i > 0 && words[i-1].Exact == "số"
		q.percent = strings.HasPrefix(strings.TrimLeft(s[words[q.to-1].End:], " "), "%") || q.to < len(words) && (words[q.to].Folded == "phan" && q.to+1 < len(words) && words[q.to+1].Folded == "tram" ||
			words[q.to].Exact == "percent" || strings.HasPrefix(words[q.to].Exact, "процент") || strings.HasPrefix(words[q.to].Exact, "퍼센트"))
		found = append(found, q)
		i = q.to - 1
	}
	for i := len(found) - 2; i >= 0; i-- {
		here, next := &found[i], found[i+1]
		between := next.from - here.to
		if here.to == here.from+1 && !next.vague && !here.yearlike && next.to > next.from+1 && (between == 0 || between == 1 && rangeWords[words[here.to].Exact]) {
			here.value *= next.value / mantissa(words[next.from])
		}
	}
	return found
}

// vagueNumber reads "hàng chục nghìn", "tens of thousands"; 0 if there is none.
func vagueNumber(words []text.Word, i int) (value float64, to int) {
	at := func(j int) float64 {
		if j >= len(words) {
			return 0
		}
		switch words[j].Exact {
		case "chục", "tens", "dozens":
			return 10
		case "hundreds", "thousands", "millions", "billions", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "vạn":
			return scales[words[j].Exact]
		}
		return 0
	}
	english := strings.HasSuffix(words[i].Exact, "s")
	if words[i].Exact == "hàng" {
		i++
	} else if !english {
		return 0, 0
	}
	value = at(i)
	if value == 0 {
		return 0, 0
	}
	for to = i + 1; to < len(words) && (at(to) > 0 || words[to].Exact == "of" && at(to+1) > 0); to++ {
		if by := at(to); by > 0 {
			value *= by
		}
	}
	return value, to
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
	case word == "năm" && (at(i+1) == "mươi" || scaleOf(at(i+1)) > 0 || counted[at(i+1)]):
		value, ok = 5, true
	case !ok || words[i].Capital && !countsFirst(s, words, i):
		return 0, 0, false
	case i > 0 && (words[i-1].Exact == "thứ" || words[i-1].Exact == "cả" || words[i-1].Exact == "đợt"):
		return 0, 0, false
	case value == 2 && (pairWords[at(i+1)] || at(i+1) == "người" && together[at(i+2)]):
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

func sameQuantity(a, b quantity) bool {
	return a.percent == b.percent && math.Abs(a.value-b.value) <= 1e-9*math.Abs(a.value)
}

// year reports whether a number may be a year.
func (q quantity) year() bool { return q.value >= 1900 && q.value <= 2100 && q.yearlike }

func inCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }
