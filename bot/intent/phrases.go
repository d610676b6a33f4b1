package intent

import (
	_ "embed"
	"iter"
	"slices"
	"strings"

	"reportbot/store/text"
)

// Vocabulary by class, a class a line: "class: phrase, phrase". A class may have several
// lines.
var (
	//go:embed scope.txt
	scopeFile string
	//go:embed statements.txt
	statementsFile string
)

// readClasses returns the phrases of a file by class.
func readClasses(file string) map[string][]string {
	byClass := map[string][]string{}
	for _, line := range contentLines(file) {
		name, list, _ := strings.Cut(line, ":")
		for phrase := range strings.SplitSeq(list, ",") {
			byClass[name] = append(byClass[name], strings.TrimSpace(phrase))
		}
	}
	return byClass
}

// contentLines yields the lines that are neither blank nor comments, with their
// numbers.
func contentLines(file string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(file) {
			n++
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(n, line) {
				return
			}
		}
	}
}

// phrases returns the words of each phrase.
func phrases(list []string) [][]text.Word {
	all := make([][]text.Word, len(list))
	for i, phrase := range list {
		all[i] = text.Words(phrase)
	}
	return all
}

func beginsWith(message []text.Word, any [][]text.Word) bool {
	return slices.ContainsFunc(any, func(phrase []text.Word) bool {
		return len(message) >= len(phrase) && same(message[:len(phrase)], phrase)
	})
}

// same reports whether words match a phrase. A word without diacritics matches one
// with them. In a phrase of several words, diacritics may be wrong as long as one
// word is right.
func same(written, phrase []text.Word) bool {
	right := 0
	for i, w := range written {
		switch {
		case w.Folded != phrase[i].Folded:
			return false
		case w.Exact == phrase[i].Exact || w.Exact == w.Folded:
			right++
		}
	}
	return right == len(written) || right > 0 && len(written) > 1
}
