package answer

import (
	"slices"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// Rule names why a claim was refused.
type Rule string

// The rules of the claim check, in the order in which they are tried.
const (
	RuleMarkup    Rule = "markup"
	RuleCitation  Rule = "citation"
	RuleQuotation Rule = "quotation"
	RuleNumber    Rule = "number"
	RuleName      Rule = "name"
	RuleNegation  Rule = "negation"
	RuleCoverage  Rule = "coverage"
)

// checker holds claims against the sentences that the model was shown. It
// answers one question.
type checker struct {
	concepts *retrieval.Concepts
	fallback text.Language // of a claim that doesn't tell its own
	sources  []source
	said     map[string]bool // texts of claims that passed
	quoted   map[int]bool    // sources that were quoted in the place of a claim
	readings []*reading      // of each source, once it was needed
}

func newChecker(language text.Language, sources []source, concepts *retrieval.Concepts) *checker {
	return &checker{concepts: concepts, fallback: language, sources: sources, said: map[string]bool{}, quoted: map[int]bool{}, readings: make([]*reading, len(sources))}
}

// check returns the claim with its footnotes, or why it is refused. A claim
// whose citation is missing or doesn't bear it out is given the sentence that
// does, if one that the model was shown does.
func (c *checker) check(claim prompts.Claim) (Claim, *Rejected) {
	if len(claim.Text) > c.longest() {
		return refuse(claim, RuleCoverage, "it is longer than a claim")
	}
	s := c.read(claim.Text)
	if detail := markupFault(s); detail != "" {
		return refuse(claim, RuleMarkup, detail)
	}
	if c.said[claim.Text] {
		return refuse(claim, RuleCitation, "it says again what another claim said")
	}
	cited := c.cited(claim.Cites)
	rule, detail := RuleCitation, "it cites no sentence that was in the prompt"
	if len(cited) > 0 {
		if rule, detail = c.faultOver(s, cited); detail != "" && c.parted(s, cited, len(cited)) {
			detail = ""
		}
	}
	if detail != "" {
		if found := c.support(s); found != nil {
			cited, detail = found, ""
		}
	}
	if detail != "" {
		return refuse(claim, rule, detail)
	}
	c.said[claim.Text] = true
	passed := Claim{Text: claim.Text}
	for _, i := range cited {
		s := c.sources[i]
		passed.Sources = append(passed.Sources, s.Text)
		passed.Paragraphs = append(passed.Paragraphs, s.Paragraph)
		for _, n := range s.Footnotes {
			if !slices.Contains(passed.Footnotes, n) {
				passed.Footnotes = append(passed.Footnotes, n)
			}
		}
	}
	return passed, nil
}

// mostBytes is how long a claim may be, unless a sentence that the model was
// shown is longer: comparing it takes time that grows with its square.
const mostBytes = 1500

func (c *checker) longest() int {
	most := mostBytes
	for _, s := range c.sources {
		most = max(most, len(s.Text))
	}
	return most
}

func refuse(claim prompts.Claim, why Rule, detail string) (Claim, *Rejected) {
	return Claim{}, &Rejected{Text: claim.Text, Why: why, Detail: detail}
}

// fault returns the first rule that a statement breaks over a sentence, and how;
// no detail if it breaks none.
func fault(s *statement, r *reading) (Rule, string) {
	if r.text == s.text {
		return "", "" // the report's own sentence says what it says
	}
	for _, rule := range []struct {
		name  Rule
		fault func(*statement, *reading) string
	}{
		{RuleQuotation, quotationFault},
		{RuleNumber, numberFault},
		{RuleName, nameFault},
		{RuleNumber, headFault},
		{RuleNumber, boundFault},
		{RuleNumber, shareFault},
		{RuleNumber, pairFault},
		{RuleNumber, stampFault},
		{RuleName, roleFault},
		{RuleName, swapFault},
		{RuleName, ownerFault},
		{RuleName, doerFault},
		{RuleName, speakerFault},
		{RuleNegation, negationFault},
		{RuleNegation, denialFault},
		{RuleNegation, oppositeFault},
		{RuleNegation, orderFault},
		{RuleCoverage, scopeFault},
		{RuleCoverage, hedgeFault},
		{RuleCoverage, coverageFault},
	} {
		if detail := rule.fault(s, r); detail != "" {
			return rule.name, detail
		}
	}
	return "", ""
}

// cited returns the indexes of the sentences under ids; ids that the prompt did
// not have are left out.
func (c *checker) cited(ids []int) []int {
	var cited []int
	for _, id := range ids {
		if id >= 1 && id <= len(c.sources) {
			cited = append(cited, id-1)
		}
	}
	return cited
}

// support returns the sentence of the prompt that bears a statement out best,
// or nil. It must bear more of it than a citation of the model's own has to,
// since nobody has said that it is meant.
func (c *checker) support(s *statement) []int {
	var best []int
	most := leastSupport
	for i := range c.sources {
		r := c.reading(i)
		share, known := coverage(s, r)
		if !known || share < most || best != nil && share == most {
			continue
		}
		if _, detail := fault(s, r); detail == "" {
			best, most = []int{i}, share
		}
	}
	return best
}

// reading returns source i as the rules see it.
func (c *checker) reading(i int) *reading {
	if c.readings[i] == nil {
		c.readings[i] = readSentence(c.concepts, c.sources[i])
	}
	return c.readings[i]
}
