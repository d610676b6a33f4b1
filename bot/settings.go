package bot

import (
	"context"
	"slices"
	"strings"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

// choice is a setting and its options. The first is the default, and isn't stored.
type choice struct {
	setting string
	icon    string
	label   phrase
	options []option
	inGroup bool // for groups only
}

type option struct {
	stored string
	label  phrase
}

var choices = []choice{
	{languageSetting, "🌐", phrase("setting_language"), []option{
		{"", phrase("language_auto")}, {string(text.Vietnamese), phrase("language_vi")}, {string(text.English), phrase("language_en")},
	}, false},
	{lengthSetting, "📏", phrase("setting_length"), []option{
		{string(answer.Usual), phrase("length_usual")}, {string(answer.Brief), phrase("length_brief")}, {string(answer.Full), phrase("length_full")},
	}, false},
	{askingSetting, "🙋", phrase("setting_asking"), []option{
		{"", phrase("asking_all")}, {adminsOnly, phrase("asking_admins")},
	}, true},
	{summarySetting, "📝", phrase("setting_summaries"), []option{
		{"", phrase("summaries_on")}, {off, phrase("summaries_off")},
	}, true},
	{soundSetting, "🔔", phrase("setting_sound"), []option{
		{"", phrase("sound_on")}, {off, phrase("sound_off")},
	}, false},
	{correctionsSetting, "⚠", phrase("setting_corrections"), []option{
		{"", phrase("corrections_on")}, {off, phrase("corrections_off")},
	}, false},
}

// settings shows the chat's settings, with buttons to change them.
func (b *Bot) settings(ctx context.Context, in Incoming, _ string) (Message, error) {
	set, err := b.memory.Settings(ctx, in.Chat)
	return settingsMessage(in, set), err
}

func settingsMessage(in Incoming, set map[string]string) Message {
	lang := in.language()
	title := say(lang, "settings_private")
	if !in.Private {
		title = say(lang, "settings_group")
	}
	m := titled(title)
	for _, c := range choices {
		if c.inGroup && in.Private {
			continue
		}
		chosen := max(0, slices.IndexFunc(c.options, func(v option) bool { return v.stored == set[c.setting] }))
		m.Lines = append(m.Lines, Line{
			{Text: c.icon + " " + say(lang, c.label) + ": "}, {Text: say(lang, c.options[chosen].label), Bold: true},
		})
		var row []Button
		for i, v := range c.options {
			mark := c.icon
			if i == chosen {
				mark = "✅"
			}
			row = append(row, Button{Text: mark + " " + say(lang, v.label), Data: buttonData(settingData, c.setting, v.stored)})
		}
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// settingPressed changes a setting of the button's chat.
func (b *Bot) settingPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	name, stored, _ := strings.Cut(args, ":")
	known := slices.ContainsFunc(choices, func(c choice) bool {
		return c.setting == name && slices.ContainsFunc(c.options, func(v option) bool { return v.stored == stored })
	})
	if !known {
		return nil
	}
	if err := b.memory.Set(ctx, p.Chat, name, stored); err != nil {
		return err
	}
	set, err := b.memory.Settings(ctx, p.Chat)
	if err != nil {
		return err
	}
	p.settings = settingsFrom(set)
	out.Toast(ctx, p.say("set"))
	return out.Replace(ctx, settingsMessage(p.incoming(), set))
}
