package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/store/text"
)

// settings are a chat's settings; empty values are defaults.
type settings struct {
	lang   text.Language
	length answer.Length
	asking string
	sums   string // whether there are summaries
	sound  string
	// corrections is off where answers stay as they were sent.
	corrections string
	// noModel is the day on which the chat was last told that no model is set.
	noModel string
}

func settingsOf(set map[string]string) settings {
	return settings{
		lang: text.Language(set[languageSetting]), length: answer.Length(set[lengthSetting]),
		asking: set[askingSetting], sums: set[summarySetting], sound: set[soundSetting],
		corrections: set[correctionsSetting], noModel: set[noModelSetting],
	}
}

// The names of settings in the store, and the values that the bot knows. Any other
// value is the default.
const (
	languageSetting = "language" // an ISO 639-1 code
	lengthSetting   = "length"   // an answer.Length
	askingSetting   = "asking"   // who may ask
	summarySetting  = "summaries"
	soundSetting    = "sound"
	// correctionsSetting is off where answers stay as they were sent.
	correctionsSetting = correction.Setting

	// noModelSetting isn't set by people: it is the day of the last notice.
	noModelSetting = "no_model_told"

	adminsOnly = "admins"
	off        = correction.Off
)

// language is the chat's language setting, else the language of the person's client.
func (s settings) language(client string) text.Language {
	if s.lang != "" {
		return s.lang
	}
	return clientLanguage(client)
}

// choice is a setting and its values. The first is the default, and isn't stored.
type choice struct {
	setting string
	icon    string
	label   phrase
	values  []value
	inGroup bool // for groups only
}

type value struct {
	stored string
	label  phrase
}

var choices = []choice{
	{languageSetting, "🌐", phrase("setting_language"), []value{
		{"", phrase("language_auto")}, {string(text.Vietnamese), phrase("language_vi")}, {string(text.English), phrase("language_en")},
	}, false},
	{lengthSetting, "📏", phrase("setting_length"), []value{
		{string(answer.Usual), phrase("length_usual")}, {string(answer.Brief), phrase("length_brief")}, {string(answer.Full), phrase("length_full")},
	}, false},
	{askingSetting, "🙋", phrase("setting_asking"), []value{
		{"", phrase("asking_all")}, {adminsOnly, phrase("asking_admins")},
	}, true},
	{summarySetting, "📝", phrase("setting_summaries"), []value{
		{"", phrase("summaries_on")}, {off, phrase("summaries_off")},
	}, true},
	{soundSetting, "🔔", phrase("setting_sound"), []value{
		{"", phrase("sound_on")}, {off, phrase("sound_off")},
	}, false},
	{correctionsSetting, "⚠", phrase("setting_corrections"), []value{
		{"", phrase("corrections_on")}, {off, phrase("corrections_off")},
	}, false},
}

// settingData begins the data of the buttons for settings; SETTING:VALUE follows.
const settingData = "c"

// settings shows the chat's settings, with buttons to change them.
func (b *Bot) settings(ctx context.Context, in Incoming, _ string, out Responder) error {
	set, err := b.memory.Settings(ctx, in.Chat)
	if err != nil {
		return err
	}
	return b.show(ctx, out, settingsMessage(in, set))
}

func settingsMessage(in Incoming, set map[string]string) Message {
	lang := in.language()
	title := say(lang, "settings_private")
	if !in.Private {
		title = say(lang, "settings_group")
	}
	m := Message{Lines: []Line{{{Text: title, Bold: true}}}}
	for _, c := range choices {
		if c.inGroup && in.Private {
			continue
		}
		chosen := max(0, slices.IndexFunc(c.values, func(v value) bool { return v.stored == set[c.setting] }))
		m.Lines = append(m.Lines, Line{
			{Text: c.icon + " " + say(lang, string(c.label)) + ": "}, {Text: say(lang, string(c.values[chosen].label)), Bold: true},
		})
		var row []Button
		for i, v := range c.values {
			mark := c.icon
			if i == chosen {
				mark = "✅"
			}
			row = append(row, Button{Text: mark + " " + say(lang, string(v.label)), Data: dataOf(settingData, c.setting, v.stored)})
		}
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// settingPressed changes a setting of the button's chat.
func (b *Bot) settingPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	name, stored, _ := strings.Cut(args, ":")
	known := slices.ContainsFunc(choices, func(c choice) bool {
		return c.setting == name && slices.ContainsFunc(c.values, func(v value) bool { return v.stored == stored })
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
	p.settings = settingsOf(set)
	out.Toast(ctx, say(p.language(), "set"))
	return out.Replace(ctx, settingsMessage(p.incoming(), set))
}

// mayAsk reports whether a person may ask in a chat, and tells them if not.
func (b *Bot) mayAsk(ctx context.Context, in Incoming, out Responder) (bool, error) {
	if in.Private || in.settings.asking != adminsOnly {
		return true, nil
	}
	allowed, err := b.allows(ctx, chatAdmins, in.Sender, out)
	if err != nil || allowed {
		return allowed, err
	}
	return false, b.tell(ctx, in, out, "asking_is_for_admins")
}

// toldNoModel reports whether the chat was told today that no model is set, and records
// it as told.
func (b *Bot) toldNoModel(ctx context.Context, in Incoming) bool {
	today := time.Now().Format(time.DateOnly)
	if in.settings.noModel == today {
		return true
	}
	if err := b.memory.Set(ctx, in.Chat, noModelSetting, today); err != nil {
		b.log.Error("that a chat was told of no model can't be noted", "error", err) // it will be told again
	}
	return false
}

// quiet is a Responder whose messages make no sound.
type quiet struct{ Responder }

func (q quiet) Working(ctx context.Context, note Message) error {
	note.Quiet = true
	return q.Responder.Working(ctx, note)
}

func (q quiet) Final(ctx context.Context, m Message) (int, error) {
	m.Quiet = true
	return q.Responder.Final(ctx, m)
}

// quietCallback is quiet for a callback.
type quietCallback struct{ CallbackResponder }

func (q quietCallback) Final(ctx context.Context, m Message) (int, error) {
	m.Quiet = true
	return q.CallbackResponder.Final(ctx, m)
}
