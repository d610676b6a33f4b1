package intent

import "reportbot/store/text"

// LanguageOf returns the language that a message is to be replied to in: its
// own, or fallback where it is made of words that people of any language write.
func LanguageOf(message string, fallback text.Language) text.Language {
	list := text.Words(message)
	if covers(list, class("neutral")) {
		return fallback
	}
	return text.LanguageOf(message, fallback)
}

// SaysCutoff reports whether a sentence says up to when the report's data go.
func SaysCutoff(sentence string) bool {
	_, _, ok := find(text.Words(sentence), class("data_until"))
	return ok
}
