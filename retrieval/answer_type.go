package retrieval

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Kind is the kind of thing that a question asks for, as far as its words tell.
type Kind int

// The kinds. Passages are told by whether they have a number or a date.
const (
	Anything Kind = iota
	Number
	Date
	Who
	Where
	Why
	How
	Whether // yes or no
)

// asks are the phrases by which a question asks for a kind of thing, in the order
// in which they count: "năm bao nhiêu" asks for a date.
var asks = []struct {
	kind    Kind
	phrases text.Phrases
}{
	{Date, text.NewPhrases(`khi nào|bao giờ|lúc nào|hồi nào|ngày nào|hôm nào|tháng nào|năm nào|thời điểm nào|ngày mấy|tháng mấy|năm mấy|
		ngày bao nhiêu|tháng bao nhiêu|năm bao nhiêu|when|what day|what date|what month|what year|which day|which date|which month|which year|
		когда|в каком году|какого числа|언제|몇 년|며칠`)},
	{Number, text.NewPhrases(`bao nhiêu|mấy|đông cỡ nào|bao lâu|how many|how much|how large|how big|what percentage|what share|what number|сколько|얼마|얼마나|몇`)},
	{Why, text.NewPhrases(`vì sao|tại sao|sao lại|lý do|nguyên nhân|để làm gì|mục đích|why|what for|what reason|почему|зачем|왜`)},
	{Where, text.NewPhrases(`ở đâu|nơi nào|chỗ nào|từ đâu|đến đâu|đi đâu|vùng nào|thành phố nào|tỉnh nào|where|где|куда|откуда|어디`)},
	{How, text.NewPhrases(`cách nào|cách gì|bằng gì|thế nào|làm sao|ra sao|how|как|어떻게`)},
	{Who, text.NewPhrases(`ai|người nào|nước nào|quốc gia nào|tổ chức nào|cơ quan nào|hãng nào|báo nào|ông nào|bà nào|tên gì|who|whom|whose|кто|кого|누가|누구`)},
}

// endings ask for a yes or no at a Vietnamese question's end, and beginnings at
// an English one's beginning.
var (
	inside     = text.NewPhrases("phải không|đúng không|có phải|hay không")
	endings    = text.NewPhrases("không|chưa|ko|hông|hong")
	beginnings = text.NewPhrases("is|are|was|were|did|does|do|has|have|can|will")
	russianAsk = text.NewPhrases("ли")
)

// Asks tells what kind of thing the words of a question ask for, and where the
// words that ask for it end; -1 where they tell nothing.
func Asks(words []text.Word, language text.Language, marked bool) (kind Kind, end int) {
	for _, ask := range asks {
		for i := range words {
			n := ask.phrases.At(words, i, marked)
			if n > 0 && (words[i+n-1].Folded != "may" || n > 1 || asksHowMany(words, i+1)) {
				return ask.kind, i + n
			}
		}
	}
	if asksWhether(words, language, marked) {
		return Whether, len(words)
	}
	return Anything, -1
}

func asksWhether(words []text.Word, language text.Language, marked bool) bool {
	switch {
	case len(words) == 0:
		return false
	case language == text.English:
		return beginnings.At(words, 0, marked) > 0
	}
	return inside.In(words, marked) || endings.At(words, len(words)-1, marked) > 0 || russianAsk.In(words, marked)
}

// asksHowMany tells the mấy of "mấy lữ đoàn" from the máy of "máy bay" and from
// the English verb.
func asksHowMany(words []text.Word, end int) bool {
	word := words[end-1]
	if word.Exact != word.Folded {
		return word.Exact == "mấy"
	}
	return end < len(words) && !slices.Contains([]string{"bay", "moc", "chu", "tinh", "phat"}, words[end].Folded) &&
		slices.ContainsFunc(words, func(w text.Word) bool { return w.Folded == "nao" || w.Folded == "co" || w.Folded == "la" })
}

// spelled are words that say a number and hardly anything else.
var spelled = map[string]bool{
	"hai": true, "bốn": true, "sáu": true, "bảy": true, "tám": true, "chín": true, "mười": true, "mươi": true,
	"chục": true, "trăm": true, "nghìn": true, "ngàn": true, "vạn": true, "triệu": true, "tỷ": true, "tỉ": true,
}

// kindSet says which kinds of thing a text has.
type kindSet [Whether + 1]bool

// kinds returns whether a text of the report has numbers and dates.
func kinds(s string, words []text.Word) (has kindSet) {
	has[Anything] = true
	inDate := make([]bool, len(words))
	for _, date := range text.Dates(s, words) {
		has[Date] = true
		for i := date.From; i < date.To; i++ {
			inDate[i] = true
		}
	}
	for i, word := range words {
		switch {
		case inDate[i]:
		case word.Number && Year(word):
			has[Date] = true
		case word.Number, spelled[word.Exact]:
			has[Number] = true
		}
	}
	return has
}

// Year reports whether a number reads as a year.
func Year(word text.Word) bool { return word.Number && isYear(word.Exact) }

func isYear(s string) bool {
	return len(s) == 4 && (s[0] == '1' || s[0] == '2') && strings.Trim(s, "0123456789") == ""
}
