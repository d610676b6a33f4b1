package answer

import (
	"fmt"
	"regexp"

	"reportbot/store/text"
)

const (
	// leastCoverage is how much of a claim's words the cited sentences must
	// have, in the report's language and in one that the lexicon knows.
	leastCoverage = .66
	// leastForeign is the same for a claim in another language, of the words
	// that the word list knows.
	leastForeign = .35
	// leastSupport is what a sentence must have that is found for a claim
	// without a good citation.
	leastSupport = .8
	// leastClause is how much of a single clause the cited sentences must have.
	leastClause = .55
	// mostAdded is how many things in a row may be the claim's own.
	mostAdded = 2
)

// coverageFault refuses a statement whose words the cited sentence doesn't have.
func coverageFault(s *statement, r *reading) string {
	share, known := coverage(s, r)
	least := leastCoverage
	if s.foreign() {
		least = leastForeign
	}
	if known && share < least {
		return fmt.Sprintf("the cited sentence has %.0f%% of what it says", 100*share)
	}
	for i, word := range s.words {
		if conversation[word.Exact] && !r.folded[word.Folded] {
			return "it speaks to somebody: " + s.shown(i, i+1)
		}
	}
	if s.language != text.Vietnamese && !known {
		return "nothing in it can be compared with the cited sentence"
	}
	return addedFault(s, r)
}

// foreign reports whether the claim is in a language of which only the word
// list of retrieval knows words.
func (s *statement) foreign() bool {
	return s.language != text.Vietnamese && s.language != text.English
}

// conversation is how people in a chat name each other; reports don't.
var conversation = wordSet(`i you your my me we our tôi bạn above instructions prompt я вы ты`)

// addedFault refuses a clause that the sentence doesn't have, behind others that
// it has, and a run of words of the claim's own.
func addedFault(s *statement, r *reading) string {
	if s.foreign() {
		return ""
	}
	run, begun := 0, 0 // of words of the claim's own
	clause, first, last := -1, 0, 0
	content, covered := 0, 0.0 // of the clause
	short := func() bool {
		return content >= 3 && covered < leastClause*float64(content) || content == 2 && covered == 0
	}
	for _, u := range s.said {
		if group := s.groups[u.from]; group != clause {
			if short() {
				break
			}
			clause, content, covered, first = group, 0, 0, u.from
		}
		last = u.to
		if u.name {
			run = 0
			continue
		}
		has := s.covers(u, r)
		content++
		covered += has
		if has > 0 {
			run = 0
			continue
		}
		if run == 0 {
			begun = u.from
		}
		if run++; run > mostAdded {
			return "no cited sentence says " + s.shown(begun, u.to)
		}
	}
	if short() {
		return "no cited sentence says " + s.shown(first, last)
	}
	return ""
}

// coverage returns how much of what a statement says the sentence has, as such
// or under another name; known is false where nothing can be compared.
func coverage(s *statement, r *reading) (share float64, known bool) {
	content, covered := 0.0, 0.0
	names := 0
	for _, u := range s.said {
		if u.name && !s.foreign() {
			names++ // they have a rule of their own
			continue
		}
		has := s.covers(u, r)
		if has == 0 && s.foreign() && len(u.keys) == 1 {
			continue // a word that no list knows
		}
		content++
		covered += has
	}
	if content == 0 {
		return 1, names > 0
	}
	return covered / content, true
}

// covers returns how much of a unit the sentence has, up to 1.
func (s *statement) covers(u unit, r *reading) float64 {
	switch {
	case u.name, len(r.places(u)) > 0: // names have a rule of their own
		return 1
	case u.to-u.from < 2:
		return 0
	}
	// The parts of a compound may stand by themselves.
	has, parts := 0, 0
	for i := u.from; i < u.to; i++ {
		if s.empty(i) {
			continue
		}
		parts++
		if len(r.places(s.single(i))) > 0 {
			has++
		}
	}
	if parts == 0 || has < parts {
		return 0
	}
	return .5
}

// single is word i as a unit by itself.
func (s *statement) single(i int) unit {
	u := unit{from: i, to: i + 1, keys: []any{s.words[i].Exact}}
	if s.language == text.English {
		for _, m := range commonWords().inEnglish(s.words[:i+1], i) {
			u.keys = append(u.keys, m.row)
		}
		for _, f := range s.concepts.Find(s.words[i:i+1], s.language) {
			u.keys = append(u.keys, f.Concept)
		}
	}
	return u
}

// frames name the report itself as what says so, which is always true.
var frames = regexp.MustCompile(`(?i)(?:theo|trong) (?:bản |nội dung )?(?:báo cáo|tài liệu|nguồn)(?: này| trên)?|(?:bản )?(?:báo cáo|tài liệu)(?: này)? (?:cũng )?(?:cho biết|cho hay|nêu|nói|viết|ghi|ghi nhận|nhận định|đề cập)(?: rõ)?(?: rằng)?` +
	`|(?:according to|per|in) the (?:report|document|sources?)|the (?:report|document) (?:also )?(?:says|said|states|stated|notes|noted|mentions|writes)(?: that)?` +
	`|согласно (?:отч[её]ту|докладу)|по данным (?:отч[её]та|доклада)|в (?:отч[её]те|докладе) говорится|보고서에 따르면`)

// framing tells of each of the words of s whether it belongs to a frame.
func framing(s string, words []text.Word) []bool {
	inside := make([]bool, len(words))
	for _, frame := range frames.FindAllStringIndex(s, -1) {
		for i, word := range words {
			inside[i] = inside[i] || word.Start >= frame[0] && word.End <= frame[1]
		}
	}
	return inside
}
