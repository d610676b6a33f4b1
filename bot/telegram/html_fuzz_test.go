package telegram

import (
	"strings"
	"testing"

	"reportbot/bot"
)

// FuzzRender makes a message of a text: "\n" parts lines, "|" parts spans, of
// which each is plain, bold, a link, or both by the bits of styles; the whole
// stands there several times, on lines of its own or on one.
func FuzzRender(f *testing.F) {
	f.Add("Cầu dài 1.240 mét. |[1]| |[2]\n\nNguồn:\n[1] |example.com", "https://example.com/?a=1&b=2", uint64(0b0110), uint8(3), false)
	f.Add("<b>|&amp;|\"'|</a>", `https://example.com/"><b>`, uint64(0b11_10_01_00), uint8(255), true)
	f.Add("👩‍👩‍👧|😀 😀|e\u0302\u0301", "https://example.com", uint64(0b10), uint8(200), true)
	f.Add(strings.Repeat("mười chữ ", 600), "", uint64(0), uint8(1), false)
	f.Add("x|", "https://example.com/", uint64(0b10), uint8(120), true)
	f.Add(" |\n|\t\n", "https://example.com/", uint64(0xffff), uint8(2), false)
	f.Add("a\xff\x00|\xed\xa0\x80b", "\xff", uint64(0b11), uint8(9), false)
	f.Fuzz(func(t *testing.T, text, address string, styles uint64, times uint8, oneLine bool) {
		if len(text) > 5_000 {
			t.Skip("longer than any answer")
		}
		var lines []bot.Line
		n := 0
		for written := range strings.SplitSeq(text, "\n") {
			var line bot.Line
			for words := range strings.SplitSeq(written, "|") {
				span := bot.Span{Text: words, Bold: styles>>(2*n%64)&1 == 1, Quote: styles>>(len(lines)%64)&1 == 1}
				if styles>>(2*n%64)&2 == 2 {
					span.Link = address
				}
				line = append(line, span)
				n++
			}
			lines = append(lines, line)
		}
		var m bot.Message
		for range min(int(times), 20_000/(len(text)+1)) {
			if oneLine && len(m.Lines) > 0 {
				m.Lines[0] = append(m.Lines[0], lines[0]...)
				continue
			}
			m.Lines = append(m.Lines, lines...)
		}
		parse(t, m)
	})
}
