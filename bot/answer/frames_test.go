package answer

import (
	"strings"
	"testing"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// A clause of a sentence, said to be the report's, passes with its sentence's
// footnotes, unless it is cut off from what says that it is only possible.
func TestClausesOfTheReportPassUnderAFrame(t *testing.T) {
	s, concepts := newStage(t), retrieval.New(nil).Concepts()
	clauses, refused := 0, 0
	for i, source := range s.sentences {
		for _, clause := range strings.Split(source.Text, ", ") {
			before, _, _ := strings.Cut(source.Text, clause)
			if words := text.Words(before); len(hedges.in(words)) > 0 {
				continue
			}
			if len(strings.Fields(clause)) < 5 || strings.Count(clause, "“") != strings.Count(clause, "”") {
				continue
			}
			for _, frame := range []string{"Theo báo cáo, ", "Báo cáo cho biết ", "Báo cáo nêu rõ rằng "} {
				clauses++
				checker := newChecker(text.Vietnamese, s.sentences[i:i+1], concepts)
				if _, rejected := checker.check(prompts.Claim{Text: frame + clause + ".", Cites: []int{1}}); rejected != nil {
					refused++
					t.Logf("refused (%s, %s): %s", rejected.Why, rejected.Detail, frame+clause)
				}
			}
		}
	}
	if clauses < 1000 || refused*100 > clauses {
		t.Errorf("%d of %d refused, more than one in a hundred", refused, clauses)
	}
}
