package retrieval

import (
	_ "embed"
	"strings"

	"reportbot/store/text"
)

//go:embed vocabulary.txt
var vocabularyFile string

// vocabulary has the sections of vocabulary.txt by their headings.
var vocabulary = func() map[string]string {
	sections, heading := map[string]string{}, ""
	for line := range strings.Lines(vocabularyFile) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			heading = strings.TrimSuffix(name, "]")
		} else if !strings.HasPrefix(line, "#") {
			sections[heading] += line
		}
	}
	return sections
}()

// section returns the section of vocabulary.txt under a heading.
func section(heading string) string {
	list, ok := vocabulary[heading]
	if !ok {
		panic("retrieval: vocabulary.txt has no " + heading)
	}
	return list
}

func phrasesOf(heading string) text.Phrases { return text.NewPhrases(section(heading)) }

// stopExact and stop have the stop words as written and without marks.
var stopExact, stop = func() (exact, folded map[string]bool) {
	exact, folded = map[string]bool{}, map[string]bool{}
	for _, word := range strings.Fields(section("stop words")) {
		exact[word] = true
		folded[text.Fold(word)] = true
	}
	return exact, folded
}()

// StopWord reports whether a word, as written, is a stop word.
func StopWord(exact string) bool { return stopExact[exact] }

// saysNothing reports whether a word is a stop word; one without marks may be the
// unmarked form of one.
func saysNothing(w text.Word) bool {
	if w.Exact != w.Folded {
		return stopExact[w.Exact]
	}
	return stop[w.Folded]
}

// askingPhrases say how something is asked, actionPhrases what happens to it; neither
// names what is asked about.
var askingPhrases, actionPhrases = phrasesOf("asking phrases"), phrasesOf("action words")

// inPhrases reports, word by word, which words belong to phrases. Phrases of one
// syllable are compared with their marks, though the question has none.
func inPhrases(phrases text.Phrases, words []text.Word, marked bool) []bool {
	is := make([]bool, len(words))
	for i := range words {
		for _, phrase := range phrases[words[i].Folded] {
			if phrase.BeginsIn(words[i:], marked || len(phrase) == 1) {
				for j := range phrase {
					is[i+j] = true
				}
			}
		}
	}
	return is
}
