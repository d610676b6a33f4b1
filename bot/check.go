package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

const (
	// examWait is how long an admin's message waits for an exam. A longer exam
	// continues in the background, and /check shows its result.
	examWait = 15 * time.Second
	// maxMissed is the most missed sentences listed.
	maxMissed = 8
)

// exam adds the result of an edition's exam, and runs the exam if it was not run yet.
// It adds no result if that takes longer than examWait or fails.
func (b *Bot) exam(ctx context.Context, m *Message, lang text.Language, edition *store.Edition) {
	if b.examiner == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, examWait)
	defer cancel()
	sat, err := b.examiner.Exam(ctx, edition)
	if errors.Is(err, context.DeadlineExceeded) {
		m.addText(say(lang, "exam_goes_on"))
		return
	}
	if err != nil {
		b.log.Warn("an exam failed", "edition", edition.ID, "error", err)
		return
	}
	if sat.Examined == 0 {
		return
	}
	m.addText(say(lang, "exam_found", "Found", sat.Found, "Examined", sat.Examined))
	if len(sat.Missed) == 0 {
		return
	}
	m.addText(say(lang, "exam_missed", "Count", len(sat.Missed)))
	for i, missed := range sat.Missed {
		if i == maxMissed {
			m.Lines = append(m.Lines, Line{{Text: "• …"}})
			break
		}
		m.addText("• " + say(lang, "at_paragraph", "N", missed.Paragraph) + ": " + excerpt(missed.Text))
	}
}

// maxFindings is the most damaged links listed.
const maxFindings = 20

// check lists what is wrong with the live edition.
func (b *Bot) check(ctx context.Context, in Incoming, _ string) (Message, error) {
	live, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	r, err := b.memory.Report(ctx, live.ID)
	if err != nil {
		return Message{}, err
	}
	lang := in.language()
	m := titled(title(live, lang))
	m.findings(lang, r)
	b.exam(ctx, &m, lang, live)
	return m, nil
}

// findings adds what a report contains and what is wrong with it.
func (m *Message) findings(lang text.Language, r *report.Report) {
	m.addText(say(lang, "check_counts", "Sections", len(r.Sections), "Paragraphs", len(r.Paragraphs),
		"Sentences", r.SentenceCount(), "Footnotes", len(r.Footnotes)))
	before := len(m.Lines)
	if len(r.Missing) > 0 {
		m.addText(say(lang, "check_missing", "Notes", markers(r.Missing)))
	}
	if len(r.Uncited) > 0 {
		m.addText(say(lang, "check_uncited", "Notes", markers(r.Uncited)))
	}
	var damaged []Line
	for _, f := range r.Footnotes {
		for _, printed := range f.Damaged {
			damaged = append(damaged, Line{{Text: fmt.Sprintf("[%d] ", f.N)}, {Text: excerpt(printed), Code: true}})
		}
	}
	if len(damaged) > 0 {
		m.addText(say(lang, "check_damaged", "Count", len(damaged)))
		m.Lines = append(m.Lines, damaged[:min(maxFindings, len(damaged))]...)
	}
	for _, warning := range r.Warnings {
		m.addText(warning)
	}
	if len(m.Lines) == before {
		m.addText(say(lang, "check_good"))
	}
}
