package text

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Numbers returns the numbers in words, the words of s, that belong to no date
// and no name with digits ("Tu-22"), in order. Both ends of a range share its
// scale: "1,2 đến 1,3 triệu".
func Numbers(s string, words []Word, dates []Date) []Number {
	taken := make([]bool, len(words))
	for _, date := range dates {
		for i := date.From; i < date.To; i++ {
			taken[i] = true
		}
	}
	for i := 0; i < len(words); i++ {
		if to := DigitName(s, words, i); to > i && !taken[i] {
			for ; i < to; i++ {
				taken[i] = true
			}
			i--
		}
	}
	p := numberReader{s: s, words: words}
	var found []Number
	for i := 0; i < len(words); {
		if taken[i] {
			i++
			continue
		}
		n, ok := p.read(i)
		if !ok {
			i++
			continue
		}
		found = append(found, n)
		i = n.To
	}
	p.shareScales(found)
	return found
}

// DigitName returns the end of the name with digits that begins at word i:
// "Tu-22MS", "F-16", "G7", "5G", "COVID-19". It returns i if there is none.
func DigitName(s string, words []Word, i int) int {
	if words[i].Number && i > 0 && joinsTightly(s, words, i-1) && !words[i-1].Number {
		return i // inside a longer token
	}
	to, digits, capital := i, false, false
	for ; to < len(words) && (to == i || joinsTightly(s, words, to-1)); to++ {
		word := words[to]
		switch {
		case word.Number:
			digits = true
		case word.Capital && len(word.Exact) == len(word.Folded):
			capital = true
		case to == i:
			return i // "mid-2024" and "tháng-8" are no names
		}
	}
	first := words[i]
	if !digits || !capital || monthName(first) > 0 || dateWords[first.Folded] {
		return i
	}
	if first.Number && (to != i+2 || s[first.End] == '-' || scaleOf(words[i+1].Exact) > 0 || ordinal[words[i+1].Exact]) {
		return i // 12K is a number, 20-Mile has one
	}
	return to
}

// dateWords stand before the parts of a date; folded.
var dateWords = set("date-word")

// joinsTightly reports whether nothing but a hyphen stands between word i and
// the next one.
func joinsTightly(s string, words []Word, i int) bool {
	between := s[words[i].End:words[i+1].Start]
	return between == "" || between == "-" || between == "\u2011" || between == "\u2010"
}

// read returns the number that begins at word i.
func (p numberReader) read(i int) (Number, bool) {
	n := Number{From: i, To: i + 1}
	switch word := p.words[i]; {
	case word.Number:
		n.Digits, n.Year = true, word.End-word.Start == 4 && year(p.words, i) > 0
		p.digits(&n)
	default:
		if p.vague(&n) {
			return n, true
		}
		if !p.spelled(&n) {
			return n, false
		}
	}
	p.kind(&n)
	return n, true
}

// digits reads a number in digits with the scales behind it: "1,5 triệu",
// "2 tỷ 300 triệu", "1만 2000", "6½", "12 500" in Russian.
func (p numberReader) digits(n *Number) {
	n.Value = p.value(n.From)
	if r, ok := fractionAfter(p.s, p.words[n.From].End); ok {
		n.Value += r
	}
	for n.To < len(p.words) && p.words[n.To].Number && p.words[n.To].End-p.words[n.To].Start == 3 && n.Value >= 1 && n.Value < 1e9 &&
		n.Value == math.Trunc(n.Value) && p.thinSpace(n.To) {
		n.Value = 1000*n.Value + p.value(n.To)
		n.To++
	}
	if before := p.at(n.From - 1); n.Year && (before == "năm" || before == "nam") {
		return // "nam 1973 trieu": a year has no scale
	}
	last := p.scale(n)
	for last > 1 && n.To < len(p.words) && p.words[n.To].Number {
		rest := Number{From: n.To, To: n.To + 1, Value: p.value(n.To)}
		p.scale(&rest)
		if rest.Value >= last || p.s[p.words[n.To-1].End:p.words[n.To].Start] != " " && p.s[p.words[n.To-1].End:p.words[n.To].Start] != "" || rest.To == n.To+1 && last != 1e4 {
			return
		}
		n.Value, n.To = n.Value+rest.Value, rest.To
	}
}

// thinSpace reports whether only a space that groups digits stands before word
// i: a narrow one, or any in Cyrillic text.
func (p numberReader) thinSpace(i int) bool {
	switch p.s[p.words[i-1].End:p.words[i].Start] {
	case "\u00a0", "\u202f", "\u2009":
		return true
	case " ":
		return strings.ContainsFunc(p.s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	}
	return false
}

func (p numberReader) value(i int) float64 {
	v, _ := strconv.ParseFloat(strings.ReplaceAll(p.at(i), "_", "."), 64)
	return v
}

// kind reads what stands around a number: percent, whose words belong to it, and an
// ordinal's ending.
func (p numberReader) kind(n *Number) {
	behind := strings.TrimLeft(p.s[p.words[n.To-1].End:], " ")
	next := p.at(n.To)
	percent := 0 // words that say it
	switch {
	case next == "percent" || next == "pct" || strings.HasPrefix(next, "процент") || strings.HasPrefix(next, "퍼센트"):
		percent = 1
	case (next == "phần" || next == "phan" || next == "per") && (p.at(n.To+1) == "trăm" || p.at(n.To+1) == "tram" || p.at(n.To+1) == "cent"):
		percent = 2
	}
	n.Percent = percent > 0 || strings.HasPrefix(behind, "%")
	n.To += percent
	n.Ordinal = n.Ordinal || ordinal[next] || p.at(n.From-1) == "số" || p.at(n.From-1) == "thứ"
	if ordinal[next] && n.Digits && n.To < len(p.words) {
		n.To++
	}
}

// sizes are the words that vague numbers are made of.
var sizes = values("size")

// vague reads "hàng chục nghìn", "tens of thousands".
func (p numberReader) vague(n *Number) bool {
	size := func(i int) float64 { return sizes[p.at(i)] }
	i := n.From
	if word := p.at(i); word == "hàng" {
		i++
	} else if !strings.HasSuffix(word, "s") {
		return false
	}
	if n.Value = size(i); n.Value == 0 {
		return false
	}
	for n.To = i + 1; size(n.To) > 0 || p.at(n.To) == "of" && size(n.To+1) > 0; n.To++ {
		if by := size(n.To); by > 0 {
			n.Value *= by
		}
	}
	n.Vague = true
	return true
}

// shareScales gives the first of two numbers that make a range the scale of the
// second: "1,7 đến 5,5 tỷ".
func (p numberReader) shareScales(found []Number) {
	for i := len(found) - 2; i >= 0; i-- {
		here, next := &found[i], found[i+1]
		between := next.From - here.To
		if here.To != here.From+1 || !here.Digits || here.Year || next.Vague || between > 1 || between == 1 && !rangeWords[p.at(here.To)] {
			continue
		}
		here.Percent = here.Percent || next.Percent
		mantissa := p.value(next.From)
		if !next.Digits || mantissa == 0 || next.Value == mantissa {
			continue
		}
		here.Value *= next.Value / mantissa
	}
}

var fractions = map[rune]float64{'½': 1. / 2, '¼': 1. / 4, '¾': 3. / 4, '⅓': 1. / 3, '⅔': 2. / 3}

// fractionAfter reads a fraction character at s[at].
func fractionAfter(s string, at int) (value float64, ok bool) {
	r, _ := utf8.DecodeRuneInString(s[at:])
	value, ok = fractions[r]
	return value, ok
}
