package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"reportbot/store"
	"reportbot/store/text"
)

// status shows an admin the state of the bot.
func (b *Bot) status(ctx context.Context, in Incoming, _ string, out Responder) error {
	live, err := b.live(ctx)
	if err != nil {
		return err
	}
	stats, err := b.memory.Stats(ctx)
	if err != nil {
		return err
	}
	today, err := b.memory.Today(ctx)
	if err != nil {
		return err
	}
	check, err := b.memory.LastCheck(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	lang := in.language()
	m := Message{Lines: []Line{{{Text: say(lang, "status_live", "N", live.ID, "Title", title(live, lang)), Bold: true}}}}
	m.say(say(lang, "status_since", "At", dateTime(live.LiveSince, lang), "Paragraphs", live.Paragraphs, "Footnotes", live.Footnotes))
	switch {
	case check.Fault != "":
		m.say(say(lang, "status_damaged", "Why", check.Fault))
	case !check.At.IsZero():
		m.say(say(lang, "status_whole", "At", dateTime(check.At, lang)))
	}
	m.gap()
	m.say(say(lang, "status_today", "Questions", today.Questions, "Unanswered", today.Unanswered, "Refused", today.Refused))
	m.say(say(lang, "status_unanswered", "Count", stats.Unanswered))
	m.say(b.model.say(lang))
	cost, err := b.costLines(ctx, lang)
	if err != nil {
		return err
	}
	for _, line := range cost {
		m.say(line)
	}
	running := b.running()
	if !running.Heard.IsZero() {
		m.say(say(lang, "status_heard", "At", dateTime(running.Heard, lang)))
	}
	m.say(say(lang, "status_waiting", "Count", running.Waiting))
	m.gap()
	m.say(say(lang, "status_store", "Size", megabytes(stats.Bytes, lang), "Editions", stats.Editions))
	m.say(say(lang, "status_running", "At", dateTime(running.Since, lang), "Version", running.Version))
	if h := running.Holder; h != nil {
		m.say(say(lang, "status_holder", "Name", h.Name, "At", dateTime(h.Since, lang)))
		switch {
		case h.Behind >= time.Second:
			m.say(say(lang, "status_replica_behind", "Seconds", int(h.Behind.Seconds())))
		case h.Behind >= 0:
			m.say(say(lang, "status_replica_whole"))
		}
	}
	return b.show(ctx, out, m)
}

// megabytes returns a size in the reader's number format.
func megabytes(bytes int64, lang text.Language) string {
	tenths := (bytes*10 + 1<<19) >> 20
	mark := "."
	if lang == text.Vietnamese {
		mark = ","
	}
	return fmt.Sprintf("%d%s%d MB", tenths/10, mark, tenths%10)
}
