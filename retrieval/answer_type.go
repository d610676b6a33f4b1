package retrieval

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Kind is the kind of thing that a question asks for.
type Kind int

// The kinds. Of a text only numbers and dates are recognised.
const (
	Anything Kind = iota
	Number
	Date
	Who
	Where
	Why
	How
	Whether // yes or no
)

// questionPhrases are the phrases that ask for a kind of thing, by precedence: "năm bao
// nhiêu" asks for a date.
var questionPhrases = []struct {
	kind    Kind
	phrases text.Phrases
}{
	{Date, phrasesOf("asks date")}, {Number, phrasesOf("asks number")}, {Why, phrasesOf("asks why")},
	{Where, phrasesOf("asks where")}, {How, phrasesOf("asks how")}, {Who, phrasesOf("asks who")},
}

var (
	yesNo          = phrasesOf("yes or no")
	yesNoEnd       = phrasesOf("yes or no, at the end")
	yesNoBeginning = phrasesOf("yes or no, at the beginning")
)

// Asks returns the kind of thing that the words of a question ask for, and where the
// words that ask for it end; Anything and -1 if they ask for none of the kinds.
func Asks(words []text.Word, language text.Language, marked bool) (kind Kind, end int) {
	for _, ask := range questionPhrases {
		for i := range words {
			n := ask.phrases.At(words, i, marked)
			if n > 0 && (words[i+n-1].Folded != "may" || n > 1 || asksHowMany(words, i+1)) {
				return ask.kind, i + n
			}
		}
	}
	if asksWhether(words, language, marked) {
		return Whether, len(words)
	}
	return Anything, -1
}

func asksWhether(words []text.Word, language text.Language, marked bool) bool {
	switch {
	case len(words) == 0:
		return false
	case language == text.English:
		return yesNoBeginning.At(words, 0, marked) > 0
	}
	return yesNo.In(words, marked) || yesNoEnd.At(words, len(words)-1, marked) > 0
}

// asksHowMany distinguishes the mấy of "mấy lữ đoàn" from the máy of "máy bay" and from
// the English verb.
func asksHowMany(words []text.Word, end int) bool {
	word := words[end-1]
	if word.Exact != word.Folded {
		return word.Exact == "mấy"
	}
	return end < len(words) && !slices.Contains([]string{"bay", "moc", "chu", "tinh", "phat"}, words[end].Folded) &&
		slices.ContainsFunc(words, func(w text.Word) bool { return w.Folded == "nao" || w.Folded == "co" || w.Folded == "la" })
}

var spelledNumbers = strings.Fields(section("spelled numbers"))

// kindSet is the set of kinds of thing in a text.
type kindSet [Whether + 1]bool

// kinds returns whether a text of the report has numbers and dates.
func kinds(s string, words []text.Word) (has kindSet) {
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
		case word.Number, slices.Contains(spelledNumbers, word.Exact):
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
