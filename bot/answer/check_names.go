package answer

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// plainCapitals are written with a capital without naming anything: in English
// the months, and the common part of the names of bodies and places. What they
// say is a matter of coverage.
var plainCapitals = wordSet(`i the january february march april may june july august september october november december
		mr mrs ms dr ông bà oblast krai province region territory district city foundation center centre institute university
		corps brigade division regiment battalion ministry office agency service committee council commission federation union party
		army forces force fleet airport port cosmodrome republic peninsula sea ocean bank fund group network news
		report statement agreement treaty pact article charter law resolution war strategic strategy communications communication
		first second eastern western northern southern far east west north south central national general supreme
		chief deputy minister president secretary prosecutor governor leader lawmaker spokesman spokesperson ambassador
		military defense defence intelligence security foreign affairs state federal special operations ground air navy marine
		airborne infantry artillery assembly parliament people's people government russian's`)

// nameFault refuses a proper name that the cited sentence doesn't have in any
// spelling or language that the word list gives for it.
func nameFault(s *statement, r *reading) string {
	covered := make([]bool, len(s.words))
	for _, f := range s.found {
		if !f.Concept.Name {
			// A capitalised name of a common thing ("Defence Minister") is borne
			// out by the thing.
			if r.concepts[f.Concept] {
				cover(covered, f.From, f.To)
			}
			continue
		}
		if !r.concepts[f.Concept] && !r.spells(s, f.From, f.To) && !s.composed(f, r) && !s.standsFor(f, r) {
			return "no cited sentence names " + s.shown(f.From, f.To)
		}
		cover(covered, f.From, f.To)
	}
	for _, date := range s.dates {
		cover(covered, date.From, date.To)
	}
	for i, word := range s.words {
		if covered[i] || !s.isName(i) || r.folded[word.Folded] || r.folded[strings.TrimRightFunc(word.Folded, hangul)] {
			continue
		}
		if r.hasInflected(word) || s.covers(s.single(i), r) > 0 {
			continue
		}
		return "no cited sentence names " + s.shown(i, i+1)
	}
	// "The Ministry of National Defense": what a capital marks as a part of a
	// name must be there.
	for _, u := range s.said {
		if s.language == text.English && u.from > 0 && s.words[u.from].Capital && !covered[u.from] && len(u.keys) > 1 && s.covers(u, r) == 0 && !s.begun(u.from) {
			return "no cited sentence names " + s.shown(u.from, u.to)
		}
	}
	return ""
}

// halves returns where an English claim calls the states of Korea the North and
// the South.
func (s *statement) halves() []retrieval.Found {
	if s.language != text.English {
		return nil
	}
	var found []retrieval.Found
	for i := 1; i < len(s.words); i++ {
		half := s.words[i]
		if half.Exact != "north" && half.Exact != "south" || !half.Capital || s.words[i-1].Exact != "the" || i+1 < len(s.words) && s.words[i+1].Capital {
			continue
		}
		for _, state := range s.concepts.Find(text.Words(half.Exact+" korea"), text.English) {
			found = append(found, retrieval.Found{Concept: state.Concept, From: i, To: i + 1})
		}
	}
	return found
}

func cover(covered []bool, from, to int) {
	for i := from; i < to; i++ {
		covered[i] = true
	}
}

// spells reports whether the sentence has words [from, to) of the claim as they
// stand.
func (r *reading) spells(s *statement, from, to int) bool {
	for i := 0; i+to-from <= len(r.words); i++ {
		same := true
		for j := from; j < to && same; j++ {
			same = r.words[i+j-from].Folded == s.words[j].Folded
		}
		if same {
			return true
		}
	}
	return false
}

// atPlace are the words behind which a capital is the city.
var atPlace = wordSet(`ở tại tới đến sang về từ vào qua rời in at to from near into via visited visiting`)

// standsFor reports whether a capital or the forces of a state stand for the
// state that the sentence names, or the other way round.
func (s *statement) standsFor(f retrieval.Found, r *reading) bool {
	claimed := actor{concept: f.Concept}
	if f.From > 0 && atPlace[s.words[f.From-1].Exact] || claimed.state() == "" {
		return false
	}
	return slices.ContainsFunc(r.names, func(have actor) bool { return have.state() == claimed.state() })
}

// isName reports whether word i must be a name: it is capitalised where no
// sentence begins, an acronym, or at the beginning no word of its language.
// Scripts without capitals have no such words; there the word list decides.
func (s *statement) isName(i int) bool {
	word := s.words[i]
	if s.hyphened(i) && s.isName(i-1) {
		return true
	}
	if !word.Capital || plainCapitals[word.Exact] {
		return false
	}
	written := s.text[word.Start:word.End]
	if len([]rune(written)) > 1 && written == strings.ToUpper(written) {
		return true
	}
	if !s.begun(i) {
		return true
	}
	return s.language == text.Vietnamese && word.Exact == word.Folded && !text.Syllable(word.Folded) && isASCII(word.Exact)
}

// begun reports whether word i begins a sentence or a quotation.
func (s *statement) begun(i int) bool {
	return i == 0 || strings.ContainsAny(s.text[s.words[i-1].End:s.words[i].Start], ".!?:“\"")
}

// hyphened reports whether word i is the sung of Kim Il-sung.
func (s *statement) hyphened(i int) bool {
	return i > 0 && !s.words[i].Number && s.text[s.words[i-1].End:s.words[i].Start] == "-" && s.words[i-1].Capital &&
		(s.language != text.English || len(commonWords().inEnglish(s.words, i)) == 0)
}

// hangul reports whether r is of a Korean particle behind a Latin name.
func hangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// composed reports whether a name of several words is borne out by its parts:
// the sentence has the North Korea of "North Korean troops".
func (s *statement) composed(f retrieval.Found, r *reading) bool {
	if f.To-f.From < 2 {
		return false
	}
	words := s.words[f.From:f.To]
	covered := make([]bool, len(words))
	for _, part := range [][2]int{{0, len(words) - 1}, {1, len(words)}} {
		for _, inner := range s.concepts.Find(words[part[0]:part[1]], s.language) {
			if r.concepts[inner.Concept] {
				cover(covered, part[0]+inner.From, part[0]+inner.To)
			}
		}
	}
	for i, word := range words {
		begins := f.From+i == 0 // there a capital says nothing
		if (word.Capital && !begins || s.hyphened(f.From+i)) && !covered[i] && !r.folded[word.Folded] && !plainCapitals[word.Exact] {
			return false
		}
	}
	return true
}

// hasInflected reports whether a Cyrillic name is one of the sentence's with an
// ending.
func (r *reading) hasInflected(word text.Word) bool {
	latin := latinised(word.Folded)
	if latin == "" {
		return false
	}
	for end := len(latin); end >= max(3, len(latin)-3); end-- {
		if r.folded[latin[:end]] {
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
