package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Date is a date as it is written; what it leaves open is 0.
type Date struct {
	Day, Month, Year int
	// From and To are the words it takes, as indexes.
	From, To int
}

// monthNames are the names of months, folded.
var monthNames = func() map[string]int {
	names := map[string]int{}
	for name, month := range values("month") {
		names[Fold(name)] = int(month)
	}
	return names
}()

// monthName returns the month that a word names; 0 for none. A name in Latin letters
// has no diacritics: "Máy" and "Mây" are no May.
func monthName(word Word) int {
	if first, _ := utf8.DecodeRuneInString(word.Folded); word.Exact != word.Folded && first < utf8.RuneSelf {
		return 0
	}
	return monthNames[word.Folded]
}

// spelledMonths are the months that Vietnamese writes out behind "tháng".
var spelledMonths = values("spelled-month")

// vietnameseMonth returns the month behind "tháng" at words[i] and where it ends;
// 0 for none.
func vietnameseMonth(words []Word, i int) (month, to int) {
	if words[i].Folded != "thang" || i+1 >= len(words) {
		return 0, i
	}
	if m := number(words, i+1, 12); m > 0 {
		return m, i + 2
	}
	m := int(spelledMonths[words[i+1].Exact])
	if m == 5 || m > 0 && m < 4 && !words[i+1].Capital && words[i+1].Exact != "giêng" {
		// "tháng năm nay", "tháng một người": only as a name, in a date
		if !(i+2 < len(words) && words[i+2].Folded == "nam") && !words[i+1].Capital {
			return 0, i
		}
	}
	if m == 10 && i+2 < len(words) && (words[i+2].Exact == "một" || words[i+2].Exact == "hai") {
		return m + int(spelledMonths[words[i+2].Exact]), i + 3
	}
	if m == 0 {
		return 0, i
	}
	return m, i + 2
}

// rangeWords stand between the two days of "8 đến 13 tháng 10".
var rangeWords = set("range")

// Dates returns the dates in words, the words of s, in order: "ngày 19 tháng 6
// năm 2024", "tháng 6 năm 2024", "19/6", "6/2024", "June 19, 2024", "19 June",
// "19 июня", "6월 19일".
func Dates(s string, words []Word) []Date {
	var dates []Date
	end := 0 // of the last date
	for i := 0; i < len(words); i++ {
		date, ok := slashed(s, words, i)
		if !ok {
			date, ok = named(s, words, i)
		}
		if !ok {
			date, ok = laterDay(s, words, i, dates)
		}
		if !ok {
			date, ok = laterMonth(s, words, i, dates)
		}
		if !ok || date.From < end {
			continue
		}
		if first, ok := earlierDay(s, words, date); ok && first.From >= end {
			dates = append(dates, first)
		}
		dates = append(dates, date)
		end = date.To
		i = end - 1
	}
	return dates
}

// earlierDay reads the day before a date that shares its month: "ngày 8 đến
// ngày 13 tháng 10", "8-13 October".
func earlierDay(s string, words []Word, date Date) (Date, bool) {
	i := date.From - 1
	if date.Day == 0 || i < 0 {
		return Date{}, false
	}
	if rangeWords[words[i].Exact] {
		i--
	} else if strings.Trim(s[words[i].End:words[i+1].Start], " ") != "-" && s[words[i].End:words[i+1].Start] != "–" {
		return Date{}, false
	}
	day := number(words, i, 31)
	if day == 0 {
		return Date{}, false
	}
	first := Date{Day: day, Month: date.Month, Year: date.Year, From: i, To: i + 1}
	if i > 0 && words[i-1].Folded == "ngay" {
		first.From--
	}
	return first, true
}

// laterDay reads a day at words[i] that shares the month of the date just
// before it: "October 8 to 13", "10월 8일부터 13일".
func laterDay(s string, words []Word, i int, dates []Date) (Date, bool) {
	if len(dates) == 0 || number(words, i, 31) == 0 {
		return Date{}, false
	}
	last := dates[len(dates)-1]
	gap := words[last.To:i]
	korean := i+1 < len(words) && strings.HasPrefix(words[i+1].Exact, "일")
	joined := len(gap) == 1 && rangeWords[gap[0].Exact] || len(gap) == 0 && strings.Trim(s[words[i-1].End:words[i].Start], " ") == "-"
	english := monthName(words[last.From]) > 0 && joined
	if last.Day == 0 || len(gap) > 1 || !korean && !english {
		return Date{}, false
	}
	date := Date{Day: number(words, i, 31), Month: last.Month, Year: last.Year, From: i, To: i + 1}
	if korean {
		date.To++
	} else if y := year(words, date.To); date.Year == 0 && y > 0 {
		date.Year, date.To = y, date.To+1
	}
	return date, true
}

// laterMonth reads a month at words[i] that shares the word before the month just
// before it: "tháng 8-11 năm 2023".
func laterMonth(s string, words []Word, i int, dates []Date) (Date, bool) {
	if len(dates) == 0 || dates[len(dates)-1].To != i || number(words, i, 12) == 0 {
		return Date{}, false
	}
	last, between := dates[len(dates)-1], s[words[i-1].End:words[i].Start]
	if last.Day != 0 || last.Year != 0 || words[last.From].Folded != "thang" || between != "-" && between != "–" {
		return Date{}, false
	}
	date := Date{Month: number(words, i, 12), From: i, To: i + 1}
	if y := year(words, i+2); y > 0 && words[i+1].Folded == "nam" {
		date.Year, date.To = y, i+3
	}
	return date, true
}

// number returns words[i] as a number from 1 to most, else 0.
func number(words []Word, i, most int) int {
	if i < 0 || i >= len(words) || !words[i].Number || len(words[i].Exact) > 4 {
		return 0
	}
	n, err := strconv.Atoi(words[i].Exact)
	if err != nil || n > most {
		return 0
	}
	return n
}

// year returns words[i] as a year, else 0.
func year(words []Word, i int) int {
	if n := number(words, i, 2100); n >= 1000 {
		return n
	}
	return 0
}

// slashed reads a date in numbers at words[i]: day/month, day/month/year or
// month/year.
func slashed(s string, words []Word, i int) (Date, bool) {
	joined := func(j int) bool {
		return j < len(words) && words[j].Number && strings.ContainsAny(s[words[j-1].End:words[j].Start], "/-.") &&
			words[j].Start-words[j-1].End == 1
	}
	if !words[i].Number || !joined(i+1) {
		return Date{}, false
	}
	point := s[words[i].End] == '.'
	if joined(i+2) && year(words, i) > 0 && number(words, i+1, 12) > 0 && number(words, i+2, 31) > 0 { // 2024-10-14
		return Date{Day: number(words, i+2, 31), Month: number(words, i+1, 12), Year: year(words, i), From: i, To: i + 3}, true
	}
	if joined(i+2) && year(words, i+2) > 0 && number(words, i, 12) > 0 && number(words, i+1, 31) > 12 { // 10/14/2024
		return Date{Day: number(words, i+1, 31), Month: number(words, i, 12), Year: year(words, i+2), From: i, To: i + 3}, true
	}
	if month, y := number(words, i, 12), year(words, i+1); month > 0 && y > 0 && !joined(i+2) && !point {
		return Date{Month: month, Year: y, From: i, To: i + 2}, true
	}
	date := Date{Day: number(words, i, 31), Month: number(words, i+1, 12), From: i, To: i + 2}
	if joined(i + 2) {
		date.Year, date.To = year(words, i+2), i+3
		if date.Year == 0 {
			return Date{}, false
		}
	} else if point || strings.Contains(s[words[i].End:words[i+1].Start], "-") {
		return Date{}, false // 8-10 is a range
	}
	return date, date.Day > 0 && date.Month > 0
}

// named reads a date around a month's name at words[i], with the day that may
// stand before it.
func named(s string, words []Word, i int) (Date, bool) {
	date := Date{From: i}
	month, to := vietnameseMonth(words, i)
	switch {
	case month > 0:
		date.Month, date.To = month, to
		if date.To < len(words) && year(words, date.To) > 0 && strings.Trim(s[words[date.To-1].End:words[date.To].Start], "/-") == "" {
			date.Year, date.To = year(words, date.To), date.To+1
		} else if date.To < len(words) && words[date.To].Folded == "nam" && year(words, date.To+1) > 0 {
			date.Year, date.To = year(words, date.To+1), date.To+2
		}
	case number(words, i, 12) > 0 && i+1 < len(words) && strings.HasPrefix(words[i+1].Exact, "월"):
		date.Month, date.To = number(words, i, 12), i+2
		if day := number(words, date.To, 31); day > 0 && date.To+1 < len(words) && strings.HasPrefix(words[date.To+1].Exact, "일") {
			date.Day, date.To = day, date.To+2
		}
		return date, true
	case monthName(words[i]) > 0 && (words[i].Folded != "may" || words[i].Capital):
		date.Month, date.To = monthName(words[i]), i+1
		if day := number(words, date.To, 31); day > 0 {
			date.Day, date.To = day, date.To+1
			if date.To < len(words) && ordinal[words[date.To].Exact] {
				date.To++
			}
		}
	default:
		return Date{}, false
	}
	if y := year(words, date.To); date.Year == 0 && y > 0 {
		date.Year, date.To = y, date.To+1
	}
	before := i - 1
	if before > 0 && words[before].Exact == "of" && ordinal[words[before-1].Exact] {
		before--
	}
	if before >= 0 && ordinal[words[before].Exact] {
		before--
	}
	if day := number(words, before, 31); date.Day == 0 && day > 0 {
		date.Day, date.From = day, before
		if before > 0 && words[before-1].Folded == "ngay" {
			date.From--
		}
	}
	alone := words[i].Capital && i > 0 && beforeMonth[words[i-1].Exact]
	return date, date.Day > 0 || date.Year > 0 || alone || words[i].Folded == "thang"
}

// beforeMonth are the words behind which a month's name without day and year is
// one, and no person's name.
var beforeMonth = set("before-month")

// ordinal are the endings of an ordinal number in digits.
var ordinal = set("ordinal-ending")

// Tokens returns the date as search compares it: one token for day and month,
// one for month and year, the same in every spelling.
func (d Date) Tokens() []string {
	var tokens []string
	if d.Day > 0 {
		tokens = append(tokens, fmt.Sprintf("d_%d_%d", d.Month, d.Day))
	}
	if d.Year > 0 {
		tokens = append(tokens, fmt.Sprintf("m_%d_%d", d.Year, d.Month))
	}
	return tokens
}

// DateTokens returns the tokens of all dates in words, the words of s.
func DateTokens(s string, words []Word) []string {
	var tokens []string
	for _, date := range Dates(s, words) {
		tokens = append(tokens, date.Tokens()...)
	}
	return tokens
}
