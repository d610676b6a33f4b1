package telegram

import (
	"testing"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

// Telegram makes links of addresses in plain text; a broken one must not
// become a link.
func TestDamagedURLsAreNotLinked(t *testing.T) {
	parts := Render(bot.Message{Lines: []bot.Line{{{Text: "Hỏng: "}, {Text: "https://x.org/a& b", Code: true, Bold: true}}}})
	if len(parts) != 1 || parts[0] != "Hỏng: <code>https://x.org/a&amp; b</code>" {
		t.Fatalf("rendered %q", parts)
	}
	if _, entities, err := telegramtest.ParseHTML(parts[0]); err != nil || len(entities) != 1 || entities[0].Type != "code" {
		t.Errorf("parsed as %+v, %v", entities, err)
	}
}
