package claim

import (
	_ "embed"

	"reportbot/store/text"
)

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
