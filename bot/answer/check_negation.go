package answer

import (
	"strings"
	"unicode/utf8"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// negators turn what stands behind them; the words that follow some of them
// make other words of them (không quân is an air force).
var (
	negators = wordSet(`không chưa chẳng chả đừng khong chua not never no without neither nor cannot t не нет без никогда`)

	noNegation = wordSet(`quân kích gian khí người phận trung vận tặc chỉ những only đối hạn longer kém bao lâu xác nêu`)

	beforeNoNegation = wordSet(`hàng phòng trên khoảng hay`)
)

// refusers say that what follows did not come about. English ones do so before
// "to" only: failed launches were launched.
var refusers = wordSet(`fail fails failed failing refuse refuses refused refusing decline declines declined unable unwilling reluctant отказался отказалась отказался отказалось отказались`)

// preventers say that something does not come about; a claim may say that as a
// negation or not.
var preventers = wordSet(`khỏi thôi ngừng mất thiếu khó stop keep from before trước unlikely lack lacks unclear rõ hơn than cắt dứt bỏ giảm bớt until chừng sever severed cut lost`)

// averters say that what follows is kept from coming about.
var averters = wordSet(`ngăn tránh cấm instead rather prevent prevents preventing prevented avoid avoids avoiding avoided`)

// unsettled words make a negation one of what is known.
var unsettled = wordSet(`rõ clear known chắc sure`)

// polarity is whether a word is stated or denied.
type polarity int

const (
	stated polarity = iota
	denied
	averted // said to be kept from coming about
	either  // near a negation that may or may not tell of it
)

// negates reports whether word i denies what follows.
func negates(words []text.Word, i int) bool {
	at := func(j int) string {
		if j < 0 || j >= len(words) {
			return ""
		}
		return words[j].Exact
	}
	word := at(i)
	switch {
	case negators[word]:
		return word == "t" || !noNegation[at(i+1)] && !beforeNoNegation[at(i-1)] || word == "no" && at(i+1) == "longer"
	case refusers[word]:
		return at(i+1) == "to" || word[0] >= utf8.RuneSelf
	}
	return word == "từ" && at(i+1) == "chối" || word == "khước" && at(i+1) == "từ"
}

// negations returns of each of the words of s whether it is denied: the first
// that says something behind a negation is, and the rest of its clause may be.
func negations(s string, words []text.Word, language text.Language) []polarity {
	state := make([]polarity, len(words))
	clause := clausesOf(s, words)
	for i := range words {
		word := words[i].Exact
		switch {
		case averters[word] || word == "thay" && i+1 < len(words) && words[i+1].Exact == "vì":
			markClause(state, clause, i)
			markBehind(state, clause, i, averted)
		case preventers[word]:
			markBehind(state, clause, i, either)
		case negates(words, i):
			markClause(state, clause, i)
			if i+1 < len(words) && unsettled[words[i+1].Exact] {
				continue
			}
			denyBehind(state, words, clause, i, language)
		}
	}
	return state
}

// markClause leaves open what else the clause of word i states.
func markClause(state []polarity, clause []int, i int) {
	for j := range state {
		if j != i && clause[j] == clause[i] && state[j] == stated {
			state[j] = either
		}
	}
}

// markBehind marks what follows word i in its clause.
func markBehind(state []polarity, clause []int, i int, as polarity) {
	const reach = 6
	for j := i + 1; j < min(len(state), i+1+reach) && clause[j] == clause[i]; j++ {
		if state[j] != denied {
			state[j] = as
		}
	}
}

// denyBehind marks the first thing said behind the negation at word i.
func denyBehind(state []polarity, words []text.Word, clause []int, i int, language text.Language) {
	if words[i].Exact == "từ" || words[i].Exact == "khước" {
		i++ // the second syllable
	}
	for j := i + 1; j < len(words) && clause[j] == clause[i]; j++ {
		word := words[j].Exact
		switch {
		case retrieval.StopWord(word), joiningEnglish[word], joiningVietnamese[word], refusers[word]:
		case language == text.English && strings.HasSuffix(word, "ly"):
		case language == text.Vietnamese && j+1 < len(words) && adverbs[word+" "+words[j+1].Exact]:
			j++
		case words[j].Capital: // what is done to it is denied, not the name
		default:
			to := j + 1
			if language == text.Vietnamese {
				for _, m := range commonWords().inVietnamese(words, j, true) {
					to = max(to, m.to)
				}
			}
			for ; j < to; j++ {
				state[j] = denied
			}
			return
		}
	}
}

// adverbs stand between a negation and what it denies.
var adverbs = map[string]bool{"hoàn toàn": true, "rõ ràng": true, "trực tiếp": true, "thực sự": true, "chính thức": true, "đầy đủ": true, "công khai": true, "ngay lập": true, "thực tế": true}

// negationFault refuses a statement that says the opposite of the sentence: a
// thing that is negated on one side only.
func negationFault(s *statement, r *reading) string {
	for _, u := range s.said {
		if u.name {
			continue
		}
		var seen [either + 1]bool
		for _, at := range r.places(u) {
			seen[r.negated[at]] = true
		}
		open, against := seen[either], seen[denied] || seen[averted]
		switch here := s.negated[u.from]; {
		case here == denied && seen[stated] && !against && !open:
			return "the cited sentence does not deny " + s.shown(u.from, u.to)
		case here == stated && against && !seen[stated] && !open:
			return "the cited sentence denies " + s.shown(u.from, u.to)
		}
	}
	return ""
}
