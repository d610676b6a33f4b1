package questions

import (
	_ "embed"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed vietnamese.txt
var vietnameseList string

// class is the function of words in a sentence, as named in vietnamese.txt.
type class string

// phrases are words and phrases of one class, by their first word, longest first.
type phrases map[string][][]string

var vietnameseClasses = sync.OnceValue(func() map[class]phrases { return readList(vietnameseList) })

// vietnamese returns a class of vietnamese.txt.
func vietnamese(c class) phrases { return vietnameseClasses()[c] }

func readList(list string) map[class]phrases {
	classes := map[class]phrases{}
	for line := range strings.Lines(list) {
		name, members, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		c := class(name)
		if classes[c] == nil {
			classes[c] = phrases{}
		}
		for member := range strings.SplitSeq(members, ",") {
			classes[c].add(member)
		}
	}
	return classes
}

func (p phrases) add(phrase string) {
	var words []string
	for _, word := range text.Words(phrase) {
		words = append(words, word.Exact)
	}
	if len(words) > 0 {
		p[words[0]] = append(p[words[0]], words)
	}
}

// at returns the length of the longest phrase of the class at word i and before word
// to; 0 if there is none.
func (p phrases) at(words []text.Word, i, to int) int {
	longest := 0
	if i < 0 || i >= to {
		return 0
	}
next:
	for _, phrase := range p[words[i].Exact] {
		if len(phrase) <= longest || i+len(phrase) > to {
			continue
		}
		for j := 1; j < len(phrase); j++ {
			if words[i+j].Exact != phrase[j] {
				continue next
			}
		}
		longest = len(phrase)
	}
	return longest
}

// before returns the length of the phrase of the class that ends before word i.
func (p phrases) before(words []text.Word, i int) int {
	for n := 4; n > 0; n-- {
		if i-n >= 0 && p.at(words, i-n, i) == n {
			return n
		}
	}
	return 0
}

// within reports whether words [from, to) have a phrase of the class.
func (p phrases) within(words []text.Word, from, to int) bool {
	for i := from; i < to; i++ {
		if p.at(words, i, to) > 0 {
			return true
		}
	}
	return false
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range text.Words(list) {
		set[word.Exact] = true
	}
	return set
}
