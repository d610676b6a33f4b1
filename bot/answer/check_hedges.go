package answer

import (
	"fmt"
	"slices"
	"strings"
)

// requests ask for what follows, up to the next comma.
const requests = "xin,đề nghị,yêu cầu,kêu gọi"

// hedges of a report say that something is only possible, hoped for or planned.
var hedges = wordingsOf("có thể,có khả năng,có lẽ,hy vọng,mong,muốn,trông đợi,dự kiến,lên kế hoạch,kế hoạch,chuẩn bị,tìm cách,cố gắng,đang cố,nếu,giả sử,dự định,sắp,có vẻ,quan tâm," + requests)

// doubts leave open all that a sentence says.
var doubts = wordingsOf("chưa rõ,không rõ,hay không,chưa chắc,không chắc")

// hedged is how claims say so, generously.
var hedged = wordingsOf(`có thể,có khả năng,có lẽ,hy vọng,mong,muốn,trông đợi,dự kiến,kế hoạch,chuẩn bị,tìm cách,cố gắng,cố,nếu,giả sử,dự định,sắp,chưa rõ,liệu,được cho là,cho là,có vẻ,khả năng,` +
	`dường như,sẽ,nhằm,kỳ vọng,mong đợi,nguy cơ,cơ hội,khó,ước tính,cho rằng,tin rằng,nghi,ngờ,lo ngại,chưa,hứa,định,ý định,quan tâm,` + requests + `,` +
	`may,might,could,can,possibl*,likely,unlikely,probabl*,perhaps,apparently,seem*,appear*,hope*,hoping,want*,plan*,prepar*,intend*,seek*,sought,aim*,try*,tried,attempt*,if,would,will,expect*,estimat*,believ*,suspect*,allegedly,purported*,potential*,able,` +
	`interest*,capab*,opportunit*,chance*,risk*,allow*,ability,would-be,suppos*,presum*,set to,about to,due to,going to,consider*,wish*,desire*,trying,looking,unclear,reportedly,should,whether,` +
	`может,могут,мог,могла,могли,вероятно,возможн*,надеется,надеются,планирует,хочет,будет,будут,намерен*,если,чтобы,похоже,по-видимому,수,것으로,가능성,계획,희망,위해,예정,듯`)

// promises say what will be or is meant to be; that says more than that it may.
var promises = wordSet(`sẽ nhằm will would`)

// mays begin the hedges that say that something is only possible.
var mays = wordSet(`có`)

// promising reports whether nothing but promises hedges a claim.
func (s *statement) promising() bool {
	promised := false
	for i, word := range s.words {
		if _, ok := hedged.at(s.words, i); ok && !s.framing[i] {
			if !promises[word.Exact] {
				return false
			}
			promised = true
		}
	}
	return promised
}

// mayOnly reports whether the claim has a promise that the sentence has only
// behind a may: "to prevent" for "possibly to prevent".
func (s *statement) mayOnly(r *reading) bool {
	for i, word := range s.words {
		if !promises[word.Exact] || s.framing[i] {
			continue
		}
		places := r.at[word.Exact]
		if len(places) > 0 && !slices.ContainsFunc(places, func(at int) bool {
			return !slices.ContainsFunc(r.hedges, func(hedge int) bool { return mays[r.words[hedge].Exact] && hedge < at && r.right(hedge, at) })
		}) {
			return true
		}
	}
	return false
}

// hedgeFault refuses a statement that says as a fact what the sentence says is
// possible, hoped for or planned.
func hedgeFault(s *statement, r *reading) string {
	if s.hedged && !s.promised || len(r.hedges) == 0 && r.doubt < 0 {
		return ""
	}
	if s.promised && s.mayOnly(r) {
		return "the cited sentence says only that it may be so"
	}
	inside, all, said := 0, 0, 0
	aligned := s.aligned(r)
	for n, u := range s.said {
		at := aligned[n]
		if u.name || at < 0 {
			continue
		}
		hedge := r.hedgeOf(at)
		if hedge == at {
			return "" // the claim has the hedge itself
		}
		all++
		if hedge < 0 || s.promised && !mays[r.words[hedge].Exact] {
			continue
		}
		inside++
		said = hedge
		if r.right(hedge, at) && !s.foreign() && s.predicate(u) {
			return fmt.Sprintf("the cited sentence says it only with %q", r.words[hedge].Exact)
		}
	}
	if all >= 2 && 2*inside > all {
		return fmt.Sprintf("the cited sentence says it only with %q", r.words[said].Exact)
	}
	return ""
}

// hedgeOf returns the hedge that tells of word at, or is it; -1 for none.
func (r *reading) hedgeOf(at int) int {
	if r.doubt >= 0 {
		return r.doubt
	}
	for _, hedge := range r.hedges {
		if hedge == at || r.under(at, hedge) {
			return hedge
		}
	}
	return -1
}

// right reports whether a hedge stands right before what happens at word at:
// with no more than a name and small words between.
func (r *reading) right(hedge, at int) bool {
	for i := hedge + 1; i < at; i++ {
		named := slices.ContainsFunc(r.names, func(name actor) bool { return name.from <= i && i < name.to })
		if !named && !r.empty(i) && !hedgeParts[r.words[i].Exact] {
			return false
		}
	}
	return at-hedge <= 8
}

var hedgeParts = wordSet(`thể khả năng lẽ vọng đợi kiến kế hoạch bị cách gắng cố sử định`)

// predicate reports whether a unit stands right behind a name, with no more than
// small words between: it is what the name does.
func (s *statement) predicate(u unit) bool {
	return slices.ContainsFunc(s.names, func(name actor) bool {
		for i := name.to; i < u.from; i++ {
			if !s.empty(i) {
				return false
			}
		}
		return name.to <= u.from && u.from-name.to <= 3
	})
}

// aligned returns where each unit stands in a sentence, of several places the
// one nearest to where the others are; -1 for none.
func (s *statement) aligned(r *reading) []int {
	var sure []int
	for _, u := range s.said {
		if places := r.spots(u); len(places) == 1 {
			sure = append(sure, places[0])
		}
	}
	at := make([]int, len(s.said))
	for n, u := range s.said {
		at[n] = -1
		best := -1
		for _, place := range r.spots(u) {
			far := 0
			for _, other := range sure {
				far += max(place-other, other-place)
			}
			if best < 0 || far < best {
				best, at[n] = far, place
			}
		}
	}
	return at
}

// under reports whether a word stands behind the hedge in the same part of the
// sentence.
func (r *reading) under(at, hedge int) bool {
	const reach = 24
	if at <= hedge || at > hedge+reach {
		return false
	}
	if _, request := asking.at(r.words, hedge); request && r.clause[at] != r.clause[hedge] {
		return false
	}
	for i := hedge + 1; i <= at; i++ {
		if ending[r.words[i].Exact] || strings.ContainsAny(r.text[r.words[i-1].End:r.words[i].Start], ";:—") {
			return false
		}
	}
	return true
}

var asking = wordingsOf(requests)

// ending words begin what a hedge before them does not tell of.
var ending = wordSet(`nhưng còn rồi song nên và`)
