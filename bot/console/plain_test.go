package console

import (
	"strings"
	"testing"

	"reportbot/bot"
)

func TestLineBreaksWithinALineArePrinted(t *testing.T) {
	m := bot.Message{Lines: []bot.Line{{{Text: "✅ a"}, {Text: "\nb “c” "}, {Text: "[1]", Link: "https://example.org"}}, nil, {{Text: "d"}}}}
	for _, terminal := range []bool{false, true} {
		var out strings.Builder
		chat := Chat{Out: &out, Terminal: terminal, Colourless: true}
		if err := chat.Show(m); err != nil {
			t.Fatal(err)
		}
		if got, want := out.String(), "✅ a\nb “c” [1]\n\nd\n\n"; got != want {
			t.Errorf("at a terminal %v: %q, want %q", terminal, got, want)
		}
	}
}

func TestPlainPrintsTheAddressesOfLinks(t *testing.T) {
	const link = "https://example.org/a"
	for _, test := range []struct {
		name string
		m    bot.Message
		want string
	}{
		{"nothing", bot.Message{}, ""},
		{"one line", words("a"), "a"},
		{"an empty line parts paragraphs", bot.Message{Lines: []bot.Line{{{Text: "a"}}, nil, {{Text: "b"}}}}, "a\n\nb"},
		{"bold is plain", bot.Message{Lines: []bot.Line{{{Text: "a", Bold: true}, {Text: " b"}}}}, "a b"},
		{"a link's address follows its text", bot.Message{Lines: []bot.Line{{{Text: "[1]"}, {Text: " "}, {Text: "example.org", Link: link}}}},
			"[1] example.org " + link},
		{"a text that is its own address is printed once", bot.Message{Lines: []bot.Line{{{Text: "example.org: "}, {Text: link, Link: link}}}},
			"example.org: " + link},
		{"a marker has no address: the list of sources has it", bot.Message{Lines: []bot.Line{{{Text: "A claim."}, {Text: " "}, {Text: "[12]", Link: link}}}},
			"A claim. [12]"},
		{"what would be markup on Telegram", words("a < b & c > d <b>"), "a < b & c > d <b>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Plain(test.m); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}
