package text

import (
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// Language is a language that questions are asked in, as ISO 639-1 has it.
type Language string

// The languages that are told apart.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
	Russian    Language = "ru"
	Korean     Language = "ko"
)

// foldedSyllable is a Vietnamese syllable without its marks.
var foldedSyllable = lazyregexp.New(`^(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|r|s|t|th|tr|v|x)?` +
	`(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oay|oe|oi|oo|u|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)` +
	`(?:c|ch|m|n|ng|nh|p|t)?$`)

// Syllable reports whether a folded word can be a Vietnamese syllable; foreign
// names and words mostly can't.
func Syllable(folded string) bool { return foldedSyllable.MatchString(folded) }

// Frequent words of one language that are no frequent words of the other. Vietnamese
// ones are without their marks.
var (
	englishWords    = set("english")
	vietnameseWords = set("vietnamese")
)

// LanguageOf tells the language of a question by its script, its marks and its
// words. Where nothing tells, such as a name alone, it is fallback.
func LanguageOf(s string, fallback Language) Language {
	var latin, cyrillic, hangul int
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case hangul > 0 && hangul*2 >= latin && hangul >= cyrillic:
		return Korean
	case cyrillic > 0 && cyrillic >= latin:
		return Russian
	}
	english, vietnamese := 0, 0
	name := -2 // where the last name ended, none yet
	for _, word := range Words(s) {
		switch {
		case word.Number, !inLatin(word.Exact):
		case englishWords[word.Exact]:
			english += 2
		case word.Exact != word.Folded:
			vietnamese += 2
		case vietnameseWords[word.Exact]:
			vietnamese += 2
		case word.Capital, word.Start == name+1 && s[name] == '-':
			name = word.End // a name, such as Kim Jong-un, tells nothing
		case Syllable(word.Folded):
			vietnamese++
		default:
			english += 2
		}
	}
	switch {
	case english == 0 && vietnamese == 0:
		return fallback
	case english > vietnamese:
		return English
	case vietnamese > english:
		return Vietnamese
	}
	return fallback
}

func inLatin(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Latin, first)
}
