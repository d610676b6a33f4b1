package telegram

import (
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

// Telegram refuses a message whole for a button that the bot may not have.
func TestQueryButtonsNeedInlineMode(t *testing.T) {
	rows := [][]bot.Button{{{Text: "read", Data: "p:1"}, {Text: "post", Query: "#1"}}, {{Text: "post", Query: "#1"}}}
	for _, test := range []struct {
		inline bool
		want   []int // buttons by row
	}{{true, []int{2, 1}}, {false, []int{1}}} {
		markup, ok := keyboard(rows, test.inline).(models.InlineKeyboardMarkup)
		if !ok || len(markup.InlineKeyboard) != len(test.want) {
			t.Fatalf("inline %v: %+v", test.inline, markup)
		}
		for i, row := range markup.InlineKeyboard {
			if len(row) != test.want[i] {
				t.Errorf("inline %v: row %d is %+v", test.inline, i, row)
			}
		}
	}
	if markup := keyboard(rows[1:], false); markup != nil {
		t.Errorf("a keyboard without buttons: %+v", markup)
	}
}

// buttonOf returns the button under a message that has a text.
func buttonOf(m telegramtest.Message, text string) (telegramtest.Button, bool) {
	for _, row := range m.Buttons {
		for _, button := range row {
			if strings.Contains(button.Text, text) {
				return button, true
			}
		}
	}
	return telegramtest.Button{}, false
}
