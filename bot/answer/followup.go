package answer

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// What a question begins with that goes on from what was said before, by
// language.
var continuations = map[text.Language][][]string{
	text.Vietnamese: phrases(`còn|thế còn|vậy còn|thế thì|vậy thì|và|nhưng|rồi|sao`),
	text.English:    phrases(`and|but|so|then|what about|how about|why so|what else`),
	text.Russian:    phrases(`а|и|но|тогда`),
	text.Korean:     phrases(`그럼|그러면|그리고|그런데|그래서`),
}

// What points back to something said before, by language.
var pointers = map[text.Language][][]string{
	text.Vietnamese: phrases(`nó|họ|chúng|hắn|ông ấy|ông ta|ông này|ông đó|bà ấy|bà ta|bà này|bà đó|cô ấy|anh ấy|anh ta|người này|người đó|người ấy|
		nước này|nước đó|nước ấy|hai nước|bên này|bên đó|hai bên|hai người|việc này|việc đó|việc ấy|điều này|điều đó|điều ấy|chuyện này|chuyện đó|
		cái này|cái đó|số này|số đó|nơi này|nơi đó|nơi ấy|vụ này|vụ đó|nhóm này|nhóm đó|đại diện này|đại diện đó|quà này|quà đó|vũ khí này|vũ khí đó|
		thỏa thuận này|thỏa thuận đó|hiệp ước này|hiệp ước đó|ở đó|ở đấy|trong đó|khi đó|lúc đó|sau đó|trước đó|từ đó|nói trên|nêu trên|như vậy|thì sao`),
	text.English: phrases(`it|its|they|them|their|theirs|he|him|his|she|her|hers|those|these|that one|this one|about that|about this|former|latter`),
	text.Russian: phrases(`он|она|оно|они|его|её|ее|их|им|ему|ей|них|ним|ней|нём|нем|это|этого|этому|этом|этот|эта|эти|тот|та|те|там`),
	text.Korean:  phrases(`그|그는|그가|그의|그를|그녀|그녀는|그녀가|그들|그들은|그들이|그들의|그것|그것은|그것이|그것을|그건|이것|이것은|거기|거기서|그때`),
}

func phrases(list string) [][]string {
	var all [][]string
	for phrase := range strings.SplitSeq(list, "|") {
		all = append(all, strings.Fields(phrase))
	}
	return all
}

// mostElliptic is of how many words a question is at most that leaves out what
// it is about.
const mostElliptic = 4

// follows reports whether the question can't be understood without what was
// said before in the chat. One that replies to somebody's message is about
// that. Where it reports so wrongly, only a call more is made.
func (r Request) follows(language text.Language, concepts *retrieval.Concepts) bool {
	if strings.TrimSpace(r.Quoted) != "" {
		return true
	}
	if len(r.History) == 0 {
		return false
	}
	words := text.Words(r.Question)
	marked := text.HasDiacritics(r.Question)
	says := func(words []text.Word, phrase []string) bool {
		return len(words) >= len(phrase) && slices.EqualFunc(words[:len(phrase)], phrase, func(w text.Word, s string) bool {
			return w.Exact == s || !marked && w.Exact == text.Fold(s)
		})
	}
	for _, phrase := range continuations[language] {
		if says(words, phrase) {
			return true
		}
	}
	for _, phrase := range pointers[language] {
		for i := range words {
			if says(words[i:], phrase) {
				return true
			}
		}
	}
	return len(words) <= mostElliptic && !tells(words, language, concepts)
}

// tells reports whether a question names somebody or something and says more
// of it than that.
func tells(words []text.Word, language text.Language, concepts *retrieval.Concepts) bool {
	named := 0
	for _, f := range concepts.Find(words, language) {
		if f.Concept.Name {
			named += f.To - f.From
		}
	}
	return named > 0 && named < len(words)
}

// before returns what a question that follows others is searched with where no
// model words it anew: the message that it replies to, else the last question.
func (r Request) before() string {
	if r.Quoted == "" && len(r.History) > 0 {
		return r.History[len(r.History)-1].Question
	}
	return text.Clean(r.Quoted)
}
