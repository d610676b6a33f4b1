package telegramtest

import (
	"encoding/json"
)

// Button is a button of an inline keyboard. Exactly one of the actions is set.
type Button struct {
	Text         string
	CallbackData string
	URL          string
	SwitchInline string // the inline query that it begins
}

// wireButton is a button as sent. Actions are pointers to tell an empty one
// from none.
type wireButton struct {
	Text         string  `json:"text"`
	CallbackData *string `json:"callback_data"`
	URL          *string `json:"url"`
	SwitchInline *string `json:"switch_inline_query"`
}

// readMarkup checks a reply_markup, which must be an inline keyboard.
func readMarkup(r *request) (rows [][]Button, markup any, err *apiError) {
	raw, given := r.params["reply_markup"]
	if !given {
		return nil, nil, nil
	}
	var keyboard struct {
		InlineKeyboard [][]wireButton `json:"inline_keyboard"`
	}
	if err := decodeStrict(raw, &keyboard); err != nil {
		return nil, nil, malformed("can't parse reply keyboard markup JSON object").because("reply_markup: %v", err)
	}
	count := 0
	for _, row := range keyboard.InlineKeyboard {
		var buttons []Button
		for _, w := range row {
			b, err := w.check()
			if err != nil {
				return nil, nil, err
			}
			buttons = append(buttons, b)
		}
		if count += len(buttons); len(buttons) > 8 || count > 100 {
			return nil, nil, malformed("REPLY_MARKUP_TOO_LONG")
		}
		if len(buttons) > 0 {
			rows = append(rows, buttons)
		}
	}
	if len(rows) == 0 {
		return nil, nil, nil
	}
	return rows, json.RawMessage(raw), nil
}

func (w wireButton) check() (Button, *apiError) {
	b := Button{Text: w.Text}
	if w.Text == "" {
		return b, malformed("inline keyboard button text must be non-empty")
	}
	actions := 0
	if w.CallbackData != nil {
		actions++
		b.CallbackData = *w.CallbackData
		if n := len(b.CallbackData); n < 1 || n > 64 {
			return b, malformed("BUTTON_DATA_INVALID").because("callback_data of %d bytes on button %q, 1 to 64 are allowed", n, w.Text)
		}
	}
	if w.URL != nil {
		actions++
		checked, why := checkLink(*w.URL)
		if why != nil {
			return b, malformed("inline keyboard button URL '%s' is invalid: %v", *w.URL, why)
		}
		b.URL = checked
	}
	if w.SwitchInline != nil {
		actions++
		b.SwitchInline = *w.SwitchInline
	}
	switch {
	case actions == 0:
		return b, malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		// Telegram takes one of them without saying which.
		return b, malformed("BUTTON_TYPE_INVALID").because("button %q has %d actions, exactly one is allowed", w.Text, actions)
	}
	return b, nil
}
