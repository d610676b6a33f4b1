package answer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"reportbot/prompts"
	"reportbot/store/text"
)

// Rule names why a claim was refused.
type Rule string

// The rules of the claim check.
const (
	RuleCitation Rule = "citation"
	RuleNumber   Rule = "number"
	RuleMarkup   Rule = "markup"
)

// checker holds claims against the sentences that the model was shown.
type checker struct {
	language text.Language
	sources  []source
	said     map[string]bool // texts of claims that passed
}

func newChecker(language text.Language, sources []source) *checker {
	return &checker{language: language, sources: sources, said: map[string]bool{}}
}

// check returns the claim with its footnotes, or why it is refused.
func (c *checker) check(claim prompts.Claim) (Claim, *Rejected) {
	cited := c.cited(claim.Cites)
	for _, rule := range []struct {
		name  Rule
		fault func(string, []source) string
	}{
		{RuleMarkup, markupFault},
		{RuleCitation, c.citationFault},
		{RuleNumber, numberFault},
	} {
		if detail := rule.fault(claim.Text, cited); detail != "" {
			return Claim{}, &Rejected{Text: claim.Text, Why: rule.name, Detail: detail}
		}
	}
	c.said[claim.Text] = true
	passed := Claim{Text: claim.Text}
	for _, s := range cited {
		passed.Sources = append(passed.Sources, s.Text)
		for _, n := range s.Footnotes {
			if !slices.Contains(passed.Footnotes, n) {
				passed.Footnotes = append(passed.Footnotes, n)
			}
		}
	}
	return passed, nil
}

// cited returns the sentences under ids; ids that the prompt did not have are
// left out.
func (c *checker) cited(ids []int) []source {
	var cited []source
	for _, id := range ids {
		if id >= 1 && id <= len(c.sources) {
			cited = append(cited, c.sources[id-1])
		}
	}
	return cited
}

// citationFault refuses what rests on no sentence, and what was said already.
func (c *checker) citationFault(claim string, cited []source) string {
	switch {
	case len(cited) == 0:
		return "it cites no sentence that was in the prompt"
	case c.said[claim]:
		return "it says again what another claim said"
	}
	return ""
}

var markup = regexp.MustCompile("(?i)https?://|www\\.|<[a-z/!]|\\*\\*|__|`|\\]\\(|\\[\\d+\\]|^#|&(?:[a-z]+|#\\d+);|\\bt\\.me/|^>|^\\|")

// markupFault refuses links and formatting of the model's own.
func markupFault(claim string, _ []source) string {
	if found := markup.FindString(claim); found != "" {
		return fmt.Sprintf("it has markup or a link of its own: %q", found)
	}
	return ""
}

// numberFault refuses a number that the cited sentences don't have, their
// inherited years included.
func numberFault(claim string, cited []source) string {
	known := map[string]bool{}
	for _, s := range cited {
		for _, word := range text.Words(s.Heading + "\n" + s.Text) {
			known[word.Exact] = true
		}
		if s.Year != 0 {
			known[fmt.Sprint(s.Year)] = true
		}
	}
	for _, word := range text.Words(claim) {
		if word.Number && !known[word.Exact] && !known[strings.TrimLeft(word.Exact, "0")] {
			return fmt.Sprintf("no cited sentence has %q", claim[word.Start:word.End])
		}
	}
	return ""
}
