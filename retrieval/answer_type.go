package retrieval

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Kind is the kind of thing that a question asks for, as far as its words tell.
type Kind int

// The kinds.
const (
	Anything Kind = iota
	Number
	Date
)

// asks are the words by which a question asks for a date or a number, folded.
// Those for dates come first: "năm bao nhiêu" asks for one.
var asks = []struct {
	kind    Kind
	phrases []string
}{
	{Date, strings.Split(`khi nao|bao gio|luc nao|ngay nao|hom nao|thang nao|nam nao|thoi diem nao|ngay may|thang may|nam may|`+
		`ngay bao nhieu|thang bao nhieu|nam bao nhieu|when|what day|what date|what month|what year|which day|which date|which month|which year|`+
		`когда|в каком году|какого числа|언제|몇 년|며칠`, "|")},
	{Number, strings.Split(`bao nhieu|may|dong co nao|bao lau|how many|how much|how large|how big|what percentage|what share|what number|сколько|얼마|얼마나|몇`, "|")},
}

// Asks tells what kind of thing the words of a question ask for, and where the
// words that ask for it end; -1 where they tell nothing.
func Asks(words []text.Word) (kind Kind, end int) {
	for _, ask := range asks {
		for _, phrase := range ask.phrases {
			end := after(words, strings.Fields(phrase))
			if end >= 0 && (phrase != "may" || asksHowMany(words, end)) {
				return ask.kind, end
			}
		}
	}
	return Anything, -1
}

// after returns the index behind the first place where words have the folded
// words of phrase; -1 if there is none.
func after(words []text.Word, phrase []string) int {
	for i := range words {
		if i+len(phrase) > len(words) {
			return -1
		}
		if slices.EqualFunc(words[i:i+len(phrase)], phrase, func(w text.Word, s string) bool { return w.Folded == s || w.Exact == s }) {
			return i + len(phrase)
		}
	}
	return -1
}

// asksHowMany tells the mấy of "mấy lữ đoàn" from the máy of "máy bay" and from
// the English verb.
func asksHowMany(words []text.Word, end int) bool {
	word := words[end-1]
	if word.Exact != word.Folded {
		return word.Exact == "mấy"
	}
	return end < len(words) && !slices.Contains([]string{"bay", "moc", "chu", "tinh", "phat"}, words[end].Folded) &&
		slices.ContainsFunc(words, func(w text.Word) bool { return w.Folded == "nao" || w.Folded == "co" || w.Folded == "la" })
}

// spelled are words that say a number and hardly anything else.
var spelled = map[string]bool{
	"hai": true, "bốn": true, "sáu": true, "bảy": true, "tám": true, "chín": true, "mười": true, "mươi": true,
	"chục": true, "trăm": true, "nghìn": true, "ngàn": true, "vạn": true, "triệu": true, "tỷ": true, "tỉ": true,
}

// kinds returns which kinds of thing a text of the report has.
func kinds(s string, words []text.Word) (has [Date + 1]bool) {
	has[Anything] = true
	inDate := make([]bool, len(words))
	for _, date := range text.Dates(s, words) {
		has[Date] = true
		for i := date.From; i < date.To; i++ {
			inDate[i] = true
		}
	}
	for i, word := range words {
		switch {
		case inDate[i]:
		case word.Number && Year(word):
			has[Date] = true
		case word.Number, spelled[word.Exact]:
			has[Number] = true
		}
	}
	return has
}

// Year reports whether a number reads as a year.
func Year(word text.Word) bool { return word.Number && isYear(word.Exact) }

func isYear(s string) bool {
	return len(s) == 4 && (s[0] == '1' || s[0] == '2') && strings.Trim(s, "0123456789") == ""
}
