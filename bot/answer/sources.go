package answer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// Source is a sentence in a prompt.
type Source struct {
	report.Sentence
	Paragraph int    // its number, from 1
	Heading   string // section and date above it in the prompt
	Year      int    // for its dates without one; 0: unknown
	Entry     string // date of its timeline entry; empty: none
}

// SourcesOf returns the sentences of passages in the report's order: for the prompt,
// and as sources, where source number n of the prompt is at n-1.
func SourcesOf(passages []store.Passage) (prompt []prompts.Source, sources []Source) {
	for _, p := range inReportOrder(passages) {
		heading := headingOf(p)
		if len(prompt) == 0 || prompt[len(prompt)-1].Heading != heading {
			prompt = append(prompt, prompts.Source{Heading: heading})
		}
		group := &prompt[len(prompt)-1]
		for _, s := range p.Sentences {
			sources = append(sources, Source{Sentence: s, Paragraph: p.Paragraph, Heading: heading, Year: p.Year, Entry: p.Entry})
			group.Sentences = append(group.Sentences, prompts.Sentence{ID: len(sources), Text: s.Text})
		}
	}
	return prompt, sources
}

// headingOf returns the section, date and year of a passage as its heading.
func headingOf(p store.Passage) string {
	parts := []string{}
	if p.Section != "" {
		parts = append(parts, p.Section)
	}
	switch {
	case p.Entry != "":
		parts = append(parts, p.Entry)
	case p.Year != 0:
		parts = append(parts, strconv.Itoa(p.Year))
	}
	return strings.Join(parts, " · ")
}

// inReportOrder returns passages in the report's order.
func inReportOrder(passages []store.Passage) []store.Passage {
	return slices.SortedStableFunc(slices.Values(passages), func(a, b store.Passage) int { return cmp.Compare(a.ID, b.ID) })
}

// NewChecker returns a checker of claims against sources. fallback is for claims whose language
// can't be recognised.
func (w *Writer) NewChecker(about claim.Report, sources []Source, fallback text.Language) *claim.Checker {
	checked := make([]claim.Source, len(sources))
	for i, s := range sources {
		checked[i] = claim.Source{Text: s.Text, Paragraph: s.Paragraph, Heading: s.Heading, Year: s.Year}
	}
	return claim.New(w.reader, about, checked, fallback)
}

// Evidence returns the sentences that a claim cites, with their neighbours in the
// paragraph, under their headings.
func Evidence(sources []Source, cited []int) []prompts.Source {
	wanted := map[int]bool{}
	for _, i := range cited {
		for n := i - 1; n <= i+1; n++ {
			if n >= 0 && n < len(sources) && sources[n].Paragraph == sources[i].Paragraph {
				wanted[n] = true
			}
		}
	}
	var groups []prompts.Source
	for i, s := range sources {
		if !wanted[i] {
			continue
		}
		if len(groups) == 0 || groups[len(groups)-1].Heading != s.Heading {
			groups = append(groups, prompts.Source{Heading: s.Heading})
		}
		group := &groups[len(groups)-1]
		group.Sentences = append(group.Sentences, prompts.Sentence{Text: s.Text})
	}
	return groups
}
