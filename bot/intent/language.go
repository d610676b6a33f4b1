package intent

import "reportbot/store/text"

// LanguageOf returns the language for the reply to a message: the message's own, or
// fallback if its words are used in any language.
func LanguageOf(message string, fallback text.Language) text.Language {
	list := text.Words(message)
	if covers(list, class("neutral")) {
		return fallback
	}
	return text.LanguageOf(message, fallback)
}

// SaysCutoff reports whether a sentence gives the date of the report's data.
func SaysCutoff(sentence string) bool {
	_, _, ok := find(text.Words(sentence), class("data_until"))
	return ok
}
