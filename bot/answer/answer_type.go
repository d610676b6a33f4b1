package answer

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// answerType is the kind of thing that a question asks for, as far as its words
// say.
type answerType struct {
	concepts *retrieval.Concepts
	kind     retrieval.Kind
	asked    map[string]bool // the question's words, folded: they are no answer
	day      bool            // of a date, the day is asked for
	// What is to be counted, as a concept and as the word that says it; nil and
	// empty where that isn't said.
	head *retrieval.Concept
	word string
}

// cues are the words that answer a question of a kind, and asksForDay the phrases
// that ask for a day.
var (
	cues = map[retrieval.Kind]text.Phrases{
		retrieval.Why: text.NewPhrases("vì|do|bởi|nhằm|để|nên|nhờ|khiến|mục đích|lý do|nguyên nhân|because|due to|in order|since|so that"),
		retrieval.Whether: text.NewPhrases("không|chưa|phủ nhận|bác bỏ|xác nhận|thừa nhận|công nhận|tuyên bố|đồng ý|từ chối|có thể|có khả năng|chắc chắn|vẫn chưa|đã|sẽ|" +
			"not|no|deny|denied|denies|confirm|confirmed|confirms|admitted|refused|may|might|could|unclear|will"),
	}
	asksForDay = text.NewPhrases("hôm nào|ngày nào|ngày mấy|ngày bao nhiêu|what day|what date|which day|which date|какого числа|며칠")
)

// typeOf reads what a question asks for.
func typeOf(question string, concepts *retrieval.Concepts) answerType {
	language := text.LanguageOf(question, text.Vietnamese)
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	words, marked := text.Words(question), text.HasDiacritics(question)
	kind, end := retrieval.Asks(words, language, marked)
	t := answerType{concepts: concepts, kind: kind, asked: map[string]bool{}}
	for _, word := range words {
		t.asked[word.Folded] = true
	}
	switch {
	case kind == retrieval.Date:
		t.day = asksForDay.In(words, marked)
	case kind == retrieval.Number && concepts != nil:
		t.head = headOf(concepts.Find(words, language), end)
		if end < len(words) && !retrieval.StopWord(words[end].Exact) {
			t.word = words[end].Exact
		}
	}
	return t
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

// What a sentence's score is worth that lacks the kind of thing the question
// asks for, or has a number of another thing.
const (
	unmet     = .5
	otherHead = .8
	// noName and noCue are of a sentence without a name that the question doesn't
	// have, or without a word that gives a reason or decides.
	noName = .7
	noCue  = .85
	// noDay is of a sentence with a month or a year where the day is asked for.
	noDay = .7
)

// worth returns what the score of a sentence of the report is worth for the
// question, up to 1.
func (t answerType) worth(sentence string) float64 {
	words := text.Words(sentence)
	switch t.kind {
	case retrieval.Date:
		return t.worthAsDate(sentence, words)
	case retrieval.Number:
		return t.worthAsNumber(sentence, words)
	case retrieval.Who, retrieval.Where:
		if !t.hasNewName(words) {
			return noName
		}
	case retrieval.Why, retrieval.Whether:
		if !cues[t.kind].In(words, text.HasDiacritics(sentence)) {
			return noCue
		}
	}
	return 1
}

func (t answerType) worthAsDate(sentence string, words []text.Word) float64 {
	worth := unmet
	for _, date := range text.Dates(sentence, words) {
		if date.Day > 0 || !t.day {
			return 1
		}
		worth = noDay
	}
	if slices.ContainsFunc(words, retrieval.Year) {
		if !t.day {
			return 1
		}
		worth = noDay
	}
	return worth
}

func (t answerType) worthAsNumber(sentence string, words []text.Word) float64 {
	numbers := text.Numbers(sentence, words, text.Dates(sentence, words))
	if len(numbers) == 0 {
		return unmet
	}
	if t.head == nil && t.word == "" {
		return 1
	}
	found := t.concepts.FindAll(words)
	for _, n := range numbers {
		if n.To < len(words) && words[n.To].Exact == t.word {
			return 1
		}
		for _, f := range found {
			if f.Concept == t.head && f.From >= n.To && f.From <= n.To+1 {
				return 1
			}
		}
	}
	return otherHead
}

// hasNewName reports whether a sentence has a name, not at its beginning, that
// the question doesn't have.
func (t answerType) hasNewName(words []text.Word) bool {
	for i, word := range words {
		if i > 0 && word.Capital && !t.asked[word.Folded] {
			return true
		}
	}
	return false
}
