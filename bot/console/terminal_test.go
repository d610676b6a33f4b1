package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"reportbot/bot"
)

// desk is a conversation that is two functions.
type desk struct {
	conversation
	press func(p bot.Callback, out bot.CallbackResponder) error
}

func (d desk) HandleCallback(_ context.Context, p bot.Callback, out bot.CallbackResponder) error {
	return d.press(p, out)
}

func TestAtATerminalAnAnswerAppearsClaimByClaim(t *testing.T) {
	claim := func(text string) bot.Line {
		return bot.Line{{Text: text}, {Text: " "}, {Text: "[1]", Link: "https://example.org/1"}}
	}
	var out strings.Builder
	chat := Chat{In: strings.NewReader("vì sao?\n"), Out: &out, Terminal: true, Conversation: conversation(
		func(ctx context.Context, _ bot.Incoming, to bot.Responder) error {
			_ = to.Working(ctx, words("Đang tìm…"))
			waiting := words("Đang chờ…")
			waiting.Note = true
			to.Partial(ctx, waiting)
			to.Partial(ctx, bot.Message{Lines: []bot.Line{{{Text: "Một. [1]"}}}})
			to.Partial(ctx, bot.Message{Lines: []bot.Line{claim("Một."), {{Text: "Hai. [1]"}}}})
			_, err := to.Final(ctx, bot.Message{
				Lines:   []bot.Line{claim("Một."), claim("Hai."), nil, {{Text: "Nguồn:", Bold: true}}},
				Buttons: [][]bot.Button{{{Text: "Đoạn", Data: "p:1"}, {Text: "Đăng", Query: "#1"}}, {{Text: "Mở", Link: "https://example.org"}}},
			})
			return err
		})}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[2mĐang tìm…\x1b[0m\r\x1b[K\x1b[2mĐang chờ…\x1b[0m\r\x1b[KMột. [1]\nHai. [1]\n\n\x1b[1mNguồn:\x1b[0m\n\x1b[2m1) Đoạn\x1b[0m\n\n"
	if got := out.String(); got != want {
		t.Errorf("printed %q\n   want %q", got, want)
	}
}

func TestAtATerminalAnAnswerThatTurnsOutOtherwiseIsPrintedWhole(t *testing.T) {
	var out strings.Builder
	chat := Chat{In: strings.NewReader("vì sao?\n"), Out: &out, Terminal: true, Conversation: conversation(
		func(ctx context.Context, _ bot.Incoming, to bot.Responder) error {
			to.Partial(ctx, words("Một."))
			_, err := to.Final(ctx, words("Không có gì."))
			return err
		})}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "Một.\nKhông có gì.\n\n" {
		t.Errorf("printed %q", got)
	}
}

func TestAtATerminalAButtonIsPressedByItsNumber(t *testing.T) {
	var out strings.Builder
	var pressed, asked []string
	chat := Chat{In: strings.NewReader("1\na\n2\n3\n1\n"), Out: &out, Terminal: true, Conversation: desk{
		func(ctx context.Context, in bot.Incoming, to bot.Responder) error {
			asked = append(asked, in.Text)
			m := words("<" + in.Text + ">")
			if in.Text == "a" {
				m.Buttons = [][]bot.Button{{{Text: "Đoạn", Data: "p:1"}, {Text: "👍", Data: "u:1"}}}
			}
			_, err := to.Final(ctx, m)
			return err
		},
		func(p bot.Callback, to bot.CallbackResponder) error {
			pressed = append(pressed, p.Data)
			to.Toast(t.Context(), "Cảm ơn.")
			if !p.Private || !p.Sender.Owner || p.Thread != chatKey {
				t.Errorf("pressed is %+v", p)
			}
			return nil
		},
	}}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(asked, " "); got != "1 a 3 1" { // an answer without buttons has none to press
		t.Errorf("asked are %q", got)
	}
	if got := strings.Join(pressed, " "); got != "u:1" || !strings.Contains(out.String(), "\x1b[2mCảm ơn.\x1b[0m\n") {
		t.Errorf("pressed are %q: %q", got, out.String())
	}
}

func TestFromAPipeANumberIsAQuestion(t *testing.T) {
	var out strings.Builder
	chat := Chat{In: strings.NewReader("a\n1\n"), Out: &out, Conversation: conversation(
		func(ctx context.Context, in bot.Incoming, to bot.Responder) error {
			m := words("<" + in.Text + ">")
			m.Buttons = [][]bot.Button{{{Text: "Đoạn", Data: "p:1"}}}
			_, err := to.Final(ctx, m)
			return err
		})}
	if err := chat.Run(t.Context()); err != nil || out.String() != "<a>\n\n<1>\n\n" {
		t.Errorf("printed %q, %v", out.String(), err)
	}
}

func TestATextCantSteerTheTerminal(t *testing.T) {
	got := (&Chat{}).styledLine(bot.Line{{Text: "a\x1b[2Jb\u009bc\x07"}, {Text: "x", Link: "https://example.org/\x1b]"}})
	if want := "a[2Jbc\x1b[36mx\x1b[0m \x1b[2mhttps://example.org/]\x1b[0m"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestLinesAreBrokenBetweenWords(t *testing.T) {
	for _, test := range []struct {
		name, line string
		columns    int
		want       string
	}{
		{"a width that is unknown", "một hai ba", 0, "một hai ba"},
		{"a line that fits", "một hai ba", 10, "một hai ba"},
		{"a line that is too long", "một hai ba", 9, "một hai\nba"},
		{"colours take no room", "\x1b[1mmột hai\x1b[0m ba", 10, "\x1b[1mmột hai\x1b[0m ba"},
		{"wide letters take two columns", "조선 군대", 8, "조선\n군대"},
		{"an address stays whole", "a https://example.org/a-b-c", 10, "a\nhttps://example.org/a-b-c"},
		{"a word as wide as the terminal", "một 1234", 4, "một\n1234"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			chat := Chat{Out: &out, Columns: func() int { return test.columns }}
			if err := chat.Say(test.line); err != nil || out.String() != test.want+"\n" {
				t.Errorf("printed %q, %v; want %q", out.String(), err, test.want)
			}
		})
	}
}

// keyboard is what is typed, and what the terminal shows.
type keyboard struct {
	io.Reader
	bytes.Buffer
}

func (k *keyboard) Read(p []byte) (int, error) { return k.Reader.Read(p) }

func TestTheEditorHasHistoryAndCompletion(t *testing.T) {
	commands := []string{"sections", "settings", "sources", "help"}
	for _, test := range []struct{ name, typed, want string }{
		{"a line", "vì sao?\r", "vì sao?"},
		{"a command that is clear", "/he\t\r", "/help "},
		{"as far as it is clear", "/se\t\r", "/se"},
		{"a command with its argument", "/sect\t x\r", "/sections  x"},
		{"no command", "/xy\t\r", "/xy"},
		{"a question", "he\t\r", "he"},
		{"the line before", "một\r\x1b[A\r", "một|một"},
		{"the one before that", "một\rhai\r\x1b[A\x1b[A\r", "một|hai|một"},
		{"Ctrl-C ends the chat", "một\r\x03hai\r", "một"},
		{"Ctrl-C empties the line", "một\x03hai\r", "hai"},
		{"Ctrl-C empties what stands behind the cursor too", "một\x1b[D\x1b[D\x03hai\r", "hai"},
		{"Ctrl-C ends the chat once the line is empty", "một\x03\x03hai\r", ""},
		{"Ctrl-D ends the chat", "\x04", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := newEditor(&keyboard{Reader: strings.NewReader(test.typed)}, "> ", commands)
			var lines []string
			for {
				line, err := e.ReadLine()
				if err != nil {
					if !errors.Is(err, io.EOF) {
						t.Error(err)
					}
					break
				}
				lines = append(lines, line)
			}
			if got := strings.Join(lines, "|"); got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheEditorLeavesTheTerminalAsItWas(t *testing.T) {
	e := newEditor(&keyboard{Reader: strings.NewReader("một\r")}, "> ", nil)
	taken, left := 0, 0
	e.raw = func() (func(), error) { taken++; return func() { left++ }, nil }
	for range 2 {
		_, _ = e.ReadLine() // a line, then the end
	}
	e.Close()
	if taken != 2 || left != 2 {
		t.Errorf("taken over %d times, left %d times", taken, left)
	}
}

func TestTheChatReadsFromItsEditor(t *testing.T) {
	var out strings.Builder
	e := newEditor(&keyboard{Reader: strings.NewReader("a\r\rb\r\x04")}, "> ", nil)
	chat := Chat{Out: &out, Editor: e, Conversation: conversation(echo)}
	if err := chat.Run(t.Context()); err != nil || out.String() != "<a>\n\n<b>\n\n" {
		t.Errorf("printed %q, %v", out.String(), err)
	}
}

func TestTabListsWhatALineMayBecome(t *testing.T) {
	k := &keyboard{Reader: strings.NewReader("/se\t\r")}
	if _, err := newEditor(k, "> ", []string{"sections", "settings", "sources"}).ReadLine(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(k.String(), "/sections  /settings\r\n") || strings.Contains(k.String(), "/sources") {
		t.Errorf("shown is %q", k.String())
	}
}

func TestWithoutColoursATerminalIsATerminal(t *testing.T) {
	var out strings.Builder
	chat := Chat{In: strings.NewReader("a\n1\n"), Out: &out, Terminal: true, Colourless: true, Conversation: desk{
		func(ctx context.Context, _ bot.Incoming, to bot.Responder) error {
			_ = to.Working(ctx, words("Đang tìm…"))
			_, err := to.Final(ctx, bot.Message{
				Lines: []bot.Line{{{Text: "Nguồn:", Bold: true}}}, Buttons: [][]bot.Button{{{Text: "Đoạn", Data: "p:1"}}},
			})
			return err
		},
		func(p bot.Callback, to bot.CallbackResponder) error { to.Toast(t.Context(), p.Data); return nil },
	}}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "Đang tìm…\r\x1b[KNguồn:\n1) Đoạn\n\np:1\n" {
		t.Errorf("printed %q", got)
	}
}

func TestTheChatEndsWhenItIsToldTo(t *testing.T) {
	for _, line := range []string{"/quit", "/exit", "exit", "QUIT", "thoát", "thoat", " exit! "} {
		var out strings.Builder
		chat := Chat{In: strings.NewReader("a\n" + line + "\nb\n"), Out: &out, Conversation: conversation(echo)}
		if err := chat.Run(t.Context()); err != nil || out.String() != "<a>\n\n<exit>\n\n" {
			t.Errorf("%q: printed %q, %v", line, out.String(), err)
		}
	}
}
