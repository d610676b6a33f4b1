package answer

import (
	"fmt"
	"regexp"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

const (
	// leastCoverage is how much of a claim's words the cited sentences must
	// have, in the report's language.
	leastCoverage = .7
	// leastForeign is the same for a claim in another language, of the words
	// that the word list knows.
	leastForeign = .5
	// leastSupport is what a sentence must have that is found for a claim
	// without a good citation.
	leastSupport = .7
	// mostAdded is how many words in a row may be the claim's own.
	mostAdded = 4
)

// coverageFault refuses a statement whose words the cited sentences don't have.
func coverageFault(s *statement, e *evidence) string {
	share, known := coverage(s, e)
	least := leastCoverage
	if s.language != text.Vietnamese {
		least = leastForeign
	}
	if known && share < least {
		return fmt.Sprintf("the cited sentences have %.0f%% of what it says", 100*share)
	}
	for i, word := range s.words {
		if conversation[word.Exact] && !e.exact[word.Exact] {
			return "it speaks to somebody: " + s.shown(i, i+1)
		}
	}
	if s.language != text.Vietnamese && !known {
		return "nothing in it can be compared with the cited sentences"
	}
	if from, to := added(s, e); s.language == text.Vietnamese && to > from {
		return "no cited sentence says " + s.shown(from, to)
	}
	return addedClause(s, e)
}

// conversation is how people in a chat name each other; reports don't.
var conversation = map[string]bool{
	"i": true, "you": true, "your": true, "my": true, "me": true, "we": true, "our": true, "tôi": true, "bạn": true,
	"above": true, "instructions": true, "prompt": true, "я": true, "вы": true, "ты": true,
}

// leastClause is how much of a single clause the evidence must have.
const leastClause = .5

// addedClause refuses a clause that the evidence doesn't have, behind others
// that it has.
func addedClause(s *statement, e *evidence) string {
	state := s.borne(e)
	for _, span := range s.clauseSpans() {
		content, covered := 0, 0
		for _, b := range state[span[0]:span[1]] {
			switch b {
			case isBorne:
				content++
				covered++
			case isNot:
				content++
			}
		}
		if content >= 2 && float64(covered) < leastClause*float64(content) {
			return "no cited sentence says " + s.shown(span[0], span[1])
		}
	}
	return ""
}

// conjunctions join clauses that may be true one by one.
var conjunctions = map[string]bool{
	"và": true, "còn": true, "nhưng": true, "mà": true, "vì": true, "do": true, "để": true, "rồi": true, "sau": true,
	"and": true, "but": true, "while": true, "because": true, "which": true, "after": true, "before": true, "including": true,
	"и": true, "но": true, "а": true,
}

// clauseSpans cuts a statement at punctuation and conjunctions.
func (s *statement) clauseSpans() [][2]int {
	var spans [][2]int
	from := 0
	for i := range s.words {
		parted := i > 0 && strings.ContainsAny(s.text[s.words[i-1].End:s.words[i].Start], ",;:–—(")
		if i > from && (parted || conjunctions[s.words[i].Exact]) {
			spans = append(spans, [2]int{from, i})
			from = i
		}
	}
	if from < len(s.words) {
		spans = append(spans, [2]int{from, len(s.words)})
	}
	return spans
}

// joints part statements that share no more than a subject.
var joints = regexp.MustCompile(`;|,? (?:và|còn|nhưng|trong khi|and|but|while|и|а) `)

// clauses cuts a statement where a further one begins.
func (s *statement) clauses() []string { return joints.Split(s.text, -1) }

// coverage returns how much of a statement's content words the evidence has,
// as such or under another name; known is false where nothing can be compared.
func coverage(s *statement, e *evidence) (share float64, known bool) {
	state := s.borne(e)
	content, covered := 0, 0
	for _, b := range state {
		switch b {
		case isBorne:
			content++
			covered++
		case isNot:
			content++
		}
	}
	if content == 0 {
		return 0, false
	}
	return float64(covered) / float64(content), true
}

// added returns the longest run of words that the evidence doesn't have, if it
// is longer than paraphrasing explains.
func added(s *statement, e *evidence) (from, to int) {
	run := 0
	begin := 0
	for i, b := range s.borne(e) {
		switch b {
		case isNot:
			if run == 0 {
				begin = i
			}
			if run++; run > mostAdded {
				return begin, i + 1
			}
		case isBorne:
			run = 0
		}
	}
	return 0, 0
}

type borne int

const (
	isEmpty borne = iota // says nothing: a stop word
	isBorne
	isNot
)

// borne tells of each word whether the evidence has it. A concept's words stand
// or fall together.
func (s *statement) borne(e *evidence) []borne {
	state := make([]borne, len(s.words))
	marked := s.marked()
	vietnamese := s.language == text.Vietnamese
	for i, word := range s.words {
		switch {
		case e.has(word, marked):
			state[i] = isBorne
		case word.Number || retrieval.StopWord(word.Exact):
			state[i] = isEmpty // numbers have a rule of their own
		case vietnamese:
			state[i] = isNot
		}
		if state[i] == isBorne && retrieval.StopWord(word.Exact) {
			state[i] = isEmpty
		}
	}
	for _, f := range s.found {
		for i := f.From; i < f.To; i++ {
			if e.concepts[f.Concept] {
				state[i] = isBorne
			} else if !vietnamese {
				state[i] = isNot
			}
		}
	}
	for _, date := range s.dates {
		for i := date.From; i < date.To; i++ {
			state[i] = isEmpty
		}
	}
	return state
}

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
		"chỉ": true, "những": true, "only": true, "đối": true,
	}
	beforeNoNegation = map[string]bool{"hàng": true, "phòng": true, "trên": true, "khoảng": true}
)

// preventers say that something does not come about; a claim may say that as a
// negation or not.
var preventers = map[string]bool{
	"ngăn": true, "tránh": true, "khỏi": true, "cấm": true, "thôi": true, "ngừng": true, "mất": true, "thiếu": true, "khó": true,
	"prevent": true, "prevents": true, "preventing": true, "avoid": true, "avoids": true, "avoiding": true, "stop": true, "keep": true, "from": true,
	"before": true, "trước": true, "unlikely": true, "lack": true, "lacks": true, "unclear": true, "rõ": true,
}

// polarity is whether a word is stated or denied.
type polarity int

const (
	stated polarity = iota
	denied
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
	switch here := s.negated[f.From]; {
	case here == denied && seen[stated] && !seen[denied] && !seen[either]:
		return "the cited sentences do not deny " + s.shown(f.From, f.To)
	case here == stated && seen[denied] && !seen[stated] && !seen[either]:
		return "the cited sentences deny " + s.shown(f.From, f.To)
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
		if s.counts(i) || s.counts(i+1) {
			continue
		}
		var seen [either + 1]bool
		for j := 0; j+1 < len(e.words); j++ {
			if e.words[j].Exact == s.words[i].Exact && e.words[j+1].Exact == s.words[i+1].Exact {
				seen[e.negated[j]] = true
			}
		}
		here := s.negated[i]
		if here == denied && seen[stated] && !seen[denied] && !seen[either] {
			return "the cited sentences do not deny " + s.shown(i, i+2)
		}
		if here == stated && seen[denied] && !seen[stated] && !seen[either] {
			return "the cited sentences deny " + s.shown(i, i+2)
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
