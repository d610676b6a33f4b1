package telegram

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

// warned is the line that a correction by an edition with this new sentence has.
func warned(quoted string) bot.Warning { return bot.NewWarning("⚠ Bản 2 nói khác:", quoted) }

func TestCorrectedPartFitsIntoOneMessage(t *testing.T) {
	sentence := strings.Repeat("Cầu này dài 1.250 mét. ", 30)
	claims := func(n int) (m bot.Message) {
		for range n {
			m.Lines = append(m.Lines, bot.Line{{Text: strings.Repeat("Ơ", 390)}, {Text: "[1]", Link: "https://example.org"}})
		}
		m.Lines = append(m.Lines, bot.Line{{Text: "Nguồn:", Bold: true}}, bot.Line{{Text: "[1] "}, {Text: "example.org", Link: "https://example.org"}})
		return m
	}
	for _, test := range []struct {
		name   string
		answer bot.Message
		at     int
		whole  bool // the new sentence isn't shortened
		kept   bool // the part isn't
	}{
		{"a short answer", claims(2), 0, true, true},
		{"some room", claims(9), 0, false, true},
		{"no room in a single part", claims(10), 0, false, false},
		{"a line alone fills the part", bot.Message{Lines: []bot.Line{{{Text: strings.Repeat("Ơ ", 2040)}}}}, 0, false, false},
		{"split, with room in the last part", claims(15), 1, true, true},
		{"split, without any room", claims(20), 1, false, false},
		{"folded lines", bot.Message{Lines: claims(9).Lines, Folded: []bot.Line{{{Text: strings.Repeat("Đ", 150), Quote: true}}, {{Text: strings.Repeat("Đ", 150), Quote: true}}}}, 0, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			parts := contents(test.answer)
			at, part := correctedPart(parts, warned(sentence))
			if at != test.at {
				t.Errorf("of %d parts part %d has the line, want %d", len(parts), at, test.at)
			}
			seen := textOfHTML(part.HTML)
			if !strings.HasPrefix(seen, "⚠ Bản 2 nói khác: “Cầu này dài 1.250 mét.") {
				t.Errorf("it begins %.80q", seen)
			}
			if whole := strings.Contains(seen, strings.TrimSpace(sentence)); whole != test.whole {
				t.Errorf("the new sentence stands there whole: %v", whole)
			}
			if kept := strings.HasSuffix(part.HTML, parts[at].HTML); kept != test.kept {
				t.Errorf("the part stands there whole: %v", kept)
			}
			if parsed, _, err := telegramtest.ParseHTML(part.HTML); err != nil || unitsOf(parsed) > maxUnits {
				t.Errorf("Telegram sees %d units (%v)", unitsOf(parsed), err)
			}
			if again, plain := correctedPart(parts, bot.Warning{}); again != at || plain.HTML != parts[at].HTML {
				t.Error("without a line it is not the part as it was sent")
			}
		})
	}
}

// Many answers are corrected while people ask: no call is over Telegram's limits, and the
// people wait no longer for it.
func TestCorrectionsRespectRateLimits(t *testing.T) {
	slow(t)
	t.Parallel()
	written, err := os.ReadFile(bridge)
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, bridge)
	s.config.SendRate = 30
	s.start()
	sc := &scene{stage: s, reportPath: bridge}
	group := s.srv.Supergroup("Team")
	var answers []telegramtest.Message
	for i := range 12 {
		who := s.srv.User(fmt.Sprintf("P%d", i), "vi")
		for range 3 {
			answers = append(answers, s.srv.WaitReply(patience, who.Writes(lengthQuestion)))
		}
		if i < 3 {
			answers = append(answers, s.srv.WaitReply(patience, who.WritesIn(group, "/ask "+lengthQuestion)))
		}
	}
	time.Sleep(3 * time.Second) // what was just sent counts too
	s.srv.EnforceRates()
	sc.loads(strings.ReplaceAll(string(written), "1.240 mét", "1.250 mét"))
	waited := time.Duration(0)
	for range 5 {
		asked := s.srv.User("Ana", "vi").Writes("Lan can được sơn màu gì?")
		begun := time.Now()
		s.srv.WaitReply(patience, asked)
		waited = max(waited, time.Since(begun))
		time.Sleep(500 * time.Millisecond)
	}
	s.srv.Wait(2*time.Minute, "all corrections", func() bool {
		for _, m := range answers {
			if !strings.HasPrefix(standsNow(s.srv, m), "⚠ Bản 2 nói khác") {
				return false
			}
		}
		return !slices.ContainsFunc(s.srv.Calls("editMessageText"), func(c telegramtest.Call) bool { return c.Status == 0 }) // still running
	})
	for _, call := range s.srv.Calls("editMessageText") {
		if call.Status != http.StatusOK {
			t.Errorf("an edit got %d: %s", call.Status, call.Error)
		}
	}
	t.Logf("%d answers were corrected; the longest wait for an answer meanwhile was %v", len(answers), waited)
	if waited > 3*time.Second {
		t.Errorf("an answer took %v meanwhile", waited)
	}
}

func standsNow(srv *telegramtest.Server, known telegramtest.Message) string {
	for _, m := range srv.Messages(known.ChatID) {
		if m.ID == known.ID {
			return m.Text
		}
	}
	return ""
}
