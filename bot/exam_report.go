package bot

import (
	"context"
	"errors"
	"time"

	"reportbot/store"
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
	for _, missed := range sat.Missed[:min(mostMissed, len(sat.Missed))] {
		m.say("• " + say(lang, "at_paragraph", "N", missed.Paragraph) + ": " + excerpt(missed.Text))
	}
	if more := len(sat.Missed) - mostMissed; more > 0 {
		m.say("• …")
	}
}
