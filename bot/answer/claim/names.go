package claim

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// checkNames checks that each name of a claim is in the evidence, in any spelling of
// the word list, in full or in part. A name in another language or script that no list
// has is unclear if it may mean a name in the evidence.
func checkNames(claim *sentence, e *evidence) (Outcome, string) {
	worst, detail := Kept, ""
	for _, n := range claim.Names {
		switch e.name(claim, n) {
		case Contradicted:
			return Contradicted, "no cited sentence names " + claim.asWritten(n.From, n.To)
		case Unclear:
			worst, detail = Unclear, claim.asWritten(n.From, n.To)+" may be another spelling"
		}
	}
	return worst, detail
}

// name checks one name of a claim.
func (e *evidence) name(claim *sentence, n properName) Outcome {
	words := claim.Words[n.From:n.To]
	switch {
	case n.Concept != nil && e.concepts[n.Concept], e.has(words):
		return Kept
	case n.Digits:
		return e.digitName(words)
	case n.Concept != nil:
		return e.concept(claim, n)
	case n.Acronym && n.To == n.From+1 && e.abbreviates(words[0].Folded):
		return Kept
	}
	missing := 0
	for i := n.From; i < n.To; i++ {
		if !e.hasPart(claim, i) {
			missing++
		}
	}
	switch {
	case missing == 0:
		return Kept
	case missing < n.To-n.From && e.isWholeName(words):
		// "Kim Jong-un" where the evidence says only Kim.
		return Unclear
	case claim.common(n):
		return Unclear
	case claim.Language != e.report && e.hasOther(claim):
		return Unclear
	}
	return Contradicted
}

// digitName looks for a name such as Tu-22MS, ignoring hyphens and spaces.
func (e *evidence) digitName(words []text.Word) Outcome {
	want := glued(words)
	for _, s := range e.all() {
		for i := range s.Words {
			have := ""
			for j := i; j < len(s.Words) && len(have) < len(want)+4; j++ {
				have += s.Words[j].Folded
				if have == want || len(have) > len(want) && strings.HasPrefix(have, want) && j == i {
					return Kept
				}
			}
		}
	}
	return Contradicted
}

// concept checks a name of the word list: the evidence may have it under another name,
// as the state of a capital or an army, or in parts.
func (e *evidence) concept(claim *sentence, n properName) Outcome {
	if e.hasState(n.Concept) {
		return Kept
	}
	if n.To-n.From > 1 && e.isWholeName(claim.Words[n.From:n.To]) {
		return Unclear
	}
	for i := n.From; i < n.To; i++ {
		if !e.hasPart(claim, i) && !claim.is(i, title, plain, free) {
			if claim.partKnown(n, e) {
				return Unclear // a common word of a known body
			}
			return Contradicted
		}
	}
	return Kept
}

// hasState reports whether the evidence has a name of the concept, or of the state that
// it is a metonym of.
func (e *evidence) hasState(c *retrieval.Concept) bool {
	for have := range e.concepts {
		if have == c || have.Name && retrieval.SameState(c, have) {
			return true
		}
	}
	return false
}

// partKnown reports whether the evidence has a part of a longer name: the North Korea
// of "North Korean special forces".
func (s *sentence) partKnown(n properName, e *evidence) bool {
	for _, name := range n.Concept.Names {
		for have := range e.concepts {
			if !have.Name || have == n.Concept {
				continue
			}
			for _, part := range have.Names {
				if len(part.Words) < len(name.Words) && hasWords(name.Folded, part.Folded) {
					return true
				}
			}
		}
	}
	return false
}

// hasWords reports whether words has others in sequence.
func hasWords(words, others []string) bool {
	for i := 0; i+len(others) <= len(words); i++ {
		if slices.Equal(words[i:i+len(others)], others) {
			return true
		}
	}
	return false
}

// hasPart reports whether the evidence has word i of a name, or an equal of it.
func (e *evidence) hasPart(claim *sentence, i int) bool {
	word := claim.Words[i]
	if e.folded[word.Folded] || claim.is(i, title, plain, free) || len(word.Folded) == 1 {
		return true
	}
	if bare := strings.TrimRightFunc(word.Folded, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }); bare != "" && e.folded[bare] {
		return true // a particle behind a Latin name
	}
	if claim.Language == text.English {
		for _, base := range lemmas(word.Exact)[1:] {
			if len(base) > 3 && e.folded[base] {
				return true
			}
		}
	}
	return slices.ContainsFunc(claim.meanings, func(m match) bool { return m.from <= i && i < m.to && e.hasRow(m.row) }) || e.hasCyrillic(word.Folded)
}

// hasRow reports whether the evidence has a word of a row of words.txt.
func (e *evidence) hasRow(row int) bool {
	return slices.ContainsFunc(e.all(), func(s *sentence) bool {
		return slices.ContainsFunc(s.meanings, func(m match) bool { return m.row == row })
	})
}

// isWholeName reports whether one of the words is a whole name in the evidence, not a
// part of a longer one.
func (e *evidence) isWholeName(words []text.Word) bool {
	for _, s := range e.all() {
		for i, have := range s.Words {
			if !have.Capital || i > 0 && s.Words[i-1].Capital && s.adjoins(i) && !s.is(i-1, title) || i+1 < len(s.Words) && s.Words[i+1].Capital && s.adjoins(i+1) {
				continue
			}
			if slices.ContainsFunc(words, func(w text.Word) bool { return w.Folded == have.Folded }) {
				return true
			}
		}
	}
	return false
}

// common reports whether a name consists of common words with capitals, as titles and
// institutions have: "Bộ trưởng Quốc phòng", "Ministry of Defence".
func (s *sentence) common(n properName) bool {
	for i := n.From; i < n.To; i++ {
		if s.is(i, title, plain, free) {
			continue
		}
		if !slices.ContainsFunc(s.meanings, func(m match) bool { return m.from <= i && i < m.to }) {
			return s.Language == text.Vietnamese && !n.Run && !n.Acronym && s.Words[i].Exact != s.Words[i].Folded
		}
	}
	// Two Vietnamese syllables with capitals are a name whatever they mean.
	return s.Language != text.Vietnamese || !n.Run
}

// abbreviates reports whether an acronym consists of the first letters of adjacent
// words in the evidence.
func (e *evidence) abbreviates(acronym string) bool {
	letters := []rune(acronym)
	for _, s := range e.all() {
		for i := 0; i+len(letters) <= len(s.Words); i++ {
			if slices.EqualFunc(letters, s.Words[i:i+len(letters)], func(r rune, w text.Word) bool { return strings.HasPrefix(w.Folded, string(r)) }) {
				return true
			}
		}
	}
	return false
}

// hasOther reports whether a cited sentence has a name of which the claim has no word,
// which may be another spelling of the claim's name.
func (e *evidence) hasOther(claim *sentence) bool {
	said := map[string]bool{}
	for _, word := range claim.Words {
		said[word.Folded] = true
	}
	return slices.ContainsFunc(e.cited, func(s *sentence) bool {
		return slices.ContainsFunc(s.Names, func(n properName) bool {
			return !slices.ContainsFunc(s.Words[n.From:n.To], func(w text.Word) bool { return said[w.Folded] }) &&
				(n.Concept == nil || !claim.mentions(n.Concept))
		})
	})
}

func (s *sentence) mentions(c *retrieval.Concept) bool {
	return slices.ContainsFunc(s.found, func(f retrieval.Found) bool { return f.Concept == c })
}

// hasCyrillic reports whether a Cyrillic word, without its ending, is a word of the
// evidence in Latin letters.
func (e *evidence) hasCyrillic(word string) bool {
	if !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return false
	}
	latin := cyrillicLetters.Replace(word)
	for end := len(latin); end >= max(3, len(latin)-3); end-- {
		if e.folded[latin[:end]] {
			return true
		}
	}
	return false
}

var cyrillicLetters = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "к", "k",
	"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch",
	"ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya")
