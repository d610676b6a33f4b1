package claim

import (
	"slices"

	"reportbot/store/text"
)

// polarity finds a negation that was added, removed or moved to another word, and words
// of certainty that only one of the sentences has. "Không thắng" and "thua" are the
// same.
func (d *difference) polarity() string {
	was, is := len(d.before.negators()), len(d.after.negators())
	switch {
	case was != is && sameDenied(d.before, d.after) && sameDenied(d.after, d.before):
	case was < is && d.before.count(almostNegators, d.lost) < is-was && d.opposites() == 0:
		return "it denies something"
	case is < was && d.after.count(almostNegators, d.gained) < was-is && d.opposites() == 0:
		return "it no longer denies something"
	case was == is && was > 0:
		if detail := swappedNegation(d.before, d.after); detail != "" {
			return detail
		}
	}
	switch {
	case doubts.In(d.before.Words, true) != doubts.In(d.after.Words, true):
		return "it is more or less certain"
	case lostNegation(d.before, d.after):
		return "it has a word without its negation"
	case lostNegation(d.after, d.before):
		return "it has a negation before a word"
	}
	return ""
}

// lostNegation reports whether a sentence has two words without a negation that the
// other one has only with one, even in a compound: "không người lái", "người lái".
func lostNegation(other, s *sentence) bool {
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

// sameDenied reports whether the other sentence negates everything that s negates,
// however often.
func sameDenied(s, other *sentence) bool {
	denied := s.denied()
	return len(denied) > 0 && !slices.ContainsFunc(denied, func(i int) bool {
		return !slices.ContainsFunc(other.denied(), func(j int) bool { return other.Words[j].Folded == s.Words[i].Folded })
	})
}

// count returns how many of the words that of selects are in a set; nil selects all.
func (s *sentence) count(set map[string]bool, of []bool) int {
	n := 0
	for i, word := range s.Words {
		if (of == nil || of[i]) && set[word.Exact] {
			n++
		}
	}
	return n
}

// swappedNegation finds a word that one sentence negates and the other states, if there
// is also one the other way round.
func swappedNegation(before, after *sentence) string {
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

// opposite finds a word that replaced its opposite, and a future that became past.
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

// opposites counts the words that replaced their opposites.
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

// rows returns the rows of opposites.txt of which the sentence has an entry with one of
// the words that of selects. Of entries at the same word only the longest counts.
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

// has reports whether a sentence has one of the phrases with one of the words that of selects.
func (s *sentence) has(of []bool, phrases text.Phrases) bool {
	for i := range s.Words {
		if n := phrases.At(s.Words, i, true); slices.Contains(of[i:i+n], true) {
			return true
		}
	}
	return false
}
