package bot

import (
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
	// corrections is off if sent answers must not be edited.
	corrections string
	// noModel is the day on which the chat was last told that no model is set.
	noModel string
}

func settingsFrom(stored map[string]string) settings {
	return settings{
		lang: text.Language(stored[languageSetting]), length: answer.Length(stored[lengthSetting]),
		asking: stored[askingSetting], sums: stored[summarySetting], sound: stored[soundSetting],
		corrections: stored[correctionsSetting], noModel: stored[noModelSetting],
	}
}

// The names of settings in the store, and their values. Any other value means the
// default.
const (
	languageSetting    = "language" // an ISO 639-1 code
	lengthSetting      = "length"   // an answer.Length
	askingSetting      = "asking"   // who may ask
	summarySetting     = "summaries"
	soundSetting       = "sound"
	correctionsSetting = correction.Setting

	// noModelSetting is the day of the last notice; people can't set it.
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
