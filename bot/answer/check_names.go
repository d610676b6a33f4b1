package answer

import (
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// plainCapitals are written with a capital without naming anything: in English
// the months, and the common part of the names of bodies and places. What they
// say is a matter of the words that the evidence covers.
var plainCapitals = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(`i the january february march april may june july august september october november december
		mr mrs ms dr ông bà oblast krai province region territory district city foundation center centre institute university
		corps brigade division regiment battalion ministry office agency service committee council commission federation union party
		army forces force fleet airport port cosmodrome republic peninsula sea ocean bank fund group network news
		report statement agreement treaty pact article charter law resolution war strategic strategy communications communication
		first second eastern western northern southern far east west north south central national general supreme
		chief deputy minister president secretary prosecutor governor leader lawmaker spokesman spokesperson ambassador
		military defense defence intelligence security foreign affairs state federal special operations ground air navy marine
		airborne infantry artillery assembly parliament people's people government russian's`) {
		words[word] = true
	}
	return words
}()

// nameFault refuses a proper name that the cited sentences don't have in any
// spelling or language that the word list gives for it.
func nameFault(s *statement, e *evidence) string {
	covered := make([]bool, len(s.words))
	for _, f := range s.found {
		if !f.Concept.Name {
			// A capitalised name of a common thing ("Defence Minister") is borne
			// out by the thing.
			if e.concepts[f.Concept] {
				cover(covered, f.From, f.To)
			}
			continue
		}
		if !e.concepts[f.Concept] && !e.spells(s, f.From, f.To) && !s.composed(f, e) {
			return "no cited sentence names " + s.shown(f.From, f.To)
		}
		cover(covered, f.From, f.To)
	}
	for _, date := range s.dates {
		cover(covered, date.From, date.To)
	}
	for i, word := range s.words {
		if covered[i] || !s.isName(i) || e.exact[word.Exact] || e.folded[word.Folded] {
			continue
		}
		if e.hasInflected(word) {
			continue
		}
		return "no cited sentence names " + s.shown(i, i+1)
	}
	return ""
}

func cover(covered []bool, from, to int) {
	for i := from; i < to; i++ {
		covered[i] = true
	}
}

// spells reports whether the evidence has words [from, to) as they stand.
func (e *evidence) spells(s *statement, from, to int) bool {
	for i := range e.words {
		if i+to-from > len(e.words) {
			return false
		}
		same := true
		for j := from; j < to && same; j++ {
			same = e.words[i+j-from].Folded == s.words[j].Folded
		}
		if same {
			return true
		}
	}
	return false
}

// isName reports whether word i must be a name: it is capitalised where no
// sentence begins, an acronym, or at the beginning no word of its language.
// Scripts without capitals have no such words; there the word list decides.
func (s *statement) isName(i int) bool {
	word := s.words[i]
	// The sung of Kim Il-sung.
	if !word.Number && i > 0 && s.text[s.words[i-1].End:word.Start] == "-" && s.words[i-1].Capital && s.isName(i-1) {
		return true
	}
	if !word.Capital || plainCapitals[word.Exact] {
		return false
	}
	written := s.text[word.Start:word.End]
	if len([]rune(written)) > 1 && written == strings.ToUpper(written) {
		return true
	}
	if i > 0 && !strings.ContainsAny(s.text[s.words[i-1].End:word.Start], ".!?:“\"") {
		return true
	}
	return s.language == text.Vietnamese && word.Exact == word.Folded && !text.Syllable(word.Folded) && isASCII(word.Exact)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// composed reports whether a name of several words is borne out by its parts:
// the evidence has the North Korea of "North Korean troops".
func (s *statement) composed(f retrieval.Found, e *evidence) bool {
	if f.To-f.From < 2 {
		return false
	}
	words := s.words[f.From:f.To]
	covered := make([]bool, len(words))
	for _, part := range [][2]int{{0, len(words) - 1}, {1, len(words)}} {
		for _, inner := range s.concepts.Find(words[part[0]:part[1]], s.language) {
			if e.concepts[inner.Concept] {
				cover(covered, part[0]+inner.From, part[0]+inner.To)
			}
		}
	}
	for i, word := range words {
		begins := f.From+i == 0 // there a capital says nothing
		if word.Capital && !begins && !covered[i] && !e.folded[word.Folded] && !plainCapitals[word.Exact] {
			return false
		}
	}
	return true
}

// hasInflected reports whether a Cyrillic name is one of the evidence's with an
// ending.
func (e *evidence) hasInflected(word text.Word) bool {
	latin := latinised(word.Folded)
	if latin == "" {
		return false
	}
	for end := len(latin); end >= max(3, len(latin)-3); end-- {
		if e.folded[latin[:end]] {
			return true
		}
	}
	return false
}

var cyrillic = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "к", "k",
	"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch",
	"ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya")

// latinised returns a folded Cyrillic word in Latin letters, empty if it is
// none.
func latinised(word string) string {
	if !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return ""
	}
	return cyrillic.Replace(word)
}
