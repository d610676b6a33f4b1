package telegram

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/telegram/telegramtest"
)

var (
	transcript = regexp.MustCompile("(?s)```chat\n(.*?)```")
	spoken     = regexp.MustCompile(`^(?:\((\pL+)\) )?(\pL+)( sends| presses|:) (.+)$`)
)

// TestREADMEConversations has the bot say what the README shows: the blocks
// marked chat, on the embedded report and without a model. A line is what
// somebody says, sends or presses; "(Team) " before a name is the group. The
// lines of the bot's answer follow "bot: ", those after the first are indented,
// and its buttons stand in brackets; "…" stands for what is left out.
func TestREADMEConversations(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := transcript.FindAllSubmatch(readme, -1)
	if len(blocks) < 3 {
		t.Fatalf("the README shows %d conversations", len(blocks))
	}
	for _, block := range blocks {
		head, _, _ := strings.Cut(string(block[1]), "\n")
		t.Run(head, func(t *testing.T) {
			t.Parallel()
			playTranscript(t, string(block[1]))
		})
	}
}

func playTranscript(t *testing.T, block string) {
	s := newStage(t, "../../store/report/digest.vi.txt")
	people := map[string]*telegramtest.User{"Eva": s.srv.User("Eva", "vi"), "Ana": s.srv.User("Ana", "vi")}
	team := s.srv.Supergroup("Team")
	s.admins = []int64{people["Eva"].ID}
	s.start()
	var said, heard telegramtest.Message // the person's last message, and the bot's
	for line := range strings.Lines(strings.ReplaceAll(block, "\n  ", "\x00")) {
		line = strings.TrimRight(line, "\n")
		if want, isBot := strings.CutPrefix(line, "bot: "); isBot {
			heard = s.now(said, heard)
			if got := shown(heard); !fits(strings.Split(want, "\x00"), got) {
				t.Errorf("after %q the bot says\n%s", said.Text, got)
			}
			continue
		}
		m := spoken.FindStringSubmatch(line)
		if m == nil || people[m[2]] == nil {
			t.Fatalf("who says what? %q", line)
		}
		who := people[m[2]]
		chat := who.Chat()
		if m[1] == "Team" {
			chat = team
		}
		switch m[3] {
		case ":":
			said = who.WritesIn(chat, m[4])
		case " sends":
			data, err := os.ReadFile("../testdata/" + m[4])
			if err != nil {
				t.Fatal(err)
			}
			said = who.SendsDocument(chat, telegramtest.Document{Name: m[4], Data: data})
		case " presses":
			who.Presses(heard, dataOf(t, heard, m[4]))
		}
		s.settled()
	}
}

// now returns the bot's answer to a message as it stands in the chat.
func (s *stage) now(said, heard telegramtest.Message) telegramtest.Message {
	s.t.Helper()
	all := s.srv.Messages(said.ChatID)
	at := slices.IndexFunc(all, func(m telegramtest.Message) bool { return m.ReplyTo == said.ID })
	if at < 0 {
		at = slices.IndexFunc(all, func(m telegramtest.Message) bool { return m.ID == heard.ID })
	}
	if at < 0 {
		s.t.Fatalf("no answer to %q", said.Text)
	}
	return all[at]
}

// shown returns a message as a transcript shows it.
func shown(m telegramtest.Message) string {
	text := m.Text
	for _, row := range m.Buttons {
		var names []string
		for _, b := range row {
			names = append(names, "["+b.Text+"]")
		}
		text += "\n" + strings.Join(names, " ")
	}
	return text
}

// dataOf returns the data of the button with this text.
func dataOf(t *testing.T, m telegramtest.Message, text string) string {
	t.Helper()
	for _, b := range slices.Concat(m.Buttons...) {
		if b.Text == text {
			return b.CallbackData
		}
	}
	t.Fatalf("no button %q under\n%s", text, shown(m))
	panic("unreachable")
}

// fits reports whether a message has these lines, blank ones aside.
func fits(want []string, got string) bool {
	pattern := "^"
	for _, line := range want {
		if line == "…" {
			pattern += `(?:.*\n)*?`
			continue
		}
		pattern += strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(line)), "…", ".*") + "\n"
	}
	got = regexp.MustCompile(`\n\s*`).ReplaceAllString(got+"\n", "\n")
	return regexp.MustCompile(pattern + "$").MatchString(got)
}
