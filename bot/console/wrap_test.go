package console

import (
	"testing"

	"reportbot/bot"
)

func TestLinesAreWrappedBetweenWords(t *testing.T) {
	for _, test := range []struct {
		name, line string
		columns    int
		want       string
	}{
		{"no limit", "một hai ba", 0, "một hai ba"},
		{"between words", "một hai ba", 7, "một hai\nba"},
		{"styles take no room", "\x1b[1mmột\x1b[0m hai ba", 7, "\x1b[1mmột\x1b[0m hai\nba"},
		{"wide characters take two columns", "한국 한국", 8, "한국\n한국"},
		{"marks take none", "u\u031b\u0301ng dụng", 9, "u\u031b\u0301ng dụng"},
		{"an address stays whole", "xem https://example.org/a-long-path nữa", 10, "xem\nhttps://example.org/a-long-path\nnữa"},
		{"indents stay", "  một hai", 5, "  một\nhai"},
		{"nothing", "", 5, ""},
	} {
		if got := wrapped(test.line, test.columns); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestALongChoiceHasALineOfItsOwn(t *testing.T) {
	buttons := []bot.Button{{Text: "Đoạn gốc", Data: "p:1"}, {Text: "👍", Data: "u:1"}, {Text: "❓ Cầu Sông Mây được khánh thành vào ngày nào?", Data: "n:1"}}
	const want = "1) Đoạn gốc   2) 👍\n3) ❓ Cầu Sông Mây được khánh thành vào ngày nào?"
	if got := choicesLines(buttons); got != want {
		t.Errorf("the choices are %q, want %q", got, want)
	}
}
