package answer

import (
	"regexp"
	"slices"

	"reportbot/store/text"
)

// negative words say by themselves that something is not, is little, or is
// kept from being; a claim that has one may say what a sentence denies.
var negative = wordSet(`thiếu khó tránh ngăn cấm phủ bác chối mất thôi bỏ sai kém ít hạn phi vô bất dừng ngừng chấm khỏi trái ngoài trước giảm yếu hơn dù thay
	lack without fail unable refuse avoid prevent stop deny ban less only hard difficult limit never yet false falsely reject dismiss abstain cease halt keep
	drop abandon lose unlikely neither nor nothing none little few absent missing instead despite although but outside except apart beyond free before until hardly barely
	evade end weaken reduce restrict oppose against unclear unwilling decline miss nonexistent no non different differ than`)

// negativePrefix begins words such as unprepared, but not united.
var negativePrefix = regexp.MustCompile(`^(?:un[^i]|non|dis|mis).{4}`)

// saysNegative reports whether a claim has anything negative.
func (s *statement) saysNegative() bool {
	for i, word := range s.words {
		if negates(s.words, i) || averters[word.Exact] || preventers[word.Exact] || negative[word.Exact] {
			return true
		}
		if s.language == text.English {
			for _, form := range lemmas(word.Exact) {
				if negative[form] {
					return true
				}
			}
			if negativePrefix.MatchString(word.Exact) {
				return true
			}
		}
	}
	return false
}

// denialFault refuses a statement without anything negative whose words stand
// in clauses that deny them.
func denialFault(s *statement, r *reading) string {
	if s.foreign() {
		return ""
	}
	if s.saysNegative() {
		return s.deniedAlone(r)
	}
	inside, all := 0, 0
	for _, u := range s.said {
		places := r.places(u)
		if len(places) == 0 {
			continue
		}
		free := slices.ContainsFunc(places, func(at int) bool { return !r.denies[r.clause[at]] })
		if !u.name {
			all++
			if !free {
				inside++
			}
		} else if !free && !slices.ContainsFunc(places, func(at int) bool { return !r.contrasted(at) }) {
			return "the cited sentence denies it of " + s.shown(u.from, u.to)
		}
	}
	if inside > 0 && 2*inside >= all {
		return "the cited sentence denies it"
	}
	return ""
}

// contrasted reports whether the clause of word at begins with "but".
func (r *reading) contrasted(at int) bool {
	for at > 0 && r.clause[at-1] == r.clause[at] {
		at--
	}
	return contrasts[r.words[at].Exact]
}

var contrasts = wordSet(`còn nhưng song`)

// denials are words of denying.
var denials = wordingsOf("phủ nhận,bác bỏ,chối,deny,denies,denied,denying,reject,rejects,rejected,rejecting,dismiss,dismisses,dismissed,refute,refuted,refutes")

// denying words say that something isn't so.
var denying = wordSet(`phủ bác chối sai trái vô đồn chống phản thôi`)

// deniedAlone refuses a statement that somebody denies what the sentence has
// nothing negative about.
func (s *statement) deniedAlone(r *reading) string {
	at := s.firstOf(denials, wordings{})
	if at < 0 {
		return ""
	}
	for i, word := range r.words {
		if negates(r.words, i) || averters[word.Exact] || denying[word.Exact] {
			return ""
		}
	}
	return "the cited sentence does not deny it: " + s.shown(at, at+1)
}
