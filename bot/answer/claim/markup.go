package claim

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

var markup = lazyregexp.New("(?i)[a-z]+://|https?:|@[a-z0-9_]{3}|www\\.|</?[a-z!]|\\*\\*|__|~~|`|\\]\\s*\\(|\\[\\s*[S^]?\\d+|^#|&(?:[a-z]+|#\\d+);|\\b[a-z0-9-]+\\.(?:com|org|net|ru|me|info|io|gov|vn)\\b(?:/|$|\\s)|^>|^\\||\\{\\{|\\\\[a-z]")

// markupFault says which link or formatting of its own a claim has, which letter that
// only looks like one of its script, or that a letter is broken; empty for none.
func markupFault(said string) string {
	if found := markup.FindString(said); found != "" {
		return fmt.Sprintf("it has markup or a link of its own: %q", found)
	}
	if strings.ContainsRune(said, utf8.RuneError) {
		return "a letter of it is broken"
	}
	if r, odd := oddScript(said); odd {
		return fmt.Sprintf("%q is not written so in its language", string(r))
	}
	return ""
}

// oddScript finds a letter or digit of another script. One that only looks like the right
// one could get a statement past the comparison of words.
func oddScript(s string) (rune, bool) {
	var other rune
	latinLetters, others := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			latinLetters++
		case unicode.In(r, unicode.Cyrillic, unicode.Hangul):
			others++
			other = r
		}
	}
	// Russian and Korean texts hold Latin names; Latin ones hold no others.
	if others > 0 && latinLetters > others {
		return other, true
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		var latin, cyrillic bool
		for _, r := range word {
			switch {
			case unicode.IsDigit(r) && r > unicode.MaxASCII, r >= '！' && r <= '～':
				return r, true
			case unicode.In(r, unicode.Han, unicode.Arabic, unicode.Hebrew, unicode.Greek, unicode.Hiragana, unicode.Katakana, unicode.Thai):
				return r, true
			}
			latin, cyrillic = latin || unicode.Is(unicode.Latin, r), cyrillic || unicode.Is(unicode.Cyrillic, r)
			if latin && cyrillic {
				return r, true
			}
		}
	}
	return 0, false
}
