package text

import "strings"

// scales are the words that multiply the number before them.
var scales = map[string]float64{
	"trăm": 1e2, "tram": 1e2, "hundred": 1e2, "hundreds": 1e2,
	"nghìn": 1e3, "ngàn": 1e3, "nghin": 1e3, "ngan": 1e3, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
	"vạn": 1e4, "triệu": 1e6, "trieu": 1e6, "million": 1e6, "millions": 1e6, "mln": 1e6, "млн": 1e6,
	"tỷ": 1e9, "tỉ": 1e9, "billion": 1e9, "billions": 1e9, "bn": 1e9, "млрд": 1e9, "trillion": 1e12, "тыс": 1e3,
}

// stemScales are the same in languages whose words take endings.
var stemScales = []struct {
	stem  string
	value float64
}{{"тысяч", 1e3}, {"миллион", 1e6}, {"миллиард", 1e9}, {"백만", 1e6}, {"억", 1e8}, {"만", 1e4}, {"천", 1e3}, {"백", 1e2}}

// scaleOf returns by what a word multiplies the number before it; 0 if it
// doesn't.
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

// units are numbers below twenty, tens those that a unit may follow. Words that
// mean other things as often (một, năm, ba before a name) are told apart by
// what follows them.
var units = map[string]float64{
	"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "dozen": 12, "tá": 12,
	"один": 1, "одна": 1, "два": 2, "две": 2, "двух": 2, "двумя": 2, "три": 3, "трех": 3, "трёх": 3, "четыре": 4, "четырех": 4, "четырёх": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
	"семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13,
	"четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
	"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
	"twice": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}

var tens = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90,
	"сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600,
}

// lastUnits are forms that a unit has only behind tens.
var lastUnits = map[string]float64{"mốt": 1, "lăm": 5, "nhăm": 5, "tư": 4}

// ordinals are numbers only behind "thứ".
var ordinals = map[string]float64{"nhì": 2, "tư": 4}

// What stands before and behind a day of the week: "sáng thứ tư", "thứ hai tuần này".
var (
	beforeWeekday = set(`hôm ngày sáng trưa chiều tối đêm`)
	behindWeekday = set(`ngày tuần vừa hằng hàng mỗi`)
)

// weekday reports whether word i, behind "thứ", names a day of the week.
func (p numberReader) weekday(i int) bool {
	return p.at(i-1) == "thứ" && (beforeWeekday[p.at(i-2)] || behindWeekday[p.at(i+1)])
}

// articles say one only where a scale follows.
var articles = map[string]bool{"một": true, "mot": true, "one": true, "a": true, "один": true, "одна": true, "nửa": true, "half": true}

// counted are the words before which "năm" is five; elsewhere it is a year.
var counted = set(`lữ sư tiểu trung đại người lính binh sĩ tướng tàu chuyến lần quả viên máy tuần ngày giờ tháng nước quốc container vụ cuộc đơn công xe tên chiếc căn bài khẩu
	con cái cây bên phía vị đứa tỉnh huyện xã thành trường trận điểm phần đợt mục trang chương ngôi tầng phòng hãng nhà đội nhóm
	làn nhịp tấm bức lá mét km kg tấn lít phút giây đồng loại kiểu chỗ cảng kho tuyến cuốn quyển cặp gói tờ thùng ông`)

// spelled reads the number that is written out from n.From on: "bốn", "bốn mươi
// lăm", "một triệu rưỡi", "forty-five", "half a million".
func (p numberReader) spelled(n *Number) bool {
	i := n.From
	word := p.at(i)
	value, unit := units[word]
	if v, ok := ordinals[word]; ok && p.at(i-1) == "thứ" {
		value, unit = v, true
	}
	if v, ok := tens[word]; ok {
		value = v
	} else if !unit && !articles[word] {
		return false
	}
	switch {
	case articles[word]:
		if value = 1; word == "nửa" || word == "half" {
			value = .5
		}
		if word == "half" && p.at(i+1) == "a" {
			i++
		}
		if scaleOf(p.at(i+1)) == 0 && p.at(i+1) != "dozen" {
			return false
		}
	case word == "năm" && p.at(i+1) != "mươi" && p.at(i+1) != "lăm" && scaleOf(p.at(i+1)) == 0 && !counted[p.at(i+1)]:
		return false
	case p.words[i].Capital && !p.countsFirst(i):
		return false
	case p.weekday(i):
		return false
	case word == "second" && (p.at(i+1) == "" || p.at(i-1) == "per" || p.at(i-1) == "a"):
		return false
	}
	n.Ordinal = strings.HasSuffix(word, "th") && value < 11 || word == "second" || word == "third" || p.at(i-1) == "thứ"
	i++
	if p.at(i) == "mươi" || p.at(i) == "chục" {
		value, i = 10*value, i+1
	} else if p.at(i) == "dozen" {
		value, i = 12*value, i+1
	}
	if whole := int(value); whole >= 10 && whole%10 == 0 {
		if more, ok := lastUnits[p.at(i)]; ok {
			value, i = value+more, i+1
		} else if more := units[p.at(i)]; more > 0 && more < 10 && !(p.at(i) == "năm" && word == "mười" && !counted[p.at(i+1)]) && p.next(i) {
			value, i = value+more, i+1
		}
	}
	n.Value, n.To = value, i
	for last := p.scale(n); last > 1; {
		if last == 100 && p.at(n.To) == "and" {
			n.To++
			if units[p.at(n.To)]+tens[p.at(n.To)] == 0 {
				n.To--
				break
			}
		}
		rest := Number{From: n.To, To: n.To + 1}
		if n.To >= len(p.words) || articles[p.at(n.To)] || units[p.at(n.To)]+tens[p.at(n.To)] == 0 || !p.next(n.To) {
			break
		}
		rest.Value = units[p.at(n.To)] + tens[p.at(n.To)]
		if p.at(rest.To) == "mươi" {
			rest.Value, rest.To = 10*rest.Value, rest.To+1
			if more, ok := lastUnits[p.at(rest.To)]; ok {
				rest.Value, rest.To = rest.Value+more, rest.To+1
			}
		}
		by := p.scale(&rest)
		if rest.Value >= last || by == 1 && last > 100 {
			break
		}
		n.Value, n.To, last = n.Value+rest.Value, rest.To, by
	}
	return true
}

// next reports whether word i follows the one before it as the rest of a number
// does: behind a space or a hyphen.
func (p numberReader) next(i int) bool {
	between := p.s[p.words[i-1].End:p.words[i].Start]
	return between == " " || between == "-"
}

// countsFirst tells a capitalised number that begins a sentence from a name
// such as Ba Lan.
func (p numberReader) countsFirst(i int) bool {
	begins := i == 0 || strings.ContainsAny(p.s[p.words[i-1].End:p.words[i].Start], ".:!?;–—“\"")
	return begins && !(i+1 < len(p.words) && p.words[i+1].Capital)
}
