package claim

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"reportbot/store/text"
)

// words.txt lists common words with the same meaning, grammar.txt the functions of
// words in a sentence, opposites.txt opposites. All have general vocabulary only.
var (
	//go:embed words.txt
	wordList string
	//go:embed grammar.txt
	grammarList string
	//go:embed opposites.txt
	oppositeList string
)

// class is the function of a word or phrase in a sentence. Classes can be combined: a
// word can belong to several phrases.
type class uint32

// The classes of grammar.txt.
const (
	free class = 1 << iota
	lead
	frame
	negator
	notNegator
	hedge
	future
	bound
	scope
	passive
	rank
	contrast
	cause
	speech
	claimed
	sameWords
	clauseWord
	title
	plain
	owner

	none class = 0
)

// classNames are the names of the classes in grammar.txt.
var classNames = map[string]class{
	"free": free, "lead": lead, "frame": frame, "negator": negator, "notnegator": notNegator, "hedge": hedge, "future": future,
	"bound": bound, "scope": scope, "passive": passive, "rank": rank, "contrast": contrast, "cause": cause, "speech": speech,
	"claimed": claimed, "same": sameWords, "clause": clauseWord, "title": title, "plain": plain, "owner": owner,
}

// keptClasses are the classes of words that negate, limit or attribute a statement: a
// claim must not omit them.
const keptClasses = negator | hedge | future | bound | scope | passive | rank | contrast | speech | claimed

// languages are the columns of grammar.txt, in order.
var languages = []text.Language{text.Vietnamese, text.English, text.Russian, text.Korean}

// entry is a word or phrase of a list.
type entry struct {
	words []string // exact, in lower case
	stem  bool     // the last one is the beginning of a word
	class class    // none: a row of words.txt
	row   int      // entries of the same row are equal, in every language; 0: no row
}

// lexicon has the entries by language and first word.
type lexicon struct {
	entries map[text.Language]map[string][]entry
	// folded has the Vietnamese entries without diacritics, by first word.
	folded map[string][]entry
}

// commonWords is the lexicon of words.txt and grammar.txt.
var commonWords = sync.OnceValue(func() *lexicon {
	l := newLexicon()
	row := 0
	for vietnamese, english := range cutLines(wordList, "|") {
		row++
		l.add(text.Vietnamese, strings.TrimPrefix(vietnamese, ">"), entry{row: row})
		l.add(text.English, english, entry{row: row})
	}
	for name, columns := range cutLines(grammarList, ":") {
		e := entry{class: classNames[name]}
		switch e.class {
		case none:
			panic("claim: grammar.txt has the unknown class " + name)
		case sameWords, speech, contrast: // the words of a line are equal
			row++
			e.row = row
		}
		for i, column := range strings.Split(columns, "|") {
			l.add(languages[i], column, e)
		}
	}
	return l
})

// oppositeWords is the lexicon of opposites.txt. Words of one side of a line have a row,
// those of the other the same with a minus.
var oppositeWords = sync.OnceValue(func() *lexicon {
	l := newLexicon()
	row := 0
	for vietnamese, english := range cutLines(oppositeList, "=") {
		row++
		for language, column := range map[text.Language]string{text.Vietnamese: vietnamese, text.English: english} {
			one, other, _ := strings.Cut(column, "|")
			l.add(language, one, entry{row: row})
			l.add(language, other, entry{row: -row})
		}
	}
	return l
})

func newLexicon() *lexicon {
	l := &lexicon{entries: map[text.Language]map[string][]entry{}, folded: map[string][]entry{}}
	for _, language := range languages {
		l.entries[language] = map[string][]entry{}
	}
	return l
}

// cutLines yields both parts of each line of a list that has the separator. Comments
// begin with "#".
func cutLines(list, separator string) iter.Seq2[string, string] {
	return func(yield func(before, after string) bool) {
		for line := range strings.Lines(list) {
			before, after, ok := strings.Cut(line, separator)
			if ok && !strings.HasPrefix(line, "#") && !yield(before, after) {
				return
			}
		}
	}
}

// add adds the phrases of a column.
func (l *lexicon) add(language text.Language, phrases string, e entry) {
	for phrase := range strings.SplitSeq(phrases, ",") {
		found := text.Words(phrase)
		if len(found) == 0 {
			continue
		}
		e.words, e.stem = nil, strings.HasSuffix(strings.TrimSpace(phrase), "*")
		folded := make([]string, len(found))
		for i, word := range found {
			e.words = append(e.words, word.Exact)
			folded[i] = word.Folded
		}
		l.entries[language][e.words[0]] = append(l.entries[language][e.words[0]], e)
		if language == text.Vietnamese {
			unmarked := e
			unmarked.words = folded
			l.folded[folded[0]] = append(l.folded[folded[0]], unmarked)
		}
	}
}

// match is an entry found at words [from, to) of a sentence.
type match struct {
	entry
	from, to int
}

// at returns the entries that begin at word i. marked is false for Vietnamese without
// diacritics. English entries of words.txt match in every inflection, those of grammar.txt
// only as written.
func (l *lexicon) at(words []text.Word, i int, language text.Language, marked bool) []match {
	var found []match
	spelled := func(w text.Word) string { return w.Exact }
	entries := l.entries[language]
	if language == text.Vietnamese && !marked {
		entries, spelled = l.folded, func(w text.Word) string { return w.Folded }
	}
	try := func(first string, inflected bool) {
		for _, e := range entries[first] {
			if inflected && e.class != none || i+len(e.words) > len(words) {
				continue
			}
			same := true
			for j := 1; j < len(e.words) && same; j++ {
				same = spelled(words[i+j]) == e.words[j]
			}
			if same {
				found = append(found, match{e, i, i + len(e.words)})
			}
		}
	}
	try(spelled(words[i]), false)
	if language == text.English {
		for _, base := range lemmas(words[i].Exact)[1:] {
			try(base, true)
		}
	}
	return found
}

//go:embed wordsets.txt
var wordSetList string

// Sets of words, in lower case.
var (
	fillers        = wordSet("filler")
	stresses       = wordSet("stress")
	particles      = wordSet("particle")
	almostNegators = wordSet("almost negator")
	pronouns       = wordSet("pronoun")
	dayWords       = wordSet("day")
)

// Sets of phrases; they are compared with their marks.
var (
	doubts   = phraseSet("doubts")
	toCome   = phraseSet("to come")
	happened = phraseSet("happened")
)

// wordSet returns the words of a set of wordsets.txt.
func wordSet(name string) map[string]bool {
	set := map[string]bool{}
	for _, word := range text.Words(wordsOf(name)) {
		set[word.Exact] = true
	}
	return set
}

// phraseSet returns the phrases of a set of wordsets.txt.
func phraseSet(name string) text.Phrases { return text.NewPhrases(wordsOf(name)) }

func wordsOf(name string) (all string) {
	for set, words := range cutLines(wordSetList, ":") {
		if set == name {
			all += words
		}
	}
	return all
}
