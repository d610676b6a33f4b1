package answer

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"reportbot/store/text"
)

var markup = regexp.MustCompile("(?i)[a-z]+://|https?:|@[a-z0-9_]{3}|www\\.|</?[a-z!]|\\*\\*|__|~~|`|\\]\\s*\\(|\\[\\s*[S^]?\\d+|^#|&(?:[a-z]+|#\\d+);|\\b[a-z0-9-]+\\.(?:com|org|net|ru|me|info|io|gov|vn)\\b(?:/|$|\\s)|^>|^\\||\\{\\{|\\\\[a-z]")

// markupFault refuses links and formatting of the model's own.
func markupFault(s *statement) string {
	if found := markup.FindString(s.text); found != "" {
		return fmt.Sprintf("it has markup or a link of its own: %q", found)
	}
	if r, odd := oddScript(s.text); odd {
		return fmt.Sprintf("%q is not written so in its language", string(r))
	}
	return ""
}

// oddScript finds a letter or digit that looks like one of another script, by
// which a statement could slip past a comparison of words.
func oddScript(s string) (rune, bool) {
	latinLetters := strings.Count(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Latin, r) {
			return 'x'
		}
		return -1
	}, s), "x")
	others := 0
	var other rune
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) || unicode.Is(unicode.Hangul, r) {
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
			case unicode.Is(unicode.Han, r), unicode.Is(unicode.Arabic, r), unicode.Is(unicode.Hebrew, r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), unicode.Is(unicode.Thai, r):
				return r, true
			}
			latin = latin || unicode.Is(unicode.Latin, r)
			if unicode.Is(unicode.Cyrillic, r) {
				cyrillic = true
				if latin {
					return r, true
				}
			}
			if cyrillic && unicode.Is(unicode.Latin, r) {
				return r, true
			}
		}
	}
	return 0, false
}

var quotation = regexp.MustCompile(`“([^”]+)”|"([^"]+)"|«([^»]+)»|‘([^’]{8,})’`)

// quotationFault refuses a quotation that is not the source's words.
func quotationFault(s *statement, r *reading) string {
	for _, m := range quotation.FindAllStringSubmatch(s.text, -1) {
		quoted := strings.Join(m[1:], "")
		if !strings.Contains(unquoted(r.text), unquoted(quoted)) {
			return fmt.Sprintf("no cited sentence has the words %q", quoted)
		}
	}
	return ""
}

// unquoted returns s for comparing words: lower case, without quotation marks
// and without the punctuation around it.
func unquoted(s string) string {
	s = strings.ToLower(text.Clean(s))
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”\"«»‘’'", r) {
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, " .,;:!?…")
}
