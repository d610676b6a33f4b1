package report

import (
	"bytes"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// byteOrderMark is the UTF-8 byte order mark.
var byteOrderMark = []byte("\ufeff")

// declaredEncoding matches a page's declaration of its encoding.
var declaredEncoding = lazyregexp.New(`(?i)<meta\b[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w:.-]+)|<\?xml\b[^>]{0,100}\bencoding\s*=\s*["']([\w:.-]+)`)

// declarationLimit is how many bytes of a page are searched for it: browsers search only
// the first 1,024, which scripts often fill.
const declarationLimit = 64 << 10

// encodingOf returns the encoding of a page by its byte order mark or its declaration;
// certain is false if it is a guess. A page that was saved again by a program may still
// declare its former encoding.
func encodingOf(data []byte) (e encoding.Encoding, certain bool) {
	if isUTF8(data) && !bytes.HasPrefix(data, byteOrderMark) {
		return encoding.Nop, true
	}
	e, _, certain = charset.DetermineEncoding(data, "")
	if certain {
		return e, true
	}
	if m := declaredEncoding.FindSubmatch(data[:min(len(data), declarationLimit)]); m != nil {
		if said, _ := charset.Lookup(string(bytes.Join(m[1:], nil))); said != nil {
			return said, true
		}
	}
	return e, false
}

// isUTF8 reports whether a text is UTF-8 by its non-ASCII characters: hardly any text in
// another encoding is valid UTF-8.
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

// toUTF8 converts text in the encoding of a Content-Type header to UTF-8 with a byte order
// mark, which gives the header priority over the text's own declaration. A byte order mark
// in the text has priority over both.
func toUTF8(data []byte, mediaType, ending string) []byte {
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
