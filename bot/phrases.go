package bot

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reportbot/store/text"
)

//go:embed phrases/*.json
var phraseFiles embed.FS

// phrase is the key of a phrase.
type phrase string

// phrases are all texts of the bot, in Vietnamese and English, by key. A phrase is a
// template; its function count returns a number with its noun: {{count .Places "place"
// "places"}}. Those of a language are parsed when they are first used.
var phrases = map[text.Language]func() map[phrase]*template.Template{
	text.Vietnamese: sync.OnceValue(func() map[phrase]*template.Template { return loadPhrases("phrases/vi.json") }),
	text.English:    sync.OnceValue(func() map[phrase]*template.Template { return loadPhrases("phrases/en.json") }),
}

func loadPhrases(file string) map[phrase]*template.Template {
	data, err := phraseFiles.ReadFile(file)
	written := map[phrase]string{}
	if err == nil {
		err = json.Unmarshal(data, &written)
	}
	parsed := map[phrase]*template.Template{}
	for key, source := range written {
		if err == nil {
			parsed[key], err = template.New(string(key)).Funcs(template.FuncMap{"count": counted}).Parse(source)
		}
	}
	if err != nil {
		panic("bot: the embedded phrases are tested: " + err.Error())
	}
	return parsed
}

// counted returns a number with its noun.
func counted(number, one, many string) string {
	if number == "1" {
		return number + " " + one
	}
	return number + " " + many
}

// say returns a phrase in lang, or in English if lang has no phrases. fields are names
// and values in turn.
func say(lang text.Language, key phrase, fields ...any) string {
	if lang != text.Vietnamese {
		lang = text.English
	}
	values := map[string]any{}
	for i := 0; i+1 < len(fields); i += 2 {
		values[fmt.Sprint(fields[i])] = formatted(lang, fields[i+1])
	}
	template, known := phrases[lang]()[key]
	if !known {
		panic("bot: a test looks for missing phrases: " + string(key))
	}
	var said strings.Builder
	if err := template.Execute(&said, values); err != nil {
		panic("bot: a test fills in all phrases: " + err.Error())
	}
	return said.String()
}

// formatted formats a number for lang, with thousands separators. It returns other
// values unchanged.
func formatted(lang text.Language, value any) any {
	switch value.(type) {
	case int, int64:
		return message.NewPrinter(language.Make(string(lang))).Sprintf("%d", value)
	}
	return value
}

// clientLanguage returns the language of a chat without a language setting: English if
// the person's client is in English, else Vietnamese.
func clientLanguage(client string) text.Language {
	if len(client) >= 2 && client[:2] == string(text.English) {
		return text.English
	}
	return text.Vietnamese
}
