package bot

import (
	"context"
	"fmt"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// mostFindings is the most damaged links listed.
const mostFindings = 20

// check lists what is wrong with the live edition.
func (b *Bot) check(ctx context.Context, in Incoming, _ string, out Responder) error {
	live, err := b.live(ctx)
	if err != nil {
		return err
	}
	r, err := b.memory.Report(ctx, live.ID)
	if err != nil {
		return err
	}
	lang := in.language()
	m := Message{Lines: []Line{{{Text: title(live, lang), Bold: true}}}}
	m.findings(lang, r)
	b.exam(ctx, &m, lang, live)
	return b.show(ctx, out, m)
}

// findings says what a report contains and what is wrong with it.
func (m *Message) findings(lang text.Language, r *report.Report) {
	m.say(say(lang, "check_counts", "Sections", len(r.Sections), "Paragraphs", len(r.Paragraphs),
		"Sentences", r.SentenceCount(), "Footnotes", len(r.Footnotes)))
	before := len(m.Lines)
	if len(r.Missing) > 0 {
		m.say(say(lang, "check_missing", "Notes", marks(r.Missing)))
	}
	if len(r.Uncited) > 0 {
		m.say(say(lang, "check_uncited", "Notes", marks(r.Uncited)))
	}
	var damaged []Line
	for _, f := range r.Footnotes {
		for _, printed := range f.Damaged {
			damaged = append(damaged, Line{{Text: fmt.Sprintf("[%d] ", f.N)}, {Text: excerpt(printed), Code: true}})
		}
	}
	if len(damaged) > 0 {
		m.say(say(lang, "check_damaged", "Count", len(damaged)))
		m.Lines = append(m.Lines, damaged[:min(mostFindings, len(damaged))]...)
	}
	for _, warning := range r.Warnings {
		m.say(warning)
	}
	if len(m.Lines) == before {
		m.say(say(lang, "check_good"))
	}
}

func marks(numbers []int) string {
	all := make([]string, len(numbers))
	for i, n := range numbers {
		all[i] = fmt.Sprintf("[%d]", n)
	}
	return strings.Join(all, " ")
}
