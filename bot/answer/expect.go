package answer

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// expectation is what kind of thing a question asks for, as far as its words
// tell.
type expectation struct {
	concepts *retrieval.Concepts
	kind     expected
	// What is to be counted, as a concept and as the word that says it; nil and
	// empty where that isn't said.
	head *retrieval.Concept
	word string
}

type expected int

const (
	anything expected = iota
	aNumber
	aDate
)

// asks are the words by which a question asks for a date or a number, folded.
// Those for dates come first: "năm bao nhiêu" asks for one.
var asks = []struct {
	kind  expected
	words []string
}{
	{aDate, strings.Split(`khi nao|bao gio|luc nao|ngay nao|hom nao|thang nao|nam nao|thoi diem nao|ngay may|thang may|nam may|`+
		`ngay bao nhieu|thang bao nhieu|nam bao nhieu|when|what day|what date|what month|what year|which day|which date|which month|which year|`+
		`когда|в каком году|какого числа|언제|몇 년|며칠`, "|")},
	{aNumber, strings.Split(`bao nhieu|may|dong co nao|bao lau|how many|how much|how large|how big|what percentage|what share|what number|сколько|얼마|얼마나|몇`, "|")},
}

// expects reads what a question asks for.
func expects(question string, concepts *retrieval.Concepts) expectation {
	language := text.LanguageOf(question, text.Vietnamese)
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	words := text.Words(question)
	for _, ask := range asks {
		for _, phrase := range ask.words {
			end := after(words, strings.Fields(phrase))
			if end < 0 || phrase == "may" && !asksHowMany(words, end) {
				continue
			}
			e := expectation{concepts: concepts, kind: ask.kind}
			if ask.kind == aNumber && concepts != nil {
				e.head = headOf(concepts.Find(words, language), end)
				if end < len(words) && !retrieval.StopWord(words[end].Exact) {
					e.word = words[end].Exact
				}
			}
			return e
		}
	}
	return expectation{}
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

// What a sentence's score is worth that lacks the kind of thing the question
// asks for, or has a number of another thing.
const (
	unmet     = .5
	otherHead = .8
)

// worth returns what the score of a sentence of the report is worth for the
// question, up to 1.
func (e expectation) worth(sentence string) float64 {
	if e.kind == anything {
		return 1
	}
	words := text.Words(sentence)
	dates := text.Dates(sentence, words)
	if e.kind == aDate {
		if len(dates) > 0 || slices.ContainsFunc(words, func(w text.Word) bool { return len(w.Exact) == 4 && w.Number && w.Exact[0] < '3' }) {
			return 1
		}
		return unmet
	}
	numbers := quantities(sentence, words, dates)
	if len(numbers) == 0 {
		return unmet
	}
	if e.head == nil && e.word == "" {
		return 1
	}
	found := e.concepts.FindAll(words)
	for _, q := range numbers {
		if q.to < len(words) && words[q.to].Exact == e.word {
			return 1
		}
		for _, f := range found {
			if f.Concept == e.head && f.From >= q.to && f.From <= q.to+1 {
				return 1
			}
		}
	}
	return otherHead
}
