package claim

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Changed reports whether a sentence of a report says something else than it did in an
// earlier edition, and which fact is another: a number, date or name that is gone or was
// replaced, a negation, the opposite of a word, or most of what it said. Other
// words for the same, and additions, are no change.
func Changed(concepts *retrieval.Concepts, language text.Language, before, after Source) (Finding, bool) {
	d := compare(before, after, language, concepts)
	for _, rule := range differences {
		if detail := rule.find(d); detail != "" {
			return Finding{rule.rule, Contradicted, detail}, true
		}
	}
	return Finding{}, false
}

// differences all have to find nothing for two sentences to say the same.
var differences = []struct {
	rule Rule
	find func(d *difference) string
}{
	{Number, (*difference).number},
	{Date, (*difference).date},
	{Name, (*difference).name},
	{Negation, (*difference).polarity},
	{Meaning, (*difference).exchange},
	{Meaning, (*difference).opposite},
	{Meaning, (*difference).meaning},
}

// exchange finds facts that have changed places while all other words stayed.
func (d *difference) exchange() string {
	wordsBefore, factsBefore := d.before.skeleton()
	wordsAfter, factsAfter := d.after.skeleton()
	if slices.Equal(wordsBefore, wordsAfter) && !slices.Equal(factsBefore, factsAfter) &&
		slices.Equal(slices.Sorted(slices.Values(factsBefore)), slices.Sorted(slices.Values(factsAfter))) {
		return "two of its facts have changed places"
	}
	return ""
}

// skeleton returns a sentence's words with a mark for each fact, and the facts.
func (s *sentence) skeleton() (words, facts []string) {
	end := map[int]int{}
	for _, n := range s.Numbers {
		end[n.From] = n.To
	}
	for _, date := range s.Dates {
		end[date.From] = date.To
	}
	for _, n := range s.Names {
		end[n.From] = n.To
	}
	for i := 0; i < len(s.Words); {
		to, fact := end[i]
		if !fact {
			words = append(words, s.Words[i].Folded)
			i++
			continue
		}
		words = append(words, "\x00")
		facts = append(facts, foldedText(s.Words[i:to]))
		i = to
	}
	return words, facts
}

func foldedText(words []text.Word) string {
	folded := make([]string, len(words))
	for i, word := range words {
		folded[i] = word.Folded
	}
	return strings.Join(folded, " ")
}

const (
	// mostLost is the share of a sentence's content words that may be lost while it is
	// still only worded otherwise.
	mostLost = .6
	// longestLost is how many content words in a row may be lost without any others in
	// their place.
	longestLost = 4
)

// meaning finds that most of the words, or a part of the sentence, are gone.
func (d *difference) meaning() string {
	content, lost, gained, run, longest := 0, 0, 0, 0, 0
	for i := range d.before.Words {
		if !d.before.content(i) {
			continue
		}
		content++
		if !d.lost[i] {
			run = 0
			continue
		}
		lost++
		run++
		longest = max(longest, run)
	}
	for i := range d.after.Words {
		if d.after.content(i) && d.gained[i] {
			gained++
		}
	}
	switch {
	case content > 0 && float64(lost) > mostLost*float64(content):
		return "most of its words are others"
	case longest > longestLost && 3*gained < longest:
		return "a part of it is gone"
	}
	return ""
}
