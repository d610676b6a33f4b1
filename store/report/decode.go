package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// ErrNotText means that a file is not text in a supported encoding.
var ErrNotText = errors.New("the file is not plain text in UTF-8: save it in that encoding")

// decode returns data as NFC text with line feeds. UTF-16 is known by its byte order
// mark. What is not UTF-8 may be Western or Vietnamese text in an older encoding. Else a
// few bytes that are no UTF-8 become U+FFFD with a warning; with many it is no text.
func decode(data []byte) (decoded []byte, warnings []string, err error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.Count(data, []byte("\ufffd"))*100 > utf8.RuneCount(data) {
			return nil, nil, ErrNotText
		}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data, warnings, err = withoutNULs(data)
	if err != nil {
		return nil, nil, err
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	if !utf8.Valid(data) {
		line, bad := invalidUTF8(data)
		if western, ok := fromWindows1252(data); ok {
			warnings = append(warnings, "the file is not UTF-8; read as Windows-1252")
			data = western
		} else if bad*100 <= len(data) {
			warnings = append(warnings, fmt.Sprintf("line %d: %d bytes in the file are not UTF-8; shown as \ufffd", line, bad))
			data = bytes.ToValidUTF8(data, []byte("\ufffd"))
		} else if legacy, ok := legacyVietnamese(data); ok {
			warnings = append(warnings, "the file is not UTF-8; read as Vietnamese in an older encoding")
			data = legacy
		} else {
			return nil, nil, ErrNotText
		}
	}
	for _, mark := range zeroWidth {
		data = bytes.ReplaceAll(data, mark, nil)
	}
	return norm.NFC.Bytes(data), warnings, nil
}

// zeroWidth are marks that pages leave in copied text, between a number and its note's
// text too.
var zeroWidth = [][]byte{[]byte("\u200b"), []byte("\u2060"), []byte("\ufeff")}

// withoutNULs replaces a few NUL bytes, with a warning. It fails with ErrNotText if there
// are many, or other control bytes.
func withoutNULs(data []byte) (replaced []byte, warnings []string, err error) {
	nuls := bytes.Count(data, []byte{0})
	if nuls == 0 {
		return data, nil, nil
	}
	binary := func(r rune) bool { return r < ' ' && r != 0 && !strings.ContainsRune("\t\n\v\f\r", r) || r == 0x7f }
	if nuls*20 > len(data) || bytes.ContainsFunc(data, binary) {
		return nil, nil, ErrNotText
	}
	line := 1 + bytes.Count(data[:bytes.IndexByte(data, 0)], []byte("\n"))
	warning := fmt.Sprintf("line %d: %d NUL bytes in the file; shown as \ufffd", line, nuls)
	return bytes.ReplaceAll(data, []byte{0}, []byte("\ufffd")), []string{warning}, nil
}

// invalidUTF8 returns the line of the first invalid byte and the number of invalid bytes.
func invalidUTF8(data []byte) (line, bad int) {
	first := -1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			if first < 0 {
				first = i
			}
			bad++
		}
		i += size
	}
	return 1 + bytes.Count(data[:first], []byte("\n")), bad
}
