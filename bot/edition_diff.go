package bot

import (
	"fmt"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// mostExamples is the most examples of each kind of difference.
const mostExamples = 3

// compare describes the differences between two editions: counts, then a few examples
// of each kind.
func (m *Message) compare(lang text.Language, c *report.Comparison) {
	if c.Same() {
		m.say(say(lang, "diff_same"))
		return
	}
	for _, change := range c.Front {
		m.say(fmt.Sprintf("± %s → %s", excerpt(change.Old), excerpt(change.New)))
	}
	if len(c.SectionsAdded)+len(c.SectionsGone) > 0 {
		m.say(say(lang, "diff_sections", "Added", len(c.SectionsAdded), "Gone", len(c.SectionsGone)))
		m.examples("+", c.SectionsAdded)
		m.examples("−", c.SectionsGone)
	}
	m.say(say(lang, "diff_paragraphs", "Added", len(c.Added), "Changed", len(c.Changed), "Gone", len(c.Gone)))
	m.examples("+", textsOf(c.Added))
	m.examples("−", textsOf(c.Gone))
	for _, change := range c.Changed[:min(mostExamples, len(c.Changed))] {
		before, after := firstDifference(change.Old.Text(), change.New.Text())
		m.say(fmt.Sprintf("± %d: %s → %s", change.New.N, excerpt(before), excerpt(after)))
	}
	m.say(say(lang, "diff_footnotes", "Added", len(c.FootnotesAdded), "Changed", len(c.FootnotesChanged), "Gone", len(c.FootnotesGone)))
	if len(c.Damaged) > 0 {
		m.say(say(lang, "diff_damaged", "Count", len(c.Damaged)))
		for _, damaged := range c.Damaged[:min(mostExamples, len(c.Damaged))] {
			m.Lines = append(m.Lines, Line{{Text: fmt.Sprintf("[%d] ", damaged.N)}, {Text: excerpt(damaged.Text), Code: true}})
		}
	}
}

func (m *Message) examples(sign string, all []string) {
	for _, s := range all[:min(mostExamples, len(all))] {
		m.say(sign + " " + excerpt(s))
	}
	if more := len(all) - mostExamples; more > 0 {
		m.say(fmt.Sprintf("%s … (%d)", sign, more))
	}
}

func textsOf(paragraphs []report.Paragraph) []string {
	texts := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		texts[i] = fmt.Sprintf("%d: %s", p.N, p.Text())
	}
	return texts
}

// firstDifference returns two texts from shortly before their first difference.
func firstDifference(before, after string) (string, string) {
	a, b := strings.Fields(before), strings.Fields(after)
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	const lead = 4 // words
	if same <= lead {
		return before, after
	}
	from := same - lead
	return "… " + strings.Join(a[from:], " "), "… " + strings.Join(b[from:], " ")
}
