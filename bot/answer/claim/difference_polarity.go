package claim

import (
	"slices"

	"reportbot/store/text"
)

// polarity finds a negation that came or went, or that another word has now; and words
// that say how certain something is, if only one of the sentences has any. "Không thắng"
// and "thua" are the same.
func (d *difference) polarity() string {
	was, is := len(d.before.negators()), len(d.after.negators())
	switch {
	case was != is && sameDenied(d.before, d.after) && sameDenied(d.after, d.before):
	case was < is && d.before.count(almostNegators, d.lost) < is-was && d.opposites() == 0:
		return "it denies something"
	case is < was && d.after.count(almostNegators, d.gained) < was-is && d.opposites() == 0:
		return "it no longer denies something"
	case was == is && was > 0:
		if detail := otherwiseDenied(d.before, d.after); detail != "" {
			return detail
		}
	}
	switch {
	case doubts.In(d.before.Words, true) != doubts.In(d.after.Words, true):
		return "it is more or less certain"
	case barely(d.before, d.after):
		return "it has a word without its negation"
	case barely(d.after, d.before):
		return "it has a negation before a word"
	}
	return ""
}

// barely reports whether a sentence has two words bare that the other one has only behind
// a negation, also where that belongs to a compound: "không người lái", "người lái".
func barely(other, s *sentence) bool {
	if other.count(particles, nil) <= s.count(particles, nil) {
		return false
	}
	bare := func(s *sentence, words []text.Word) (bare, negated bool) {
		for i := 0; i+len(words) <= len(s.Words); i++ {
			if s.findAt(words, i) {
				behind := i > 0 && particles[s.Words[i-1].Exact]
				bare, negated = bare || !behind, negated || behind
			}
		}
		return bare, negated
	}
	for i, word := range other.Words {
		if !particles[word.Exact] || i+1 == len(other.Words) || !other.adjoins(i+1) {
			continue
		}
		next := other.Words[i+1 : min(i+3, len(other.Words))]
		hadBare, _ := bare(other, next)
		hasBare, hasNegated := bare(s, next)
		if !hadBare && hasBare && !hasNegated {
			return true
		}
	}
	return false
}

// sameDenied reports whether what a sentence denies the other one denies too, however
// often.
func sameDenied(s, other *sentence) bool {
	denied := s.denied()
	return len(denied) > 0 && !slices.ContainsFunc(denied, func(i int) bool {
		return !slices.ContainsFunc(other.denied(), func(j int) bool { return other.Words[j].Folded == s.Words[i].Folded })
	})
}

// count returns how many of some of a sentence's words are in a set; of nil, of all.
func (s *sentence) count(set map[string]bool, of []bool) int {
	n := 0
	for i, word := range s.Words {
		if (of == nil || of[i]) && set[word.Exact] {
			n++
		}
	}
	return n
}

// otherwiseDenied finds a word that one sentence denies and the other states, if that
// is so the other way round too.
func otherwiseDenied(before, after *sentence) string {
	statedBy := func(s, other *sentence) (int, bool) {
		denied := other.denied()
		for _, i := range s.denied() {
			at := other.find(s.Words[i : i+1])
			if at >= 0 && !slices.Contains(denied, at) && !slices.ContainsFunc(denied, func(j int) bool { return other.Words[j].Folded == s.Words[i].Folded }) {
				return i, true
			}
		}
		return 0, false
	}
	if i, ok := statedBy(before, after); ok {
		if _, ok := statedBy(after, before); ok {
			return "it no longer denies " + before.asWritten(i, i+1)
		}
	}
	return ""
}

// opposite finds a word in the place of its opposite, and what was to come and has
// happened.
func (d *difference) opposite() string {
	switch {
	case len(d.before.negators()) != len(d.after.negators()):
	case d.opposites() > 0:
		return "it has the opposite of a word"
	case d.before.has(d.lost, toCome) && d.after.has(d.gained, happened), d.before.has(d.lost, happened) && d.after.has(d.gained, toCome):
		return "it has another tense"
	}
	return ""
}

// opposites counts the words in the place of their opposites.
func (d *difference) opposites() int {
	count := 0
	had, has := d.before.rows(d.lost), d.after.rows(d.gained)
	for row := range had {
		if has[-row] && !had[-row] && !has[row] {
			count++
		}
	}
	return count
}

// rows returns the rows of opposites.txt that a sentence has an entry of with one of some
// words. Of entries at the same word only the longest counts.
func (s *sentence) rows(of []bool) map[int]bool {
	found := map[int]bool{}
	for i := 0; i < len(s.Words); {
		entries, to := oppositeWords().at(s.Words, i, s.Language, s.marked), i+1
		for _, m := range entries {
			to = max(to, m.to)
		}
		for _, m := range entries {
			if m.to == to && slices.Contains(of[i:to], true) {
				found[m.row] = true
			}
		}
		i = to
	}
	return found
}

// has reports whether a sentence has one of the phrases with one of some words.
func (s *sentence) has(of []bool, phrases text.Phrases) bool {
	for i := range s.Words {
		if n := phrases.At(s.Words, i, true); slices.Contains(of[i:i+n], true) {
			return true
		}
	}
	return false
}
