package text

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed vocabulary.txt
var vocabularyFile string

// vocabulary has, by class and word, what the word means; empty in classes whose words
// only belong to it.
var vocabulary = func() map[string]map[string]string {
	classes := map[string]map[string]string{}
	for line := range strings.Lines(vocabularyFile) {
		name, words, ok := strings.Cut(line, ": ")
		if !ok || name[0] == '#' {
			continue
		}
		class, meaning, _ := strings.Cut(name, " ")
		if classes[class] == nil {
			classes[class] = map[string]string{}
		}
		for word := range strings.FieldsSeq(words) {
			classes[class][word] = meaning
		}
	}
	return classes
}()

// set returns the words of a class.
func set(class string) map[string]bool {
	words := map[string]bool{}
	for word := range vocabulary[class] {
		words[word] = true
	}
	return words
}

// values returns the words of a class that mean numbers.
func values(class string) map[string]float64 {
	words := map[string]float64{}
	for word, meaning := range vocabulary[class] {
		value, err := strconv.ParseFloat(meaning, 64)
		if err != nil {
			panic("text: vocabulary.txt: " + class + ": " + err.Error())
		}
		words[word] = value
	}
	return words
}
