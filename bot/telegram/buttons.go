package telegram

import (
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// keyboard returns buttons in Telegram's form; nil if there are none. Without inline mode
// Telegram refuses buttons with a query, so they are left out.
func keyboard(rows [][]bot.Button, inline bool) models.ReplyMarkup {
	markup := models.InlineKeyboardMarkup{}
	for _, row := range rows {
		var line []models.InlineKeyboardButton
		for _, b := range row {
			button := models.InlineKeyboardButton{Text: b.Text, CallbackData: b.Data, URL: b.Link}
			if b.Query != "" {
				if !inline {
					continue
				}
				button.SwitchInlineQuery = &b.Query
			}
			line = append(line, button)
		}
		if len(line) > 0 {
			markup.InlineKeyboard = append(markup.InlineKeyboard, line)
		}
	}
	if len(markup.InlineKeyboard) == 0 {
		return nil
	}
	return markup
}
