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
	// examWait is how long an admin's message waits for an exam; a long report's goes on
	// behind it, and /check tells its result.
	examWait = 15 * time.Second
	// mostMissed is how many sentences that nobody can find are named.
	mostMissed = 8
)

// exam adds how an edition did in its exam, which it sits now if it has not yet. If that
// takes too long or fails, it adds nothing.
func (b *Bot) exam(ctx context.Context, m *Message, lang text.Language, edition *store.Edition) {
	if b.examiner == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, examWait)
	defer cancel()
	sat, err := b.examiner.Exam(ctx, edition)
	if errors.Is(err, context.DeadlineExceeded) {
		m.say(say(lang, "exam_goes_on"))
		return
	}
	if err != nil {
		b.log.Warn("an exam has no result", "edition", edition.ID, "error", err)
		return
	}
	if sat.Examined == 0 {
		return
	}
	m.say(say(lang, "exam_found", "Found", sat.Found, "Examined", sat.Examined))
	if len(sat.Missed) == 0 {
		return
	}
	m.say(say(lang, "exam_missed", "Count", len(sat.Missed)))
	for i, missed := range sat.Missed {
		if i == mostMissed {
			m.Lines = append(m.Lines, Line{{Text: "• …"}})
			break
		}
		m.say("• " + say(lang, "at_paragraph", "N", missed.Paragraph) + ": " + excerpt(missed.Text))
	}
}

// mostFindings is the most damaged links listed.
const mostFindings = 20

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

// findings says what a report contains and what is wrong with it.
func (m *Message) findings(lang text.Language, r *report.Report) {
	m.say(say(lang, "check_counts", "Sections", len(r.Sections), "Paragraphs", len(r.Paragraphs),
		"Sentences", r.SentenceCount(), "Footnotes", len(r.Footnotes)))
	before := len(m.Lines)
	if len(r.Missing) > 0 {
		m.say(say(lang, "check_missing", "Notes", markers(r.Missing)))
	}
	if len(r.Uncited) > 0 {
		m.say(say(lang, "check_uncited", "Notes", markers(r.Uncited)))
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
