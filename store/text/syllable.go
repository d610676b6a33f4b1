package text

// Syllable reports whether a folded word can be a Vietnamese syllable; foreign
// names and words mostly can't.
func Syllable(folded string) bool { return foldedSyllable.MatchString(folded) }
