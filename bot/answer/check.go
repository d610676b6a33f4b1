package answer

import (
	"fmt"
	"slices"
	"strings"

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
	single   []*evidence     // of each source alone, once it was needed
}

func newChecker(language text.Language, sources []source, concepts *retrieval.Concepts) *checker {
	return &checker{concepts: concepts, fallback: language, sources: sources, said: map[string]bool{}, single: make([]*evidence, len(sources))}
}

// check returns the claim with its footnotes, or why it is refused. A claim
// whose citation is missing or doesn't bear it out is given the sentence that
// does, if one that the model was shown does.
func (c *checker) check(claim prompts.Claim) (Claim, *Rejected) {
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
		if rule, detail = fault(s, c.evidence(cited)); detail == "" && len(cited) > 1 {
			rule, detail = c.mergedFault(s, cited)
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
	for _, s := range cited {
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

func refuse(claim prompts.Claim, why Rule, detail string) (Claim, *Rejected) {
	return Claim{}, &Rejected{Text: claim.Text, Why: why, Detail: detail}
}

// fault returns the first rule that a statement breaks over the cited
// sentences, and how; no detail if it breaks none.
func fault(s *statement, e *evidence) (Rule, string) {
	for _, rule := range []struct {
		name  Rule
		fault func(*statement, *evidence) string
	}{
		{RuleQuotation, quotationFault},
		{RuleNumber, numberFault},
		{RuleName, nameFault},
		{RuleNumber, swapFault},
		{RuleNegation, negationFault},
		{RuleCoverage, coverageFault},
	} {
		if detail := rule.fault(s, e); detail != "" {
			return rule.name, detail
		}
	}
	return "", ""
}

// mergedFault refuses a statement of several sentences in which one clause
// takes its names and numbers from different ones: each may be true, and what
// is made of them not.
func (c *checker) mergedFault(s *statement, cited []source) (Rule, string) {
	for _, clause := range s.clauses() {
		part := c.read(clause)
		var rule Rule
		detail := ""
		for i := range cited {
			e := c.evidence(cited[i : i+1])
			rule, detail = RuleNumber, numberFault(part, e)
			if detail == "" {
				rule, detail = RuleName, nameFault(part, e)
			}
			if detail == "" {
				break
			}
		}
		if detail != "" {
			return rule, "no one sentence says all of a clause: " + detail
		}
	}
	return "", ""
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

// support returns the sentence of the prompt that bears a statement out best,
// or nil. It must bear more of it than a citation of the model's own has to,
// since nobody has said that it is meant.
func (c *checker) support(s *statement) []source {
	best, most := -1, leastSupport
	for i := range c.sources {
		if c.single[i] == nil {
			c.single[i] = c.evidence(c.sources[i : i+1])
		}
		share, known := coverage(s, c.single[i])
		if !known || share < most {
			continue
		}
		if _, detail := fault(s, c.single[i]); detail == "" {
			best, most = i, share
		}
	}
	if best < 0 {
		return nil
	}
	return c.sources[best : best+1]
}

// statement is a claim as the rules see it.
type statement struct {
	concepts *retrieval.Concepts
	text     string
	language text.Language
	words    []text.Word
	found    []retrieval.Found
	dates    []text.Date
	numbers  []quantity
	negated  []polarity
	framing  []bool // by word: it only says that the report says so
}

func (c *checker) read(claim string) *statement {
	claim = text.Clean(claim)
	s := &statement{concepts: c.concepts, text: claim, words: text.Words(claim), language: text.LanguageOf(claim, c.fallback)}
	s.framing = framing(claim, s.words)
	s.found = slices.DeleteFunc(c.concepts.Find(s.words, s.language), func(f retrieval.Found) bool { return s.framing[f.From] })
	s.dates = text.Dates(claim, s.words)
	s.numbers = quantities(claim, s.words, s.dates)
	s.negated = negations(claim, s.words, s.language)
	return s
}

// evidence is what the cited sentences say, their headings' dates included.
type evidence struct {
	texts    []string
	words    []text.Word
	exact    map[string]bool
	folded   map[string]bool
	concepts map[*retrieval.Concept]bool
	found    []retrieval.Found
	negated  []polarity
	numbers  []quantity
	counted  []counted
	dates    []text.Date // with their inherited years
	years    map[int]bool
}

func (c *checker) evidence(cited []source) *evidence {
	e := &evidence{exact: map[string]bool{}, folded: map[string]bool{}, concepts: map[*retrieval.Concept]bool{}, years: map[int]bool{}}
	for _, s := range cited {
		e.add(c.concepts, s.Text, s.Year, true)
		e.add(c.concepts, s.Heading, s.Year, false)
	}
	return e
}

// add reads a text of the report. A heading dates and names what stands under
// it, but states nothing.
func (e *evidence) add(concepts *retrieval.Concepts, s string, inherited int, states bool) {
	words := text.Words(s)
	dates := text.Dates(s, words)
	for _, date := range dates {
		if date.Year == 0 {
			date.Year = inherited
		}
		e.dates = append(e.dates, date)
		e.years[date.Year] = true
	}
	if inherited != 0 {
		e.years[inherited] = true
	}
	numbers := quantities(s, words, dates)
	e.numbers = append(e.numbers, numbers...)
	for _, word := range words {
		e.exact[word.Exact], e.folded[word.Folded] = true, true
	}
	found := concepts.FindAll(words)
	for _, f := range found {
		e.concepts[f.Concept] = true
	}
	for _, q := range numbers {
		for _, f := range found {
			if f.From == q.to || f.From == q.to+1 {
				e.counted = append(e.counted, counted{q.value, f.Concept})
			}
		}
	}
	if !states {
		return
	}
	e.texts = append(e.texts, text.Clean(s))
	base := len(e.words)
	for _, f := range found {
		e.found = append(e.found, retrieval.Found{Concept: f.Concept, From: base + f.From, To: base + f.To})
	}
	e.words = append(e.words, words...)
	e.negated = append(e.negated, negations(s, words, text.Vietnamese)...)
}

// shown quotes a part of a claim for a detail.
func (s *statement) shown(from, to int) string {
	return fmt.Sprintf("%q", s.text[s.words[from].Start:s.words[to-1].End])
}

// has reports whether the evidence has a word as the statement writes it, or,
// where it is written without marks, without them.
func (e *evidence) has(word text.Word, marked bool) bool {
	return e.exact[word.Exact] || !marked && e.folded[word.Folded]
}

func (s *statement) marked() bool { return text.HasDiacritics(s.text) }

// inText reports whether one of the cited sentences holds s, marks of
// quotation and case aside.
func (e *evidence) inText(s string) bool {
	s = unquoted(s)
	return slices.ContainsFunc(e.texts, func(t string) bool { return strings.Contains(unquoted(t), s) })
}
