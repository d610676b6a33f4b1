package answer

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"reportbot/store/text"
)

// opposites are words of which one denies the other, in the languages of
// claims and reports.
const opposites = `
phủ nhận, bác bỏ, deny, reject, dismiss / xác nhận, thừa nhận, confirm, admit, acknowledge
tăng, gia tăng, tăng cường, increase, strengthen, rise, rose, raise, grow, grew, more / giảm, suy giảm, suy yếu, xói mòn, bớt, decrease, reduce, weaken, lower, decline, less, fewer, ít
bắt đầu, khởi động, begin, began, start / kết thúc, chấm dứt, ngừng, dừng, end, stop, cease
ủng hộ, support, back / phản đối, phủ quyết, oppose
đồng ý, chấp nhận, agree, accept / từ chối, phản đối, bác bỏ, refuse, decline
đúng sự thật, truthfully, correctly, rightly / sai sự thật, falsely, wrongly
tái khẳng định, duy trì, reaffirm, maintain, remain / từ bỏ, abandon, give up, gave up, drop
hợp pháp, legal, lawful, legitimate / bất hợp pháp, trái phép, illegal, unlawful
đầu tiên, lần đầu, first / cuối cùng, lần cuối, last
lớn nhất, nhiều nhất, largest, biggest / nhỏ nhất, ít nhất, smallest, least
cho phép, allow, permit / cấm, ngăn chặn, ban, prohibit, prevent
thành công, success, successful, successfully, succeed / thất bại, fail, failure
xuất khẩu, export / nhập khẩu, import
giúp, help, enable / ngăn, ngăn chặn, cản trở, prevent, hinder
thay mặt, behalf / chống lại, against
phê chuẩn, ratify, approve, pass / phủ quyết, veto
bỏ phiếu trắng, abstain / phủ quyết, veto
tối đa, at most, up to / tối thiểu, ít nhất, at least
mua, buy, bought, purchase / bán, sell, sold
mở rộng, expand / thu hẹp, shrink, narrow
đồng minh, ally / kẻ thù, enemy
thống nhất, unification, reunification / chia cắt, division
dễ, easy, easily / khó, difficult, hardly, unlikely
khó có thể, khó, unlikely / rất có thể, có khả năng, likely
thắng, chiến thắng, win, won, victory / thua, bại trận, lose, lost, defeat
trực tiếp, directly, direct / gián tiếp, indirectly, indirect
công khai, openly, publicly / bí mật, kín, secretly, covertly
chết, thiệt mạng, killed, died, dead / bị thương, wounded, injured
tấn công, attack / phòng thủ, bảo vệ, defend
tình nguyện, voluntary, voluntarily / bắt buộc, cưỡng bức, compulsory, forced
tạm thời, temporarily, temporary / vĩnh viễn, permanently, permanent
tuân thủ, phù hợp, comply, accordance, consistent / vi phạm, trái, trái với, trốn tránh, violate, evade, contravene, breach
tin tưởng, trust / nghi ngờ, ngờ vực, distrust
ca ngợi, praise, hail / chỉ trích, lên án, criticize, condemn
tốt hơn, better / tệ hơn, tồi tệ, worse
đơn phương, unilateral / song phương, bilateral, mutual
tự nguyện, voluntary / bắt buộc, compulsory
thân thiện, friendly / thù địch, hostile
hạng nhẹ, light / hạng nặng, heavy
tầm xa, long-range / tầm ngắn, short-range
vững chắc, solid / lung lay, shaky
hợp tác, cooperate / đối đầu, confront
ngắn hạn, short-term / dài hạn, lâu dài, long-term, lasting
đương nhiệm, current, incumbent / cựu, nguyên, former
chấp hành, obey / chống lệnh, disobey
gia hạn, renew, extend / chấm dứt, terminate, hết hạn, expire
một phần, partial / tổng động viên, general mobilization, full mobilization, general, full scale
đổ bộ, tiến công, advance / rút lui, rút, retreat, withdraw
hoàn toàn, toàn bộ, entirely, completely / một phần, partly, partially
ngừng, dừng, thôi, stop, cease / tiếp tục, continue, resume
thiếu, lack / thừa, surplus
`

// contrary is a side of a pair of opposites.
type contrary struct{ pair, side int }

// contraries has the opposites' names by their first word.
var contraries = sync.OnceValue(func() map[string][]struct {
	words []string
	contrary
} {
	byWord := map[string][]struct {
		words []string
		contrary
	}{}
	for pair, line := range strings.Split(strings.TrimSpace(opposites), "\n") {
		for side, names := range strings.Split(line, " / ") {
			for name := range strings.SplitSeq(names, ", ") {
				words := strings.Fields(strings.ReplaceAll(name, "-", " "))
				byWord[words[0]] = append(byWord[words[0]], struct {
					words []string
					contrary
				}{words, contrary{pair, side}})
			}
		}
	}
	return byWord
})

// opposed is a word with opposites at words [from, to).
type opposed struct {
	contrary
	from, to int
}

// opposedIn returns the words that have opposites.
func opposedIn(words []text.Word, language text.Language) []opposed {
	names := contraries()
	var found []opposed
	for i, word := range words {
		forms := []string{word.Exact}
		if language == text.English {
			forms = lemmas(word.Exact)
		}
		for _, form := range forms {
			for _, name := range names[form] {
				to := i + len(name.words)
				if to <= len(words) && (len(name.words) == 1 || joined(words[i+1:to]) == strings.Join(name.words[1:], " ")) {
					found = append(found, opposed{name.contrary, i, to})
				}
			}
		}
	}
	// "Hợp pháp" within "bất hợp pháp" is no word of its own.
	return slices.DeleteFunc(found, func(o opposed) bool {
		return slices.ContainsFunc(found, func(p opposed) bool {
			return p.pair == o.pair && p.from <= o.from && o.to <= p.to && p.to-p.from > o.to-o.from
		})
	})
}

// oppositeFault refuses a statement that has the opposite of the sentence's
// word: one that the sentence doesn't have where its opposite is, or that it has
// of something else.
func oppositeFault(s *statement, r *reading) string {
	claimed := opposedIn(s.words, s.language)
	for _, o := range claimed {
		if s.negated[o.from] == denied || s.framing[o.from] || o.from > 0 && littles[s.words[o.from-1].Exact] {
			continue
		}
		other := contrary{o.pair, 1 - o.side}
		both := slices.ContainsFunc(claimed, func(p opposed) bool { return p.contrary == other })
		var here, there []int
		for _, p := range r.opposed {
			switch {
			case p.contrary == o.contrary:
				here = append(here, p.from)
			case p.contrary == other && r.negated[p.from] != denied:
				there = append(there, p.from)
			}
		}
		against := false
		switch {
		case len(there) == 0:
		case len(here) == 0:
			against = !both && !s.means(o, r) && s.beside(r, there)
		case !both || befalls[s.words[o.to-1].Exact]:
			against = s.nearer(o, r, there, here)
		}
		if against {
			return fmt.Sprintf("it says %s, the cited sentence %q", s.shown(o.from, o.to), r.words[there[0]].Exact)
		}
	}
	return ""
}

// littles turn the word behind them: "ít có khả năng".
var littles = wordSet(`ít kém không chưa khó less hardly`)

// beside reports whether something of the claim stands near one of the places
// in the sentence, so that what stands there is said of it.
func (s *statement) beside(r *reading, places []int) bool {
	const reach = 8
	for _, u := range s.said {
		for _, at := range r.places(u) {
			if slices.ContainsFunc(places, func(p int) bool { return r.apart(at, p) <= reach }) {
				return true
			}
		}
	}
	return false
}

// means reports whether the sentence has the claim's word under another name.
func (s *statement) means(o opposed, r *reading) bool {
	return slices.ContainsFunc(s.said, func(u unit) bool {
		return u.from <= o.from && o.to <= u.to && len(r.places(u)) > 0
	})
}

// nearer reports whether what a claim's word tells of stands, in the sentence,
// nearer to the opposites than to the word.
func (s *statement) nearer(o opposed, r *reading, opposites, same []int) bool {
	u, ok := s.toldOf(o)
	if !ok {
		return false
	}
	toOpposite, toSame := far, far
	for _, at := range r.places(u) {
		for _, p := range opposites {
			toOpposite = min(toOpposite, r.apart(at, p))
		}
		for _, p := range same {
			toSame = min(toSame, r.apart(at, p))
		}
	}
	return toOpposite < toSame
}

// toldOf returns what a word with opposites tells of: what stands before it
// where it is said of somebody ("died", "was wounded"), else what follows.
func (s *statement) toldOf(o opposed) (unit, bool) {
	previous := ""
	if o.from > 0 {
		previous = s.words[o.from-1].Exact
	}
	before := befalls[s.words[o.from].Exact] && !inflicts[previous] && s.language != text.English ||
		previous == "were" || previous == "was" || s.words[o.from].Exact == "died"
	found, ok := unit{}, false
	for _, u := range s.said {
		switch {
		case u.name:
		case before && u.to <= o.from && u.to > o.from-5:
			found, ok = u, true
		case !before && u.from >= o.to && u.from < o.to+5 && !ok:
			found, ok = u, true
		}
	}
	return found, ok
}

// befalls has what is said of those it befalls.
var (
	befalls  = wordSet(`chết thiệt mạng bị thương died die killed wounded injured`)
	inflicts = wordSet(`giết làm khiến gây`)
)
