package telegram

import (
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// keyboard returns buttons as Telegram takes them; nil, which shows none, for
// no buttons.
func keyboard(rows [][]bot.Button) models.ReplyMarkup {
	if len(rows) == 0 {
		return nil
	}
	markup := models.InlineKeyboardMarkup{}
	for _, row := range rows {
		var line []models.InlineKeyboardButton
		for _, b := range row {
			line = append(line, models.InlineKeyboardButton{Text: b.Text, CallbackData: b.Data, URL: b.Link})
		}
		markup.InlineKeyboard = append(markup.InlineKeyboard, line)
	}
	return markup
}
