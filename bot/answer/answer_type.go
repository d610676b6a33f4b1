package answer

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// answerType is the kind of thing that a question asks for, as far as its words
// say.
type answerType struct {
	concepts *retrieval.Concepts
	kind     retrieval.Kind
	asks     asks
	question map[string]bool // its words, folded: they are no answer
	// What is to be counted, as a concept and as the word that says it; nil and
	// empty where that isn't said.
	head *retrieval.Concept
	word string
}

// asks is what is asked for besides numbers and dates.
type asks int

const (
	anything asks = iota
	who
	where
	why
	whether // yes or no
)

// questionWords are the phrases that ask, in the order in which they count, and
// cues the words that answer them. Vietnamese ones are compared without marks.
var (
	questionWords = []struct {
		asks    asks
		phrases []string
	}{
		{why, strings.Split("vi sao|tai sao|sao lai|ly do|nguyen nhan|de lam gi|muc dich|why|what for|what reason|почему|зачем|왜", "|")},
		{where, strings.Split("o dau|noi nao|cho nao|tu dau|den dau|di dau|vung nao|thanh pho nao|tinh nao|where|где|куда|откуда|어디", "|")},
		{who, strings.Split("ai|nguoi nao|nuoc nao|quoc gia nao|to chuc nao|co quan nao|hang nao|bao nao|ong nao|ba nao|ten gi|who|whom|whose|кто|кого|누가|누구", "|")},
		{whether, strings.Split("phai khong|dung khong|co phai|hay khong|khong|chua|ko|hong|is|are|was|were|did|does|do|has|have|can|will|ли", "|")},
	}
	cues = map[asks][]string{
		why: strings.Split("vi|do|boi|nham|de|nen|nho|khien|muc dich|ly do|because|due to|in order|since|so that", "|"),
		whether: strings.Split("khong|chua|phu nhan|bac bo|xac nhan|thua nhan|cong nhan|tuyen bo|dong y|tu choi|co the|co kha nang|chac chan|van chua|da|se|"+
			"not|no|deny|denied|denies|confirm|confirmed|confirms|admitted|refused|may|might|could|unclear|will", "|"),
	}
)

// typeOf reads what a question asks for.
func typeOf(question string, concepts *retrieval.Concepts) answerType {
	language := text.LanguageOf(question, text.Vietnamese)
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	words := text.Words(question)
	kind, end := retrieval.Asks(words)
	t := answerType{concepts: concepts, kind: kind, question: map[string]bool{}}
	for _, word := range words {
		t.question[word.Folded] = true
	}
	switch {
	case kind == retrieval.Anything:
		t.asks = asksOf(words, language)
	case kind == retrieval.Number && concepts != nil:
		t.head = headOf(concepts.Find(words, language), end)
		if end < len(words) && !retrieval.StopWord(words[end].Exact) {
			t.word = words[end].Exact
		}
	}
	return t
}

// asksOf returns what words ask for. English words such as "is" and Vietnamese
// ones such as "không" ask for a yes or no only at one end of the question.
func asksOf(words []text.Word, language text.Language) asks {
	for _, q := range questionWords {
		for _, phrase := range q.phrases {
			length := len(strings.Fields(phrase))
			for i := range words {
				if !begins(words[i:], phrase) {
					continue
				}
				first, last := i == 0, i+length == len(words)
				if q.asks != whether || language == text.English && first || language != text.English && (last || length > 1) {
					return q.asks
				}
			}
		}
	}
	return anything
}

// begins reports whether words begin with a phrase, marks aside.
func begins(words []text.Word, phrase string) bool {
	for part := range strings.FieldsSeq(phrase) {
		if len(words) == 0 || words[0].Folded != part {
			return false
		}
		words = words[1:]
	}
	return true
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
)

// worth returns what the score of a sentence of the report is worth for the
// question, up to 1.
func (t answerType) worth(sentence string) float64 {
	words := text.Words(sentence)
	switch {
	case t.kind == retrieval.Date:
		return t.worthAsDate(sentence, words)
	case t.kind == retrieval.Number:
		return t.worthAsNumber(sentence, words)
	case (t.asks == who || t.asks == where) && !t.hasNewName(words):
		return noName
	case (t.asks == why || t.asks == whether) && !hasCue(words, cues[t.asks]):
		return noCue
	}
	return 1
}

func (t answerType) worthAsDate(sentence string, words []text.Word) float64 {
	if len(text.Dates(sentence, words)) > 0 || slices.ContainsFunc(words, retrieval.Year) {
		return 1
	}
	return unmet
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
		if i > 0 && word.Capital && !t.question[word.Folded] {
			return true
		}
	}
	return false
}

func hasCue(words []text.Word, cues []string) bool {
	for i := range words {
		for _, cue := range cues {
			if begins(words[i:], cue) {
				return true
			}
		}
	}
	return false
}
