package telegram

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

// part is a part of a message as it stands in the chat.
type part struct {
	text     string
	entities []telegramtest.Entity
}

func (p part) links() int {
	count := 0
	for _, e := range p.entities {
		if e.Type == "text_link" {
			count++
		}
	}
	return count
}

// parse reads what Render made of a message as Telegram does, and holds it to
// what Telegram asks of every message and to what it must not lose.
func parse(t *testing.T, m bot.Message) []part {
	t.Helper()
	var parts []part
	var shown strings.Builder
	for i, html := range Render(m) {
		text, entities, err := telegramtest.ParseHTML(html)
		switch {
		case err != nil:
			t.Fatalf("part %d can't be parsed: %v\n%.500s", i+1, err, html)
		case text == "":
			t.Errorf("part %d is empty: %.500q", i+1, html)
		case telegramtest.Length(text) > 4096:
			t.Errorf("part %d has %d UTF-16 units", i+1, telegramtest.Length(text))
		case len(entities) > 100:
			t.Errorf("part %d has %d entities", i+1, len(entities))
		case strings.HasPrefix(text, "\n") || strings.HasSuffix(text, "\n"):
			t.Errorf("part %d begins or ends with an empty line: %.100q", i+1, text)
		}
		parts = append(parts, part{text, entities})
		shown.WriteString(visible(text))
	}
	var want strings.Builder
	for _, line := range m.Lines {
		for _, span := range line {
			want.WriteString(visible(strings.ToValidUTF8(strings.ReplaceAll(span.Text, "\x00", ""), "\ufffd")))
		}
	}
	if shown.String() != want.String() {
		t.Errorf("text was lost or made up:\n got %.500q\nwant %.500q", shown.String(), want.String())
	}
	return parts
}

// visible returns what of a text is neither white space, which may go at a
// cut, nor one of the signs that Telegram drops.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), r >= 0x2028 && r <= 0x202e, r == 0x333, r == 0x33f, r == 0x30a:
			return -1
		}
		return r
	}, s)
}

func text(s string) bot.Span                { return bot.Span{Text: s} }
func bold(s string) bot.Span                { return bot.Span{Text: s, Bold: true} }
func link(s, address string) bot.Span       { return bot.Span{Text: s, Link: address} }
func message(lines ...bot.Line) bot.Message { return bot.Message{Lines: lines} }
func repeat(n int, spans ...bot.Span) (l bot.Line) {
	for range n {
		l = append(l, spans...)
	}
	return l
}

// rendered are the messages of testdata/rendered.golden.
var rendered = []struct {
	name    string
	message bot.Message
}{
	{"an answer with its sources", message(
		bot.Line{text("Cầu dài 1.240 mét."), text(" "), link("[1]", "https://example.com/dai"), text(" "), text("[7]")}, nil,
		bot.Line{bold("Nguồn:")},
		bot.Line{text("[1]"), text(" "), link("example.com", "https://example.com/dai"), text(" · "), link("example.com (2)", "https://example.com/2")},
		bot.Line{text("[7]"), text(" như in")})},
	{"signs that HTML means something by, in a text", message(
		bot.Line{text(`a < b && c > "d" and 'e' <b>f</b> &lt; &amp; &#33; <script>`)})},
	{"the same in bold and in links", message(
		bot.Line{bold(`<b>`), link(`</a>"`, `https://example.com/?a=1&b="2"&c=<d>'e'`)})},
	{"bold links", message(
		bot.Line{bot.Span{Text: "cả hai", Link: "https://example.com/", Bold: true}})},
	{"empty lines at the ends are dropped, within they stay", message(
		nil, nil, bot.Line{text("một")}, nil, nil, bot.Line{text("hai")}, nil)},
	{"what is no UTF-8, and NUL", message(
		bot.Line{text("a\xffb\x00c"), link("d\xed\xa0\x80", "https://example.com/\xff")})},
	{"bold and links of nothing to see are text", message(
		bot.Line{text("a"), bold(""), link(" ", "https://example.com/1"), bold("\t"), link("", "https://example.com/2"), text("b")})},
	{"a quotation between other lines", message(
		bot.Line{bold("Đoạn 3")},
		bot.Line{bot.Span{Text: "Cầu dài ", Quote: true}, bot.Span{Text: "1.240 mét.", Quote: true, Bold: true}},
		bot.Line{bot.Span{Text: "Nó có bốn làn xe.", Quote: true}},
		bot.Line{text("[1]")})},
	{"a quotation at the end", message(
		bot.Line{text("Nguyên văn:")}, bot.Line{bot.Span{Text: "Cầu dài 1.240 mét.", Quote: true}})},
	{"nothing", message()},
	{"nothing to see", message(bot.Line{text(" ")}, nil, bot.Line{bold("\n"), link("", "https://example.com/")})},
	{"emoji, marks of their own and other scripts", message(
		bot.Line{text("👩‍👩‍👧 e\u0302\u0301 한국 привет \u200b"), link("🇻🇳", "https://example.com/vi")})},
}

func TestRenderGolden(t *testing.T) {
	var b strings.Builder
	for _, r := range rendered {
		parse(t, r.message)
		fmt.Fprintf(&b, "-- %s --\n", r.name)
		for _, html := range Render(r.message) {
			fmt.Fprintf(&b, "%s\n", html)
		}
		b.WriteByte('\n')
	}
	const path = "testdata/rendered.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s differs (if that is right, run the test with -update):\n got\n%s\nwant\n%s", path, b.String(), want)
	}
}

func TestLongMessageIsSplitAtTheBestPlace(t *testing.T) {
	const address = "https://example.com/"
	a := func(n int) bot.Line { return bot.Line{text(strings.Repeat("a", n))} }
	words := func(n int) bot.Line { return bot.Line{text(strings.Repeat("mười chữ. ", n))} }
	for _, test := range []struct {
		name    string
		message bot.Message
		units   []int // of each part
		links   []int
	}{
		{"what just fits is one part", message(a(4000), a(95)), []int{4096}, nil},
		{"one unit more, and the last line goes to a second part", message(a(4000), a(96)), []int{4000, 96}, nil},
		{"a line stays whole though a piece of it would fit", message(a(3000), a(3000)), []int{3000, 3000}, nil},
		{"an empty line at the cut goes", message(a(4095), nil, a(10)), []int{4095, 10}, nil},
		{"empty lines do not fill a part", message(a(10), repeatLines(5000), a(10)), []int{10, 10}, nil},
		{"a line too long for one message is cut behind a word", message(words(500)), []int{4094, 904}, nil},
		{"and where it has no words, anywhere", message(a(9000)), []int{4096, 4096, 808}, nil},
		{"a single word at the beginning is no place to cut", message(bot.Line{text("a " + strings.Repeat("b", 5000))}), []int{4096, 906}, nil},
		{"a sign of two units is not cut in half", message(bot.Line{text("a" + strings.Repeat("😀", 3000))}), []int{4095, 1906}, nil},
		{"a line of many spans is cut between them", message(repeat(500, text("mười chữ."))), []int{4095, 405}, nil},
		{"bold goes on behind a cut", message(bot.Line{bold(strings.Repeat("b", 5000))}), []int{4096, 904}, nil},
		{"a link goes on behind a cut", message(bot.Line{link(strings.Repeat("b", 5000), address)}), []int{4096, 904}, []int{1, 1}},
		{"signs that HTML writes at length count once", message(bot.Line{text(strings.Repeat("&<>\"", 1024))}), []int{4096}, nil},
		{"an address does not count", message(bot.Line{text(strings.Repeat("a", 4090)), link("[1]", address+strings.Repeat("x", 1000))}), []int{4093}, []int{1}},

		{"a hundred links are one part", message(repeat(100, link("x", address), text(" "))), []int{199}, []int{100}},
		{"a line with more is cut between them", message(repeat(250, link("x", address), text(" "))), []int{199, 199, 99}, []int{100, 100, 50}},
		{"lines of links stay whole", message(manyLines(40, repeat(3, link("x", address), text(" ")))...), []int{33*7 - 2, 7*7 - 2}, []int{99, 21}},
		{"bold parts count with the links", message(manyLines(60, bot.Line{bold("x"), text(" "), link("y", address)})...), []int{50*4 - 1, 10*4 - 1}, []int{50, 10}},
	} {
		t.Run(test.name, func(t *testing.T) {
			parts := parse(t, test.message)
			var units, links []int
			for _, p := range parts {
				units = append(units, telegramtest.Length(p.text))
				if test.links != nil {
					links = append(links, p.links())
				}
			}
			if fmt.Sprint(units, links) != fmt.Sprint(test.units, test.links) {
				t.Errorf("the parts have %v units and %v links, want %v and %v", units, links, test.units, test.links)
			}
		})
	}
}

func manyLines(n int, line bot.Line) []bot.Line {
	lines := make([]bot.Line, n)
	for i := range lines {
		lines[i] = line
	}
	return lines
}

// repeatLines returns a line that is n ends of line.
func repeatLines(n int) bot.Line { return bot.Line{text(strings.Repeat("\n", n))} }
