package intent

import (
	_ "embed"
	"strings"

	"reportbot/store/text"
)

//go:embed chat.txt
var chatFile string

// chatSpellings are the words of chat.txt by their short spellings.
var chatSpellings = func() map[string]string {
	spellings := map[string]string{}
	for _, line := range contentLines(chatFile) {
		full, short, _ := strings.Cut(line, ":")
		for spelling := range strings.FieldsSeq(short) {
			spellings[spelling] = full
		}
	}
	return spellings
}()

// SpelledOut returns a Vietnamese sentence with the short spellings of chats written out,
// without marks where it has none.
func SpelledOut(sentence string) string {
	if text.LanguageOf(sentence, text.Vietnamese) != text.Vietnamese {
		return sentence
	}
	marked := text.HasDiacritics(sentence)
	var b strings.Builder
	from := 0
	for i, word := range text.Words(sentence) {
		full, ok := chatSpellings[word.Exact]
		// A letter behind a figure is its unit or scale: 12k, 5h.
		if !ok || word.Capital && i > 0 || word.Start > 0 && strings.ContainsAny(sentence[word.Start-1:word.Start], "0123456789.-/") {
			continue
		}
		if !marked {
			full = text.Fold(full)
		}
		b.WriteString(sentence[from:word.Start])
		b.WriteString(full)
		from = word.End
	}
	b.WriteString(sentence[from:])
	return b.String()
}
