// Package claim checks the claims of a model's answer against the report's
// sentences that they cite.
//
// Facts (numbers, dates, names, quotations, negations) are checked by code, each by a
// rule of its own with the outcome kept, contradicted or unclear. The meaning of a
// claim can be checked by code only if the claim is a shortening of the cited
// sentences. Otherwise a judge has to decide, which is not part of this package.
//
// The package depends on sentences and word lists, but not on prompts or models.
package claim

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Source is a sentence of the report from the prompt.
type Source struct {
	Text      string
	Paragraph int    // its number, from 1
	Heading   string // above it in the prompt
	Year      int    // for its dates without one; 0: unknown
}

// Report is the metadata of a report.
type Report struct{ Title, Date string }

// Decision is the result of a check. Instead of a claim that isn't shown, the caller
// may quote the sentence that it cites.
type Decision int

// The decisions.
const (
	Rejected  Decision = iota // a fact is contradicted, or it cites nothing: its words are not shown
	Undecided                 // no fact is contradicted; a judge has to decide
	Shown                     // it is a shortening of the cited sentences
)

// Verdict is the result of the check of one claim.
type Verdict struct {
	Decision Decision
	Cited    []int     // indexes of its sources
	Findings []Finding // outcomes other than Kept
	Why      Rule      // why it is not Shown; empty if it is
	Detail   string
}

// Checker checks the claims of one answer. It is not safe for concurrent use.
type Checker struct {
	reader   *Reader
	language text.Language // of the report
	fallback text.Language // of a claim whose language can't be recognised
	sources  []Source
	read     []*sourceText // the sources, each read when first needed
	about    *sentence     // the report's title and date
	longest  int
}

// factRule checks one kind of fact of a claim against its evidence.
type factRule struct {
	rule  Rule
	check func(claim *sentence, e *evidence) (Outcome, string)
}

// factRules all run on each claim; the first contradicted one is the reason.
var factRules = []factRule{
	{Quotation, checkQuotations},
	{Number, checkNumbers},
	{Date, checkDates},
	{Name, checkNames},
	{Negation, checkNegations},
}

// maxBytes is the greatest length of a claim, unless a source is longer: alignment
// takes time proportional to the claim's length times the source's.
const maxBytes = 1500

// New returns a Checker over the sources of a prompt. fallback is for claims whose
// language can't be recognised.
func New(reader *Reader, report Report, sources []Source, fallback text.Language) *Checker {
	c := &Checker{reader: reader, fallback: fallback, sources: sources, read: make([]*sourceText, len(sources)), longest: maxBytes}
	var all strings.Builder
	for _, s := range sources {
		c.longest = max(c.longest, len(s.Text))
		if all.Len() < maxBytes/2 {
			all.WriteString(s.Text)
			all.WriteByte(' ')
		}
	}
	c.language = text.LanguageOf(all.String(), text.Vietnamese)
	c.about = reader.source(report.Title+". "+report.Date, c.language, 0).sentences[0]
	return c
}

// Check checks a claim that cites sources by their indexes; it ignores indexes out of
// range.
func (c *Checker) Check(said string, cites []int) Verdict {
	v := Verdict{Cited: c.valid(cites)}
	if detail := markupFault(said); detail != "" {
		return v.reject(Markup, detail)
	}
	if len(said) > c.longest {
		return v.reject(Meaning, "it is longer than a claim")
	}
	claim := c.reader.read(said, c.fallback)
	if len(v.Cited) == 0 {
		if source, ok := c.support(claim); ok {
			v.Cited, v.Decision = []int{source}, Shown
			return v
		}
		return v.reject(Citation, "it cites no sentence that was in the prompt")
	}
	if slices.ContainsFunc(v.Cited, func(i int) bool { return c.sources[i].Text == claim.Text }) {
		v.Decision = Shown
		return v
	}
	e := c.evidence(v.Cited)
	for _, rule := range factRules {
		if outcome, detail := rule.check(claim, e); outcome != Kept {
			v.Findings = append(v.Findings, Finding{rule.rule, outcome, detail})
		}
	}
	if i := slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Outcome == Contradicted }); i >= 0 {
		return v.reject(v.Findings[i].Rule, v.Findings[i].Detail)
	}
	short, detail := shortened(claim, c.text(v.Cited))
	if short {
		v.Decision = Shown
		return v
	}
	v.Decision, v.Why, v.Detail = Undecided, Meaning, detail
	return v
}

func (v Verdict) reject(why Rule, detail string) Verdict {
	v.Decision, v.Why, v.Detail = Rejected, why, detail
	if len(v.Findings) == 0 {
		v.Findings = []Finding{{why, Contradicted, detail}}
	}
	return v
}

// valid returns the indexes that sources have, in the order cited, each once.
func (c *Checker) valid(cites []int) []int {
	var cited []int
	for _, i := range cites {
		if i >= 0 && i < len(c.sources) && !slices.Contains(cited, i) {
			cited = append(cited, i)
		}
	}
	return cited
}

// source returns source i, parsed.
func (c *Checker) source(i int) *sentence { return c.sourceText(i).sentences[0] }

// sourceText returns a source as a text of its own.
func (c *Checker) sourceText(i int) *sourceText {
	if c.read[i] == nil {
		c.read[i] = c.reader.source(c.sources[i].Text, c.language, c.sources[i].Year)
	}
	return c.read[i]
}

// evidence returns the evidence for checking the facts of a claim.
func (c *Checker) evidence(cited []int) *evidence {
	e := newEvidence(c.language)
	heading := map[string]bool{}
	for i, s := range c.sources {
		isCited := slices.Contains(cited, i)
		near := isCited || slices.ContainsFunc(cited, func(j int) bool { return c.sources[j].Paragraph == s.Paragraph })
		if !near {
			continue
		}
		sentence := c.source(i)
		if isCited {
			e.cited = append(e.cited, sentence)
		} else {
			e.around = append(e.around, sentence)
		}
		e.add(sentence, s.Year)
		if s.Heading != "" && !heading[s.Heading] {
			heading[s.Heading] = true
			above := c.reader.source(s.Heading, c.language, s.Year).sentences[0]
			e.around = append(e.around, above)
			e.add(above, s.Year)
		}
	}
	e.around = append(e.around, c.about)
	e.add(c.about, 0)
	return e
}

// text joins cited sources in the report's order.
func (c *Checker) text(cited []int) *sourceText {
	if len(cited) == 1 {
		return c.sourceText(cited[0])
	}
	var sentences []*sentence
	var years []int
	for _, i := range slices.Sorted(slices.Values(cited)) {
		sentences = append(sentences, c.source(i))
		years = append(years, c.sources[i].Year)
	}
	return joinSources(sentences, years)
}

// support returns the source of which a claim without citations is a shortening, if any.
func (c *Checker) support(claim *sentence) (int, bool) {
	if i := slices.IndexFunc(c.sources, func(s Source) bool { return s.Text == claim.Text }); i >= 0 {
		return i, true
	}
	for i := range c.sources {
		if !c.source(i).sharesMost(claim) {
			continue
		}
		if short, _ := shortened(claim, c.text([]int{i})); short && c.uncontradicted(claim, i) {
			return i, true
		}
	}
	return 0, false
}

// uncontradicted reports whether one source contradicts no fact of a claim.
func (c *Checker) uncontradicted(claim *sentence, source int) bool {
	e := c.evidence([]int{source})
	return !slices.ContainsFunc(factRules, func(rule factRule) bool {
		outcome, _ := rule.check(claim, e)
		return outcome == Contradicted
	})
}

// sharesMost reports whether a sentence has more than half of a claim's words;
// otherwise the claim can't be a shortening of it.
func (s *sentence) sharesMost(claim *sentence) bool {
	has := map[string]bool{}
	for _, word := range s.Words {
		has[word.Folded] = true
	}
	shared := 0
	for _, word := range claim.Words {
		if has[word.Folded] {
			shared++
		}
	}
	return 2*shared > len(claim.Words)
}
