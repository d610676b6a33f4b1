// Package text knows how Vietnamese is written: one normal form for letters
// and tone marks, folding for readers who type without diacritics, words and
// numbers as search sees them, and where a sentence ends.
//
// It knows neither reports nor databases. Offsets are bytes into the string
// that was passed in.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s in NFC with every run of white space as one space, none at
// the ends, and without characters that print nothing (zero-width marks, NUL
// and other controls). It is the form in which a report's text is shown.
func Clean(s string) string {
	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case invisible(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String()) // a mark may have stood behind what was dropped
}

// invisible reports whether r is drawn as nothing at all.
func invisible(r rune) bool {
	const zeroWidthJoiner = '\u200d' // part of many emoji
	return unicode.IsControl(r) || (unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner)
}

// Fold returns s in lower case without diacritics, đ as d: "Triều Tiên" is
// "trieu tien". Letters of scripts without such marks stay as they are, and
// Hangul stays composed.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r < rune(len(folded)) && folded[r] >= 0:
			b.WriteRune(folded[r])
		case r < rune(len(folded)) && folded[r] == dropped:
		case r >= '가' && r <= '힣', r >= '\u2002' && r < '\u20d0':
			b.WriteRune(r)
		default:
			return foldSlowly(s)
		}
	}
	return b.String()
}

func isFolded(s string) bool {
	for _, r := range s {
		if r >= rune(len(folded)) || folded[r] != r {
			return false
		}
	}
	return true
}

// What the folding table says of runes that do not become one other rune.
const (
	dropped = -1 // a combining mark
	unsure  = -2
)

// folded has the folded form of every rune of the alphabets that are met most,
// since folding is where indexing and ranking spend their time.
var folded = func() (table [0x1f00]rune) {
	for r := range table {
		form := []rune(foldSlowly(string(rune(r))))
		switch {
		case r >= 0x1100 && r < 0x1200: // parts of Hangul, which compose with each other
			table[r] = unsure
		case len(form) == 0:
			table[r] = dropped
		case len(form) == 1:
			table[r] = form[0]
		default:
			table[r] = unsure
		}
	}
	return table
}()

func foldSlowly(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case unicode.Is(unicode.Mn, r):
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

// HasDiacritics reports whether s holds a letter that only Vietnamese writing
// with its marks has: đ, a letter with a tone or quality mark.
func HasDiacritics(s string) bool {
	for _, r := range norm.NFC.String(s) {
		if r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return false
}

// toneStyles maps the newer placing of a tone mark in an open syllable to the
// older one, so that hoà and hòa, thuỷ and thủy are one word.
var toneStyles = map[string]string{
	"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
	"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
	"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}

// oneToneStyle returns a lower-case NFC syllable with its tone mark in the
// older place. After q the u belongs to the consonant, so quý stays.
func oneToneStyle(syllable string) string {
	last, size := utf8.DecodeLastRuneInString(syllable)
	if last < utf8.RuneSelf || len(syllable) <= size {
		return syllable
	}
	stem, ending := syllable[:len(syllable)-size-1], syllable[len(syllable)-size-1:]
	if ending[0] != 'o' && ending[0] != 'u' {
		return syllable
	}
	older, ok := toneStyles[ending]
	if !ok || ending[0] == 'u' && strings.HasSuffix(stem, "q") {
		return syllable
	}
	return stem + older
}
