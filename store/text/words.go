package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is one word as search sees it: in Vietnamese a syllable, elsewhere a
// word, or a whole number.
type Word struct {
	Exact      string // lower case, NFC, one tone-mark style; a number has one spelling
	Folded     string // Exact without diacritics
	Start, End int    // bytes in the text it was found in
	Capital    bool   // begins with an upper-case letter
	Number     bool
}

// Words returns the words of s in order. Hyphens and dots part words (Kim
// Jong-un is three, as Kim Jong Un is); thousands marks do not part a number:
// 12.000, 12,000 and 12000 are all "12000". A decimal mark becomes "_" (1,7 is
// "1_7"), the one sign that the index keeps inside a token.
func Words(s string) []Word {
	words := make([]Word, 0, len(s)/5) // about a word of Vietnamese
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case r >= '0' && r <= '9':
			end, number := scanNumber(s, i)
			words = append(words, Word{Exact: number, Folded: number, Start: start, End: end, Number: true})
			i = end
		case isLetter(r):
			composed, visible := true, true
			for i < len(s) {
				next, n := utf8.DecodeRuneInString(s[i:])
				if !isLetter(next) && !unicode.Is(unicode.Mn, next) {
					if !unicode.Is(unicode.Cf, next) {
						break
					}
					visible = false
				}
				composed = composed && neverComposes(next)
				i += n
			}
			exact := s[start:i]
			if !visible {
				exact = withoutFormat(exact)
			}
			if !composed {
				exact = norm.NFC.String(exact)
			}
			exact = oneToneStyle(lowerCase(exact))
			words = append(words, Word{
				Exact: exact, Folded: Fold(exact), Start: start, End: i,
				Capital: unicode.IsUpper(r),
			})
		default:
			i += size
		}
	}
	return words
}

// withoutFormat returns a word as one sees it: without soft hyphens and zero-width marks,
// which come with text that is copied from web pages.
func withoutFormat(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// lower has the lower case of the letters that are met most, and 0 for what is
// no letter: words are cut for every passage that is indexed or ranked.
var lower = func() (table [0x1f00]rune) {
	for r := range table {
		if unicode.IsLetter(rune(r)) {
			table[r] = unicode.ToLower(rune(r))
		}
	}
	return table
}()

func isLetter(r rune) bool {
	if r < rune(len(lower)) {
		return lower[r] != 0
	}
	return unicode.IsLetter(r)
}

// neverComposes reports whether a word of such runes alone is in NFC: those
// before the combining marks, and the Vietnamese letters.
func neverComposes(r rune) bool { return r < 0x300 || r >= 0x1ea0 && r < 0x1f00 }

// lowerCase is strings.ToLower, faster for what is in lower case already.
func lowerCase(s string) string {
	for _, r := range s {
		if r >= rune(len(lower)) || lower[r] != r {
			return strings.ToLower(s)
		}
	}
	return s
}

// scanNumber reads the number that begins at s[i] and returns where it ends
// and its one spelling.
func scanNumber(s string, i int) (end int, number string) {
	digits := func(from int) int {
		for from < len(s) && s[from] >= '0' && s[from] <= '9' {
			from++
		}
		return from
	}
	end = digits(i)
	number = s[i:end]
	var grouping byte // the thousands mark
	// A group of exactly three digits after . or , is thousands (12.000), but
	// not after a leading zero (0,125) and not after more than three digits.
	for s[i] != '0' && isMark(s, end) && (s[end] == grouping || grouping == 0 && end-i <= 3) {
		next := digits(end + 1)
		if next-end != 4 {
			break
		}
		grouping = s[end]
		number += s[end+1 : next]
		end = next
	}
	if isMark(s, end) && s[end] != grouping {
		// A date "5.3.2024" or a list "1,2,3" is no decimal number.
		next := digits(end + 1)
		first := i < 2 || s[i-1] != s[end] || !isDigit(s[i-2])
		last := !isMark(s, next) || next+1 >= len(s) || !isDigit(s[next+1])
		if next > end+1 && next-end <= 4 && first && last {
			number += "_" + s[end+1:next]
			end = next
		}
	}
	return end, number
}

// isMark reports whether s[i] is a thousands or decimal mark.
func isMark(s string, i int) bool { return i < len(s) && (s[i] == '.' || s[i] == ',') }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// Pairs returns the folded neighbours of words joined as one token each:
// "trieu_tien". Words parted by anything but white space or a hyphen are no
// neighbours, since no name or phrase crosses a comma or a full stop.
func Pairs(s string, words []Word) []string {
	var pairs []string
	for i := 1; i < len(words); i++ {
		between := s[words[i-1].End:words[i].Start]
		if strings.TrimFunc(between, joins) == "" {
			pairs = append(pairs, words[i-1].Folded+"_"+words[i].Folded)
		}
	}
	return pairs
}

// joins reports whether r between two words leaves them neighbours: white
// space, or a hyphen (also the two that Unicode added).
func joins(r rune) bool {
	return unicode.IsSpace(r) || r == '-' || r == '\u2010' || r == '\u2011'
}
