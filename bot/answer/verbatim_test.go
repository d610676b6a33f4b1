package answer

import (
	"os"
	"testing"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// A claim in the very words of the sentence it cites always passes.
func TestTheReportsOwnSentencesPass(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, location := range []string{report.Embedded, original} {
		t.Run(location, func(t *testing.T) {
			if _, err := os.Stat(original); err != nil && location == original {
				t.Skip("the original report isn't here")
			}
			s := stageOf(t, location)
			for i, source := range s.sentences {
				checker := newChecker(text.Vietnamese, s.sentences[i:i+1], concepts)
				passed, rejected := checker.check(prompts.Claim{Text: source.Text, Cites: []int{1}})
				if rejected != nil {
					t.Errorf("refused (%s, %s): %s", rejected.Why, rejected.Detail, source.Text)
				} else if !sameNumbers(passed.Footnotes, source.Footnotes) {
					t.Errorf("footnotes %v, want %v: %s", passed.Footnotes, source.Footnotes, source.Text)
				}
			}
		})
	}
}
