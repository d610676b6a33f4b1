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

// frames name the report itself as what says so, which is always true.
var frames = regexp.MustCompile(`(?i)(?:theo|trong) (?:bản |nội dung )?(?:báo cáo|tài liệu|nguồn)(?: này| trên)?|(?:bản )?(?:báo cáo|tài liệu)(?: này)? (?:cũng )?(?:cho biết|cho hay|nêu|nói|viết|ghi|ghi nhận|nhận định|đề cập)(?: rõ)?(?: rằng)?` +
	`|(?:according to|per|in) the (?:report|document|sources?)|the (?:report|document) (?:also )?(?:says|said|states|stated|notes|noted|mentions|writes)(?: that)?` +
	`|согласно (?:отч[её]ту|докладу)|по данным (?:отч[её]та|доклада)|в (?:отч[её]те|докладе) говорится|보고서에 따르면`)

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
	for i := range state {
		if s.framing[i] {
			state[i] = isEmpty
		}
	}
	return state
}

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
