package bot

import (
	"embed"
	"encoding/json"
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reportbot/store/text"
)

//go:embed phrases/*.json
var phraseFiles embed.FS

// phrases has everything the bot says, in Vietnamese and English.
var phrases = loadPhrases()

func loadPhrases() *i18n.Bundle {
	bundle := i18n.NewBundle(language.Vietnamese)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, file := range []string{"phrases/vi.json", "phrases/en.json"} {
		if _, err := bundle.LoadMessageFileFS(phraseFiles, file); err != nil {
			panic("bot: the embedded phrases are tested: " + err.Error())
		}
	}
	return bundle
}

// say returns a phrase in lang, with fields filled in. Languages without a
// catalogue of their own are spoken to in English.
func say(lang text.Language, key string, fields ...any) string {
	if lang != text.Vietnamese {
		lang = text.English
	}
	values := map[string]any{}
	for i := 0; i+1 < len(fields); i += 2 {
		values[fmt.Sprint(fields[i])] = written(lang, fields[i+1])
	}
	said, err := i18n.NewLocalizer(phrases, string(lang)).Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: values})
	if err != nil {
		panic("bot: a test looks for missing phrases: " + err.Error())
	}
	return said
}

// written returns a value as people write it who read lang: numbers with their
// thousands parted.
func written(lang text.Language, value any) any {
	switch value.(type) {
	case int, int64:
		return message.NewPrinter(language.Make(string(lang))).Sprintf("%d", value)
	}
	return value
}

// phrase is the key of a phrase that is said later.
type phrase string

// clientLanguage is what a person is spoken to in where their chat has set
// nothing: the language of their client, Vietnamese where it is neither
// Vietnamese nor English.
func clientLanguage(client string) text.Language {
	if len(client) >= 2 && client[:2] == string(text.English) {
		return text.English
	}
	return text.Vietnamese
}
