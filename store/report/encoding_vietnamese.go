package report

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"reportbot/store/text"
)

// The letters of TCVN 5712-3, which fonts such as .VnTime have, and the characters of
// Latin-1 with the same bytes.
const (
	tcvn3Latin1     = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
	tcvn3Vietnamese = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)

// legacyVietnamese decodes a text as Windows-1258 or TCVN 5712-3, whichever turns its first
// words into Vietnamese syllables; ok is false if neither does.
func legacyVietnamese(data []byte) (decoded []byte, ok bool) {
	const sample = 64 << 10
	for _, decode := range []func([]byte) string{fromWindows1258, fromTCVN3} {
		if isVietnamese(decode(data[:min(len(data), sample)])) {
			return []byte(decode(data)), true
		}
	}
	return nil, false
}

func fromWindows1258(data []byte) string {
	decoded, _ := charmap.Windows1258.NewDecoder().Bytes(data) // never fails: what is no letter becomes U+FFFD
	return norm.NFC.String(string(decoded))
}

func fromTCVN3(data []byte) string {
	letters := map[byte]rune{}
	to := []rune(tcvn3Vietnamese)
	for i, r := range []rune(tcvn3Latin1) {
		letters[byte(r)] = to[i]
	}
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(cmp.Or(letters[c], rune(c)))
	}
	return b.String()
}

// isVietnamese reports whether nearly all words of a text with letters outside of ASCII
// are Vietnamese syllables.
func isVietnamese(written string) bool {
	const fewest, share = 10, .9
	other := func(r rune) bool { return r >= utf8.RuneSelf }
	words, syllables := 0, 0
	for _, word := range strings.FieldsFunc(written, func(r rune) bool { return unicode.IsSpace(r) || r < utf8.RuneSelf && !unicode.IsLetter(r) }) {
		if word = strings.Trim(word, "“”‘’–—…"); strings.ContainsFunc(word, other) {
			words++
			if text.Syllable(text.Fold(word)) {
				syllables++
			}
		}
	}
	return words >= fewest && float64(syllables) >= share*float64(words)
}
