package text

import "strings"

// Phrase is words that stand side by side.
type Phrase []Word

// BeginsIn reports whether words begin with the phrase, compared with their marks
// if marked says that the text has some.
func (p Phrase) BeginsIn(words []Word, marked bool) bool {
	if len(words) < len(p) {
		return false
	}
	for i := range p {
		if words[i].Exact != p[i].Exact && (marked || words[i].Folded != p[i].Folded) {
			return false
		}
	}
	return true
}

// Phrases are phrases by their first word, folded.
type Phrases map[string][]Phrase

// NewPhrases reads phrases that are parted by "|", commas or line ends.
func NewPhrases(list string) Phrases {
	phrases := Phrases{}
	for _, written := range strings.FieldsFunc(list, func(r rune) bool { return r == '|' || r == ',' || r == '\n' }) {
		if words := Phrase(Words(written)); len(words) > 0 {
			phrases[words[0].Folded] = append(phrases[words[0].Folded], words)
		}
	}
	return phrases
}

// At returns the length of the longest of the phrases that begins at words[i]; 0
// if none does.
func (p Phrases) At(words []Word, i int, marked bool) int {
	longest := 0
	for _, phrase := range p[words[i].Folded] {
		if len(phrase) > longest && phrase.BeginsIn(words[i:], marked) {
			longest = len(phrase)
		}
	}
	return longest
}

// Find returns the first place of a phrase in words, the longest one there; from
// is -1 if there is none.
func (p Phrases) Find(words []Word, marked bool) (from, to int) {
	for i := range words {
		if n := p.At(words, i, marked); n > 0 {
			return i, i + n
		}
	}
	return -1, -1
}

// In reports whether words have one of the phrases.
func (p Phrases) In(words []Word, marked bool) bool {
	from, _ := p.Find(words, marked)
	return from >= 0
}

// Mark notes which words belong to one of the phrases.
func (p Phrases) Mark(is []bool, words []Word, marked bool) {
	for i := range words {
		for j := range p.At(words, i, marked) {
			is[i+j] = true
		}
	}
}
