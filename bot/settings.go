package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

// settings is what a chat has set, as far as the bot acts by it. What it
// hasn't set is empty.
type settings struct {
	lang   text.Language
	length answer.Length
	asking string
	sums   string // whether there are summaries
	sound  string
	// noModel is the day on which the chat was last told that no model is set.
	noModel string
}

func settingsOf(set map[string]string) settings {
	return settings{
		lang: text.Language(set[languageSetting]), length: answer.Length(set[lengthSetting]),
		asking: set[askingSetting], sums: set[summarySetting], sound: set[soundSetting], noModel: set[noModelSetting],
	}
}

// The settings by their names in the store, and those of their values that the
// bot asks for. Any other value is the usual.
const (
	languageSetting = "language" // an ISO 639-1 code
	lengthSetting   = "length"   // an answer.Length
	askingSetting   = "asking"   // who may ask
	summarySetting  = "summaries"
	soundSetting    = "sound"

	// noModelSetting is no choice of anybody's: it notes when the chat was told.
	noModelSetting = "no_model_told"

	adminsOnly = "admins"
	off        = "off"
)

// language is what is spoken in the chat with a person: what the chat has set,
// else the language of the person's client.
func (s settings) language(client string) text.Language {
	if s.lang != "" {
		return s.lang
	}
	return clientLanguage(client)
}

// choice is a setting as it is offered: the values that it may have, the usual
// one first, which is stored as nothing.
type choice struct {
	setting string
	icon    string
	label   phrase
	values  []value
	inGroup bool // makes no difference in private
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
}

// settingData is the first word of the data of the buttons that set something:
// SETTING:VALUE.
const settingData = "c"

// settings shows what the chat has set, with buttons to set it otherwise.
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

// settingPressed sets what the button says, for the chat that it stands in.
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

// mayAsk reports whether a person may ask in a chat; where they may not they
// are told.
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

// toldNoModel reports whether the chat was told today that no model is set;
// if not, it counts as told from now on.
func (b *Bot) toldNoModel(ctx context.Context, in Incoming) bool {
	today := time.Now().Format(time.DateOnly)
	if in.settings.noModel == today {
		return true
	}
	if err := b.memory.Set(ctx, in.Chat, noModelSetting, today); err != nil {
		b.log.Error("that a chat was told of no model can't be noted", "error", err) // it is told again
	}
	return false
}

// quiet makes no sound with what it shows.
type quiet struct{ Responder }

func (q quiet) Working(ctx context.Context, note Message) error {
	note.Quiet = true
	return q.Responder.Working(ctx, note)
}

func (q quiet) Final(ctx context.Context, m Message) (int, error) {
	m.Quiet = true
	return q.Responder.Final(ctx, m)
}

// quietCallback is quiet for a press.
type quietCallback struct{ CallbackResponder }

func (q quietCallback) Final(ctx context.Context, m Message) (int, error) {
	m.Quiet = true
	return q.CallbackResponder.Final(ctx, m)
}
