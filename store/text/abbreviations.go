package text

import "strings"

// chatWords are what people write short in Vietnamese chats, in lower case.
// States and bodies (HQ, TQ, LHQ) are in the word list of retrieval.
var chatWords = map[string]string{
	"ko": "không", "k": "không", "kh": "không", "hok": "không", "hông": "không",
	"dc": "được", "đc": "được", "đx": "được",
	"bn": "bao nhiêu", "bnh": "bao nhiêu", "bnhiu": "bao nhiêu", "nhiu": "nhiêu",
	"ntn": "như thế nào", "nt": "như thế", "s": "sao", "j": "gì", "gj": "gì",
	"vs": "với", "ng": "người", "ngta": "người ta", "nc": "nước", "đg": "đang", "dg": "đang",
	"mk": "mình", "trc": "trước", "tgian": "thời gian", "lm": "làm", "r": "rồi", "cx": "cũng", "nx": "nữa",
	"ns": "nói", "bik": "biết", "bít": "biết", "mún": "muốn", "mun": "muốn", "nhìu": "nhiều", "trg": "trong", "thik": "thích", "iu": "yêu",
	"wa": "quá", "z": "vậy", "zậy": "vậy", "v": "vậy", "vầy": "vậy", "rùi": "rồi", "hum": "hôm", "hnay": "hôm nay", "đag": "đang", "nhg": "nhưng",
	"mn": "mọi người", "cty": "công ty", "gđ": "gia đình", "vn": "việt nam", "ms": "mới", "sd": "sử dụng", "tl": "trả lời",
	"qđ": "quân đội", "bqp": "bộ quốc phòng", "bng": "bộ ngoại giao", "tt": "tổng thống", "ctranh": "chiến tranh",
}

// Expand writes out the chat abbreviations of a Vietnamese question. One in
// capitals that isn't in the table, such as a name's, stays.
func Expand(question string) string {
	var b strings.Builder
	end := 0
	for _, word := range Words(question) {
		long, ok := chatWords[word.Exact]
		if !ok || len(question[word.Start:word.End]) == 1 && word.Capital {
			continue
		}
		b.WriteString(question[end:word.Start])
		b.WriteString(long)
		end = word.End
	}
	if end == 0 {
		return question
	}
	return b.String() + question[end:]
}
