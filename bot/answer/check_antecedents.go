package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"reportbot/store/report"
)

// fullName is a Korean name: the family's, and a given one of two syllables.
var fullName = regexp.MustCompile(`\b(\p{Lu}\p{L}+) \p{Lu}\p{L}+-\p{Ll}+`)

// antecedents returns of each sentence of a paragraph the full names of those
// whom it calls by their family's alone: Kim, behind a sentence that names Kim
// Jong-un. Where two of one family came before, it says neither.
func antecedents(sentences []report.Sentence) []string {
	named := make([]string, len(sentences))
	called := map[string]string{} // by family; empty where it may be one of two
	for i, sentence := range sentences {
		alone := fullName.ReplaceAllString(sentence.Text, "")
		for family, name := range called {
			if slices.Contains(strings.FieldsFunc(alone, notLetter), family) {
				named[i] = strings.TrimSpace(named[i] + " " + name)
			}
		}
		for _, m := range fullName.FindAllStringSubmatch(sentence.Text, -1) {
			if before, again := called[m[1]]; again && before != m[0] {
				m[0] = ""
			}
			called[m[1]] = m[0]
		}
	}
	return named
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }
