package answer

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// actor is a name in a text: a person, a state, a body or a place.
type actor struct {
	from, to int
	concept  *retrieval.Concept // nil where the word list doesn't know it
	words    []string           // folded
}

// actors returns the names in words, in order, none over another.
func actors(s string, words []text.Word, found []retrieval.Found, language text.Language) []actor {
	var all []actor
	for i := 0; i < len(words); {
		best := actor{}
		for _, f := range found {
			if f.Concept.Name && f.From == i && f.To > best.to {
				best = actor{from: i, to: f.To, concept: f.Concept}
			}
		}
		if best.to == 0 && words[i].Capital && namedAt(s, words, i, language) {
			best = actor{from: i, to: i + 1}
			for best.to < len(words) && words[best.to].Capital && strings.TrimLeft(s[words[best.to-1].End:words[best.to].Start], " -") == "" {
				best.to++
			}
		}
		if best.to == 0 {
			i++
			continue
		}
		for _, word := range words[best.from:best.to] {
			best.words = append(best.words, word.Folded)
		}
		all = append(all, best)
		i = best.to
	}
	return all
}

// namedAt reports whether the capital of word i names something; at the
// beginning of a sentence only a word that is no syllable does.
func namedAt(s string, words []text.Word, i int, language text.Language) bool {
	if plainCapitals[words[i].Exact] || words[i].Number || language == text.Vietnamese && (titles[words[i].Exact] || len(commonWords().inVietnamese(words, i, true)) > 0) {
		return false
	}
	if i > 0 && !strings.ContainsAny(s[words[i-1].End:words[i].Start], ".!?:“\"") {
		return true
	}
	if familyNames[words[i].Exact] {
		return true
	}
	return words[i].Exact == words[i].Folded && !text.Syllable(words[i].Folded) && !joiningEnglish[words[i].Exact] &&
		(language != text.English || len(commonWords().inEnglish(words, i)) == 0)
}

// titles begin what reports write with a capital though it names nobody.
var titles = wordSet(`bộ tổng thứ người thống hội cơ quân đài hãng tờ tướng trung thiếu đại thượng quốc nghị điều hiến hiệp ngày tháng năm theo trong khi sau trước với vì các những một cả`)

// familyNames are syllables that begin sentences as names.
var familyNames = wordSet(`kim choe pak ri yoon shin lee kang hwang xi putin biden trump`)

// seats are the capitals and palaces that stand for a state, by the first names
// of both in the word list.
var seats = map[string]string{
	"bình nhưỡng": "triều tiên", "seoul": "hàn quốc", "mát-xcơ-va": "nga", "điện kremlin": "nga", "bắc kinh": "trung quốc",
	"washington": "mỹ", "nhà trắng": "mỹ", "lầu năm góc": "mỹ", "kiev": "ukraine", "tokyo": "nhật bản",
}

// states are those that have forces, officials and media, by their first name.
var states = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.SplitSeq("triều tiên,hàn quốc,nga,trung quốc,mỹ,ukraine,nhật bản,liên xô,iran,syria,belarus,israel,vương quốc anh,nước pháp,nước đức,ba lan,việt nam,ấn độ,thổ nhĩ kỳ,cuba", ",") {
		all[name] = true
	}
	return all
}()

// state names the state that a name stands for, else the concept itself; empty
// where the word list doesn't know it.
func (a actor) state() string {
	if a.concept == nil {
		return ""
	}
	if state, ok := seats[a.concept.ID]; ok {
		return state
	}
	for _, forces := range []string{"quân đội nhân dân ", "quân đội ", "lực lượng vũ trang "} {
		if state, ok := strings.CutPrefix(a.concept.ID, forces); ok && states[state] {
			return state
		}
	}
	return a.concept.ID
}

// same reports whether two names are of one thing: the same concept, or all
// words of the shorter in the longer.
func (a actor) same(b actor) bool {
	if a.concept != nil && b.concept != nil {
		return a.state() == b.state()
	}
	short, long := a.words, b.words
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, word := range short {
		if !slices.Contains(long, word) {
			return false
		}
	}
	return true
}
