package claim

import (
	"slices"
	"strings"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Changed reports whether a sentence of a report differs in meaning from an earlier
// edition, and in which fact: a number, date or name is gone or replaced, a negation
// was added or removed, a word was replaced by its opposite, or most words are gone.
// Paraphrases and additions are no change.
func Changed(concepts *retrieval.Concepts, language text.Language, before, after Source) (Finding, bool) {
	d := compare(before, after, language, concepts)
	for _, rule := range differences {
		if detail := rule.find(d); detail != "" {
			return Finding{rule.rule, Contradicted, detail}, true
		}
	}
	return Finding{}, false
}

// differences are the checks for a change; two sentences are the same if none finds one.
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

// exchange finds facts that have swapped places while all other words are the same.
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
	// maxLost is the largest share of a sentence's content words that a paraphrase may
	// lose.
	maxLost = .6
	// maxLostRun is the most content words in a row that may be lost without a
	// replacement.
	maxLostRun = 4
)

// meaning finds a loss of most words, or of a part of the sentence.
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
	case content > 0 && float64(lost) > maxLost*float64(content):
		return "most of its words are others"
	case longest > maxLostRun && 3*gained < longest:
		return "a part of it is gone"
	}
	return ""
}
