package report

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// byteOrderMark begins what is surely UTF-8.
var byteOrderMark = []byte("\ufeff")

// declared is where a page says its encoding.
var declared = regexp.MustCompile(`(?i)<meta\b[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w:.-]+)|<\?xml\b[^>]{0,100}\bencoding\s*=\s*["']([\w:.-]+)`)

// declaredWithin is how much of a page is searched for that: browsers take the
// first 1,024 bytes only, which scripts often fill.
const declaredWithin = 64 << 10

// encodingOf returns the encoding of a page, by its byte order mark or what it
// says of itself; certain is false where it is a guess. A page that a program saved
// anew may still name its former encoding.
func encodingOf(data []byte) (e encoding.Encoding, certain bool) {
	if isUTF8(data) && !bytes.HasPrefix(data, byteOrderMark) {
		return encoding.Nop, true
	}
	e, _, certain = charset.DetermineEncoding(data, "")
	if certain {
		return e, true
	}
	if m := declared.FindSubmatch(data[:min(len(data), declaredWithin)]); m != nil {
		if said, _ := charset.Lookup(string(bytes.Join(m[1:], nil))); said != nil {
			return said, true
		}
	}
	return e, false
}

// isUTF8 reports whether a text is UTF-8 by its signs that aren't ASCII: hardly any
// text in another encoding is valid as well.
func isUTF8(data []byte) bool {
	const fewest = 6
	other := 0
	for _, b := range data {
		if b >= utf8.RuneSelf {
			other++
		}
	}
	return other >= fewest && utf8.Valid(data)
}

// fromWindows1252 decodes a text that says nothing of its encoding, as old programs for
// Windows save English and French; ok is false where it holds UTF-8, control characters,
// or so many other letters that it is in another script.
func fromWindows1252(data []byte) (decoded []byte, ok bool) {
	letters, other := 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case size > 1 || r < ' ' && !bytes.ContainsRune([]byte("\t\n\v\f\r"), r):
			return nil, false
		case r == utf8.RuneError:
			other++
		case unicode.IsLetter(r):
			letters++
		}
		i += size
	}
	if _, vietnamese := legacyVietnamese(data); vietnamese || 5*other > letters {
		return nil, false
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return decoded, err == nil && !bytes.ContainsRune(decoded, utf8.RuneError)
}

// inUTF8 returns text that a server sent in the encoding that it names, as UTF-8
// with a byte order mark: so no reader asks the text itself, which the server's
// word goes before. A byte order mark of the text's own goes before both.
func inUTF8(data []byte, mediaType, ending string) []byte {
	isText := ending == "" || textEndings[ending]
	if !isText || isPDF(ending, data) || bytes.HasPrefix(data, zipped) {
		return data
	}
	for _, mark := range [][]byte{byteOrderMark, {0xff, 0xfe}, {0xfe, 0xff}} {
		if bytes.HasPrefix(data, mark) {
			return data
		}
	}
	_, parameters, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return data
	}
	named, name := charset.Lookup(parameters["charset"])
	if named == nil || strings.HasPrefix(name, "utf-16") && utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return data
	}
	decoded, err := named.NewDecoder().Bytes(data)
	if err != nil || len(decoded) == 0 || bytes.Count(decoded, []byte("\ufffd"))*100 > len(decoded) {
		return data // the server is wrong
	}
	return append(bytes.Clone(byteOrderMark), decoded...)
}
