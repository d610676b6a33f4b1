package bot

import (
	"context"
	"errors"
	"time"

	"reportbot/store"
	"reportbot/store/text"
)

// status shows an admin the state of the bot.
func (b *Bot) status(ctx context.Context, in Incoming, _ string) (Message, error) {
	live, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	stats, err := b.memory.Stats(ctx)
	if err != nil {
		return Message{}, err
	}
	today, err := b.memory.Today(ctx)
	if err != nil {
		return Message{}, err
	}
	check, err := b.memory.LastCheck(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return Message{}, err
	}
	lang := in.language()
	m := titled(say(lang, "status_live", "N", live.ID, "Title", title(live, lang)))
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
		return Message{}, err
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
	return m, nil
}

// of returns what usage costs, in dollars.
func (p Prices) of(u store.Usage) float64 {
	return (p.In*float64(u.PromptTokens) + p.Out*float64(u.CompletionTokens)) / 1e6
}

const (
	// mostDays is how many days /status shows, mostChats how many chats.
	mostDays  = 7
	mostChats = 5
)

// costLines say what the model was asked, by day and by chat, and what it cost. There
// are none if it was not asked.
func (b *Bot) costLines(ctx context.Context, lang text.Language) ([]string, error) {
	days, err := b.memory.UsageByDay(ctx, mostDays)
	if err != nil || len(days) == 0 {
		return nil, err
	}
	chats, err := b.memory.UsageByChat(ctx, mostChats)
	if err != nil {
		return nil, err
	}
	lines := []string{say(lang, "usage_by_day")}
	for _, u := range days {
		lines = append(lines, b.usageLine(lang, date(u.Of, lang), u.Usage))
	}
	lines = append(lines, say(lang, "usage_by_chat", "Days", daysOf(store.KeptUsage)))
	for _, u := range chats {
		lines = append(lines, b.usageLine(lang, u.Of, u.Usage))
	}
	return lines, nil
}

// usageLine is usage in words: "1 May 2024: 12 questions, 34,500 tokens, $0.05".
func (b *Bot) usageLine(lang text.Language, of string, u store.Usage) string {
	line := of + ": " + say(lang, "usage", "Questions", u.Questions, "Tokens", u.Tokens())
	if b.prices != (Prices{}) {
		line += ", " + dollars(b.prices.of(u), lang)
	}
	return line
}
