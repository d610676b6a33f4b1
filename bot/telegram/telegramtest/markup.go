package telegramtest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Button is a button of an inline keyboard. Exactly one of the actions is set.
type Button struct {
	Text         string
	CallbackData string
	URL          string
	CopyText     string
	Style        string // "primary", "success", "danger" or empty
	// Other names an action that has no field here.
	Other string
}

// wireButton is a button as sent. Actions are pointers or raw to tell an
// empty one from none.
type wireButton struct {
	Text              string          `json:"text"`
	IconCustomEmojiID string          `json:"icon_custom_emoji_id"`
	Style             string          `json:"style"`
	CallbackData      *string         `json:"callback_data"`
	URL               *string         `json:"url"`
	CopyText          *wireCopyText   `json:"copy_text"`
	WebApp            json.RawMessage `json:"web_app"`
	LoginURL          json.RawMessage `json:"login_url"`
	SwitchInline      json.RawMessage `json:"switch_inline_query"`
	SwitchCurrent     json.RawMessage `json:"switch_inline_query_current_chat"`
	SwitchChosen      json.RawMessage `json:"switch_inline_query_chosen_chat"`
	CallbackGame      json.RawMessage `json:"callback_game"`
	Pay               json.RawMessage `json:"pay"`
	Disabled          json.RawMessage `json:"disabled"`
}

type wireCopyText struct {
	Text string `json:"text"`
}

// readMarkup checks a reply_markup. Keyboards other than inline ones are
// checked for their kind only; an edit takes no others.
func readMarkup(r *request, inlineOnly bool) (rows [][]Button, markup any, err *apiError) {
	raw, given := r.params["reply_markup"]
	if !given {
		return nil, nil, nil
	}
	var fields map[string]json.RawMessage
	_ = json.Unmarshal([]byte(raw), &fields)
	if _, inline := fields["inline_keyboard"]; !inline {
		for _, kind := range []string{"keyboard", "remove_keyboard", "force_reply"} {
			if _, ok := fields[kind]; ok && !inlineOnly {
				return nil, nil, nil
			}
		}
		return nil, nil, malformed("object expected as reply markup")
	}
	var keyboard struct {
		InlineKeyboard [][]wireButton `json:"inline_keyboard"`
		ForceReply     bool           `json:"force_reply"`
	}
	if err := decodeStrict(raw, &keyboard); err != nil {
		e := malformed("can't parse reply keyboard markup JSON object")
		e.reason = "reply_markup: " + err.Error()
		return nil, nil, e
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
	b := Button{Text: w.Text, Style: w.Style}
	if w.Text == "" {
		return b, malformed("inline keyboard button text must be non-empty")
	}
	switch w.Style {
	case "", "primary", "success", "danger":
	default:
		return b, malformed("can't parse inline keyboard button: invalid button style specified")
	}
	actions := 0
	if w.CallbackData != nil {
		actions++
		b.CallbackData = *w.CallbackData
		if n := len(b.CallbackData); n < 1 || n > 64 {
			err := malformed("BUTTON_DATA_INVALID")
			err.reason = fmt.Sprintf("callback_data of %d bytes on button %q, 1 to 64 are allowed", n, w.Text)
			return b, err
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
	if w.CopyText != nil {
		actions++
		b.CopyText = w.CopyText.Text
		if n := utf8.RuneCountInString(b.CopyText); n < 1 || n > 256 {
			return b, malformed("BUTTON_COPY_TEXT_INVALID")
		}
	}
	for name, raw := range map[string]json.RawMessage{
		"web_app": w.WebApp, "login_url": w.LoginURL, "switch_inline_query": w.SwitchInline,
		"switch_inline_query_current_chat": w.SwitchCurrent, "switch_inline_query_chosen_chat": w.SwitchChosen,
		"callback_game": w.CallbackGame, "pay": w.Pay, "disabled": w.Disabled,
	} {
		if raw != nil {
			actions++
			b.Other = name
		}
	}
	switch {
	case actions == 0:
		return b, malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		// Telegram takes one of them without saying which.
		err := malformed("BUTTON_TYPE_INVALID")
		err.reason = fmt.Sprintf("button %q has %d actions, exactly one is allowed", w.Text, actions)
		return b, err
	}
	return b, nil
}
