package answer

import (
	"regexp"

	"reportbot/store/text"
)

// expectation is what kind of thing a question asks for, as far as its words
// tell.
type expectation int

const (
	anything expectation = iota
	aNumber
	aDate
)

// Question words, in folded text. Those for dates come first: "năm bao nhiêu"
// asks for one.
var (
	asksDate   = regexp.MustCompile(`\b(?:khi nao|bao gio|luc nao|(?:ngay|hom|thang|nam|thoi diem) (?:nao|may|bao nhieu)|when|(?:what|which) (?:day|date|month|year)|когда|언제)\b|в каком году|몇 년|며칠`)
	asksNumber = regexp.MustCompile(`\b(?:bao nhieu|may|dong co nao|how (?:many|much|large|big)|what (?:percentage|share|number))\b|сколько|얼마|몇`)
	aDay       = regexp.MustCompile(`\b(?:ngay|thang|nam) \d+|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\b`)
)

// numberWords are numbers that are written out, as reports do with small ones.
var numberWords = map[string]bool{
	"hai": true, "ba": true, "bốn": true, "sáu": true, "bảy": true, "tám": true, "chín": true, "mười": true,
	"chục": true, "trăm": true, "nghìn": true, "ngàn": true, "triệu": true, "tỷ": true, "tỉ": true, "nửa": true,
}

func expected(question string) expectation {
	folded := text.Fold(text.Expand(question))
	switch {
	case asksDate.MatchString(folded):
		return aDate
	case asksNumber.MatchString(folded):
		return aNumber
	}
	return anything
}

// meets reports whether a sentence of the report holds such a thing.
func (e expectation) meets(sentence string) bool {
	switch e {
	case aDate:
		return aDay.MatchString(text.Fold(sentence))
	case aNumber:
		// A date's numbers count nothing.
		for _, word := range text.Words(aDay.ReplaceAllString(text.Fold(sentence), " ")) {
			if word.Number {
				return true
			}
		}
		for _, word := range text.Words(sentence) {
			if numberWords[word.Exact] {
				return true
			}
		}
		return false
	}
	return true
}
