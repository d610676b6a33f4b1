package intent

import (
	"strings"

	"reportbot/store/text"
)

// chatSpellings are the short spellings of Vietnamese chats.
var chatSpellings = func() map[string]string {
	spellings := map[string]string{}
	for full, short := range map[string]string{
		"không": "ko k kg khg hok hem hông hổng kô", "được": "dc đc dk đk", "với": "vs", "trước": "trc", "người": "ng",
		"nước": "nc", "biết": "bít", "cũng": "cx cg cũg", "gì": "j", "vậy": "z dzậy", "làm": "lm", "rồi": "r", "những": "nhg",
		"bao nhiêu": "bn", "thế nào": "tn", "giờ": "h", "chẳng": "chả", "bây giờ": "bh",
	} {
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
