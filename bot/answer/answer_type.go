package answer

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// answerType is the kind of thing that a question asks for.
type answerType struct {
	concepts *retrieval.Concepts
	kind     retrieval.Kind
	asked    map[string]bool // the question's words, folded, which can't be the answer
	day      bool            // kind is Date, and a day is asked for
	// What a Number question counts, as a concept and as a word; nil and empty if
	// unknown.
	head   *retrieval.Concept
	word   string
	marked bool // the question has diacritics; otherwise word has none
}

// cues are words that occur in answers to questions of a kind, and asksForDay phrases
// that ask for a day.
var (
	cues = map[retrieval.Kind]text.Phrases{
		retrieval.Why: text.NewPhrases("vì|do|bởi|nhằm|để|nên|nhờ|khiến|mục đích|lý do|nguyên nhân|because|due to|in order|since|so that"),
		retrieval.Whether: text.NewPhrases("không|chưa|phủ nhận|bác bỏ|xác nhận|thừa nhận|công nhận|tuyên bố|đồng ý|từ chối|có thể|có khả năng|chắc chắn|vẫn chưa|đã|sẽ|" +
			"not|no|deny|denied|denies|confirm|confirmed|confirms|admitted|refused|may|might|could|unclear|will"),
	}
	asksForDay = text.NewPhrases("hôm nào|ngày nào|ngày mấy|ngày bao nhiêu|what day|what date|which day|which date|какого числа|며칠")
)

// typeOf classifies a question.
func typeOf(question string, concepts *retrieval.Concepts) answerType {
	language := text.LanguageOf(question, text.Vietnamese)
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	words, marked := text.Words(question), text.HasDiacritics(question)
	kind, end := retrieval.Asks(words, language, marked)
	t := answerType{concepts: concepts, kind: kind, asked: map[string]bool{}, marked: marked}
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

// headOf returns the concept that a number before word at counts: the one that begins
// at word at or the next.
func headOf(found []retrieval.Found, at int) *retrieval.Concept {
	for _, f := range found {
		if f.From == at || f.From == at+1 {
			return f.Concept
		}
	}
	return nil
}

// The factors for the score of a sentence that lacks the kind of thing asked for, or
// has a number of another thing.
const (
	missingKind = .5
	otherHead   = .8
	// noName is for a sentence without a new name, noCue for one without a word of
	// cues.
	noName = .7
	noCue  = .85
	// noDay is for a sentence with only a month or a year, if a day is asked for.
	noDay = .7
)

// factor returns the factor, up to 1, for the score of a sentence of the report.
func (t answerType) factor(sentence string) float64 {
	words := text.Words(sentence)
	switch t.kind {
	case retrieval.Date:
		return t.dateFactor(sentence, words)
	case retrieval.Number:
		return t.numberFactor(sentence, words)
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

func (t answerType) dateFactor(sentence string, words []text.Word) float64 {
	factor := missingKind
	for _, date := range text.Dates(sentence, words) {
		if date.Day > 0 || !t.day {
			return 1
		}
		factor = noDay
	}
	if slices.ContainsFunc(words, retrieval.Year) {
		if !t.day {
			return 1
		}
		factor = noDay
	}
	return factor
}

func (t answerType) numberFactor(sentence string, words []text.Word) float64 {
	numbers := text.Numbers(sentence, words, text.Dates(sentence, words))
	switch {
	case len(numbers) == 0:
		return missingKind
	case t.head == nil && t.word == "", t.numbersHead(numbers, words):
		return 1
	}
	return otherHead
}

// counted reports whether a sentence has a number of what the question counts; false if
// that is unknown.
func (t answerType) counted(sentence string) bool {
	if t.kind != retrieval.Number || t.head == nil && t.word == "" {
		return false
	}
	words := text.Words(sentence)
	return t.numbersHead(text.Numbers(sentence, words, text.Dates(sentence, words)), words)
}

// numbersHead reports whether one of the numbers is of what the question counts.
func (t answerType) numbersHead(numbers []text.Number, words []text.Word) bool {
	found := t.concepts.FindAll(words)
	for _, n := range numbers {
		if n.To < len(words) && (words[n.To].Exact == t.word || !t.marked && words[n.To].Folded == t.word) {
			return true
		}
		for _, f := range found {
			if f.Concept == t.head && f.From >= n.To && f.From <= n.To+1 {
				return true
			}
		}
	}
	return false
}

// hasNewName reports whether a sentence has a name, after its first word, that the
// question doesn't have.
func (t answerType) hasNewName(words []text.Word) bool {
	for i, word := range words {
		if i > 0 && word.Capital && !t.asked[word.Folded] {
			return true
		}
	}
	return false
}
