package text

import (
	"math"
	"strings"
)

// Number is a number of a text, in digits or written out, at words [From, To).
type Number struct {
	Value    float64 // scaled: 1,7 tỷ is 1.7e9
	From, To int
	Digits   bool // it has digits
	Percent  bool
	Ordinal  bool // it counts in a row: 1st, số 1
	Year     bool // four digits without a mark, as years are written
	Vague    bool // only its size: hàng nghìn, tens of thousands
}

// Same reports whether two numbers are equal in size and kind.
func (n Number) Same(m Number) bool {
	return n.Percent == m.Percent && math.Abs(n.Value-m.Value) <= 1e-9*math.Abs(n.Value)
}

// numberReader reads single numbers of a text.
type numberReader struct {
	s     string
	words []Word
}

func (p numberReader) at(i int) string {
	if i < 0 || i >= len(p.words) {
		return ""
	}
	return p.words[i].Exact
}

// The words of numbers, as vocabulary.txt describes them.
var (
	scales, stemScales           = values("scale"), values("scale-stem")
	units, tens                  = values("unit"), values("ten")
	lastUnits, ordinals          = values("last-unit"), values("ordinal")
	articles, counted            = set("article"), set("counted")
	beforeWeekday, behindWeekday = set("before-weekday"), set("behind-weekday")
)

// scaleOf returns by what a word multiplies the number before it; 0 if it
// doesn't.
func scaleOf(word string) float64 {
	by, ok := scales[word]
	if ok {
		return by
	}
	longest := ""
	for stem, value := range stemScales {
		if len(stem) > len(longest) && strings.HasPrefix(word, stem) {
			longest, by = stem, value
		}
	}
	return by
}

// scale multiplies a number by the scales that follow it and returns the
// smallest of them, or 1.
func (p numberReader) scale(n *Number) float64 {
	last := 1.0
	for n.To < len(p.words) {
		by := scaleOf(p.at(n.To))
		if by == 0 || p.at(n.To-1) == p.at(n.To) {
			break
		}
		n.Value *= by
		last = by
		n.To++
	}
	if last > 1 && p.at(n.To) == "rưỡi" {
		n.Value += last / 2
		n.To++
	}
	return last
}

// weekday reports whether word i, behind "thứ", names a day of the week.
func (p numberReader) weekday(i int) bool {
	return p.at(i-1) == "thứ" && (beforeWeekday[p.at(i-2)] || behindWeekday[p.at(i+1)])
}

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
