package answer

import (
	"strings"

	"reportbot/store/text"
)

// wordings are the ways to say one thing.
type wordings struct {
	byFirst map[string][][]string // by their first word
	stems   []string              // single words of which only the beginning counts
}

// wordingsOf reads wordings that are parted by commas; "*" ends a stem.
func wordingsOf(list string) wordings {
	p := wordings{byFirst: map[string][][]string{}}
	for phrase := range strings.SplitSeq(list, ",") {
		if stem, ok := strings.CutSuffix(phrase, "*"); ok {
			p.stems = append(p.stems, stem)
			continue
		}
		words := strings.Fields(phrase)
		p.byFirst[words[0]] = append(p.byFirst[words[0]], words)
	}
	return p
}

// at reports whether one of them begins at word i, and where it ends.
func (p wordings) at(words []text.Word, i int) (to int, ok bool) {
	for _, phrase := range p.byFirst[words[i].Exact] {
		same := i+len(phrase) <= len(words)
		for j := 1; j < len(phrase) && same; j++ {
			same = words[i+j].Exact == phrase[j]
		}
		if same && i+len(phrase) > to {
			to = i + len(phrase)
		}
	}
	for _, stem := range p.stems {
		if strings.HasPrefix(words[i].Exact, stem) {
			to = max(to, i+1)
		}
	}
	return to, to > 0
}

// in returns where they begin in words.
func (p wordings) in(words []text.Word) []int {
	var at []int
	for i := range words {
		if _, ok := p.at(words, i); ok {
			at = append(at, i)
		}
	}
	return at
}

// wordSet is the set of the words in a list.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

func joined(words []text.Word) string {
	if len(words) == 1 {
		return words[0].Exact
	}
	exact := make([]string, len(words))
	for i, word := range words {
		exact[i] = word.Exact
	}
	return strings.Join(exact, " ")
}
