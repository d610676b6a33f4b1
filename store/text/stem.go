package text

import "github.com/kljensen/snowball/english"

// englishJoins are frequent in any English text, and no Vietnamese syllables.
var englishJoins = set("english-joint")

// IsEnglish reports whether words are those of an English text: long enough a
// text has the words that join others.
func IsEnglish(words []Word) bool {
	joins, marked := 0, 0
	for i := range words {
		switch {
		case words[i].Exact != words[i].Folded:
			marked++
		case englishJoins[words[i].Exact]:
			joins++
		}
	}
	return joins*16 >= len(words) && joins > marked
}

// Stem returns an English word without its endings: "deployed" and "deploying" are
// "deploy". What isn't written in plain letters stays as it is.
func Stem(folded string) string {
	for i := range len(folded) {
		if folded[i] < 'a' || folded[i] > 'z' {
			return folded
		}
	}
	return english.Stem(folded, true)
}

// Stemmed returns the words of an English text with their stems as folded form.
func Stemmed(words []Word) []Word {
	stemmed := make([]Word, len(words))
	for i, w := range words {
		w.Folded = Stem(w.Folded)
		stemmed[i] = w
	}
	return stemmed
}
