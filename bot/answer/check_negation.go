package answer

import (
	"fmt"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// negators turn what stands behind them; the words that follow some of them
// make other words of them (không quân is an air force).
var (
	negators = map[string]bool{
		"không": true, "chưa": true, "chẳng": true, "chả": true, "đừng": true, "khong": true, "chua": true,
		"not": true, "never": true, "no": true, "without": true, "neither": true, "nor": true, "cannot": true, "t": true,
		"не": true, "нет": true, "без": true, "никогда": true,
	}
	noNegation = map[string]bool{
		"quân": true, "kích": true, "gian": true, "khí": true, "người": true, "phận": true, "trung": true, "vận": true, "tặc": true,
		"chỉ": true, "những": true, "only": true, "đối": true, "hạn": true,
	}
	beforeNoNegation = map[string]bool{"hàng": true, "phòng": true, "trên": true, "khoảng": true}
)

// preventers say that something does not come about; a claim may say that as a
// negation or not.
var preventers = map[string]bool{
	"khỏi": true, "thôi": true, "ngừng": true, "mất": true, "thiếu": true, "khó": true,
	"stop": true, "keep": true, "from": true,
	"before": true, "trước": true, "unlikely": true, "lack": true, "lacks": true, "unclear": true, "rõ": true,
}

// averters say that what follows is kept from coming about.
var averters = map[string]bool{
	"ngăn": true, "tránh": true, "cấm": true, "prevent": true, "prevents": true, "preventing": true, "prevented": true,
	"avoid": true, "avoids": true, "avoiding": true, "avoided": true,
}

// polarity is whether a word is stated or denied.
type polarity int

const (
	stated polarity = iota
	denied
	averted // said to be kept from coming about
	either
)

// reach is over how many words behind it a negation tells; languages other than
// Vietnamese put more small words between.
func reach(language text.Language) int {
	if language == text.Vietnamese {
		return 4
	}
	return 6
}

// unsettled words make a negation one of what is known.
var unsettled = map[string]bool{"rõ": true, "clear": true, "known": true, "chắc": true, "sure": true}

// negations returns of each of the words of s whether a negation stands shortly
// before it, with no punctuation between.
func negations(s string, words []text.Word, language text.Language) []polarity {
	state := make([]polarity, len(words))
	mark := func(i int, as polarity) {
		for j := i + 1; j < min(len(words), i+1+reach(language)); j++ {
			if strings.ContainsAny(s[words[j-1].End:words[j].Start], ",;:.()") {
				return
			}
			if state[j] != denied || as == denied {
				state[j] = as
			}
		}
	}
	for i, word := range words {
		switch {
		case averters[word.Exact]:
			mark(i, averted)
		case preventers[word.Exact]:
			mark(i, either)
		case !negators[word.Exact],
			i+1 < len(words) && noNegation[words[i+1].Exact],
			i > 0 && beforeNoNegation[words[i-1].Exact]:
		case i+1 < len(words) && unsettled[words[i+1].Exact]:
			mark(i, either)
		default:
			mark(i, denied)
		}
	}
	return state
}

// opposites are words of which one denies the other, in the languages of
// claims and reports.
var opposites = [][2]string{
	{"phủ nhận, bác bỏ, deny, denies, denied, denying, reject, rejects, rejected", "xác nhận, thừa nhận, confirm, confirms, confirmed, admit, admits, admitted"},
	{"tăng, gia tăng, tăng cường, increase, increases, increased, strengthen, strengthens, rise, raise, grow, grew", "giảm, suy giảm, suy yếu, xói mòn, decrease, decreases, decreased, reduce, reduces, reduced, weaken, weakens, lower, decline"},
	{"bắt đầu, khởi động, begin, begins, began, start, starts, started", "kết thúc, chấm dứt, ngừng, dừng, end, ends, ended, stop, stops, stopped, cease, ceased"},
	{"ủng hộ, support, supports, supported, back, backed", "phản đối, phủ quyết, oppose, opposes, opposed"},
	{"đồng ý, chấp nhận, agree, agrees, agreed, accept, accepted", "từ chối, phản đối, bác bỏ, refuse, refuses, refused, decline, declined"},
	{"đúng sự thật, truthfully, correctly, rightly", "sai sự thật, falsely, wrongly"},
	{"khẳng định lại, tái khẳng định, duy trì, giữ, reaffirm, reaffirmed, maintain, keep", "từ bỏ, abandon, abandoned, give up, gave up, drop, dropped"},
	{"hợp pháp, legal, lawful", "bất hợp pháp, trái phép, illegal, unlawful"},
	{"đầu tiên, lần đầu, first", "cuối cùng, lần cuối, last"},
	{"lớn nhất, nhiều nhất, largest, biggest, most", "nhỏ nhất, ít nhất, smallest, least"},
	{"cho phép, allow, allows, allowed, permit", "cấm, ngăn chặn, ban, bans, banned, prohibit, prohibited, prevent, prevents, prevented"},
	{"thành công, success, successful, successfully, succeed, succeeded", "thất bại, fail, fails, failed, failure"},
	{"xuất khẩu, export, exports, exported", "nhập khẩu, import, imports, imported"},
	{"phê chuẩn, thông qua, ratify, ratifies, ratified, approve, approved, pass, passed", "phủ quyết, veto, vetoes, vetoed"},
	{"gửi, send, sends, sent", "nhận, receive, receives, received"},
	{"hơn, trên, more, over, above", "dưới, ít hơn, chưa tới, less, fewer, below, under"},
	{"tối đa, at most, up to", "tối thiểu, ít nhất, at least"},
	{"trước, before", "sau, after"},
	{"tất cả, mọi, hoàn toàn, all, entirely, completely", "một số, một phần, some, partly, partially"},
	{"mua, buy, buys, bought, purchase, purchased", "bán, sell, sells, sold"},
	{"mở rộng, expand, expands, expanded", "thu hẹp, shrink, narrowed"},
	{"đồng minh, ally, allies", "kẻ thù, enemy, enemies"},
	{"thống nhất, unification, reunification", "chia cắt, division"},
	{"dễ, easy, easily", "khó, difficult, hardly, unlikely"},
	{"khẳng định, chắc chắn, certainly, definitely", "có thể, có khả năng, chưa rõ, may, might, possibly"},
	{"unlikely, khó có thể", "likely, có khả năng, rất có thể"},
	{"nhiều, more", "ít, kém, less, fewer"},
}

// negationFault refuses a statement that says the opposite of the evidence: a
// word that is negated on one side only, or its contrary.
func negationFault(s *statement, e *evidence) string {
	for _, f := range s.found {
		if f.Concept.Name {
			continue
		}
		if detail := s.turned(f, e); detail != "" {
			return detail
		}
	}
	if detail := s.turnedPhrase(e); detail != "" {
		return detail
	}
	claim, source := " "+joined(s.words)+" ", " "+joined(e.words)+" "
	for _, pair := range opposites {
		for side := range pair {
			said := saidOf(pair[side], claim)
			if said != "" && saidOf(pair[side], source) == "" && saidOf(pair[1-side], claim) == "" && !e.means(s, said) {
				if contrary := saidOf(pair[1-side], source); contrary != "" {
					return fmt.Sprintf("it says %q, the cited sentences %q", said, contrary)
				}
			}
		}
	}
	return ""
}

// turned compares whether a concept is negated in the statement and in the
// evidence.
func (s *statement) turned(f retrieval.Found, e *evidence) string {
	var seen [either + 1]bool
	for _, there := range e.found {
		if there.Concept == f.Concept {
			seen[e.negated[there.From]] = true
		}
	}
	return s.turnedAt(f.From, f.To, seen)
}

// turnedAt compares how words [from, to) stand in the statement with all the
// ways in which the evidence has them.
func (s *statement) turnedAt(from, to int, seen [either + 1]bool) string {
	plain, against := seen[stated] || seen[either], seen[denied] || seen[averted]
	switch here := s.negated[from]; {
	case here == denied && plain && !against && !seen[either]:
		return "the cited sentences do not deny " + s.shown(from, to)
	case here == stated && against && !plain:
		return "the cited sentences deny " + s.shown(from, to)
	}
	return ""
}

// turnedPhrase does the same for two neighbouring words that a Vietnamese
// statement shares with the evidence, which no list has to know.
func (s *statement) turnedPhrase(e *evidence) string {
	if s.language != text.Vietnamese {
		return ""
	}
	for i := 0; i+1 < len(s.words); i++ {
		if s.counts(i) || s.counts(i+1) || s.framing[i] || s.words[i].Capital { // a name is neither stated nor denied
			continue
		}
		var seen [either + 1]bool
		for j := 0; j+1 < len(e.words); j++ {
			if e.words[j].Exact == s.words[i].Exact && e.words[j+1].Exact == s.words[i+1].Exact {
				seen[e.negated[j]] = true
			}
		}
		if detail := s.turnedAt(i, i+2, seen); detail != "" {
			return detail
		}
	}
	return ""
}

// counts reports whether word i is a number or says nothing by itself.
func (s *statement) counts(i int) bool {
	word := s.words[i]
	return word.Number || ones[word.Exact] || spelled[word.Exact] > 0 || retrieval.StopWord(word.Exact)
}

// means reports whether the evidence has a concept that word names in the
// statement.
func (e *evidence) means(s *statement, word string) bool {
	for _, f := range s.found {
		if e.concepts[f.Concept] && joined(s.words[f.From:f.To]) == word {
			return true
		}
	}
	return false
}

func joined(words []text.Word) string {
	exact := make([]string, len(words))
	for i, word := range words {
		exact[i] = word.Exact
	}
	return strings.Join(exact, " ")
}

// saidOf returns the first of the names in list that stands in words, which
// begin and end with a space.
func saidOf(list, words string) string {
	for name := range strings.SplitSeq(list, ", ") {
		if strings.Contains(words, " "+name+" ") {
			return name
		}
	}
	return ""
}
