package claim

import (
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
