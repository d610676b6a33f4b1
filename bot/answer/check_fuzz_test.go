package answer

import (
	"slices"
	"strings"
	"testing"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Whatever a model writes, the check ends, says why it refuses, and lets nothing
// pass that has a link, markup, or a number of its own.
func FuzzCheck(f *testing.F) {
	s, concepts := stageOf(f, report.Embedded), retrieval.New(nil).Concepts()
	sources := s.sentences[20:32]
	for _, r := range readReplies(f, "replies-b.jsonl")[:40] {
		f.Add(r.Reply, 1)
	}
	for _, source := range sources {
		f.Add(source.Text, 3)
	}
	f.Add("Theo Nga, không năm hàng nghìn và 1,2 đến 1,3 tỷ – “", 2)
	f.Fuzz(func(t *testing.T, claim string, cite int) {
		checker := newChecker(text.Vietnamese, sources, concepts)
		asked := prompts.Claim{Text: claim, Cites: []int{cite, cite + 1}}
		passed, rejected := checker.check(asked)
		if rejected != nil {
			if rejected.Why == "" || rejected.Detail == "" || rejected.Text != claim {
				t.Fatalf("refused without a reason: %+v", rejected)
			}
			return
		}
		if len(passed.Sources) == 0 || strings.Contains(claim, "://") || markup.MatchString(claim) {
			t.Fatalf("passed: %q over %q", claim, passed.Sources)
		}
		for _, word := range text.Words(text.Clean(claim)) {
			if word.Number && !slices.ContainsFunc(passed.Sources, func(s string) bool { return saysNumber(s, word.Exact) }) && !inHeading(sources, word.Exact) {
				t.Fatalf("passed with the number %s: %q over %q", word.Exact, claim, passed.Sources)
			}
		}
		if _, again := checker.check(asked); again == nil {
			t.Fatalf("the same claim passed twice: %q", claim)
		}
	})
}

// saysNumber reports whether a sentence has a number, written out or scaled.
func saysNumber(sentence, number string) bool {
	words := text.Words(sentence)
	written := quantities(sentence, words, nil)
	return slices.ContainsFunc(words, func(w text.Word) bool {
		return w.Exact == number || strings.TrimLeft(w.Exact, "0") == strings.TrimLeft(number, "0")
	}) ||
		slices.ContainsFunc(written, func(q quantity) bool { return !q.digits || q.to > q.from+1 })
}

func inHeading(sources []source, number string) bool {
	return slices.ContainsFunc(sources, func(s source) bool { return saysNumber(s.Heading, number) })
}
