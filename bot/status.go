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
	m.addText(say(lang, "status_since", "At", dateTime(live.LiveSince, lang), "Paragraphs", live.Paragraphs, "Footnotes", live.Footnotes))
	switch {
	case check.Fault != "":
		m.addText(say(lang, "status_damaged", "Why", check.Fault))
	case !check.At.IsZero():
		m.addText(say(lang, "status_whole", "At", dateTime(check.At, lang)))
	}
	m.gap()
	m.addText(say(lang, "status_today", "Questions", today.Questions, "Unanswered", today.Unanswered, "Refused", today.Refused))
	m.addText(say(lang, "status_unanswered", "Count", stats.Unanswered))
	m.addText(b.model.line(lang))
	cost, err := b.costLines(ctx, lang)
	if err != nil {
		return Message{}, err
	}
	for _, line := range cost {
		m.addText(line)
	}
	running := b.running()
	if !running.LastSuccess.IsZero() {
		m.addText(say(lang, "status_heard", "At", dateTime(running.LastSuccess, lang)))
	}
	m.addText(say(lang, "status_waiting", "Count", running.Waiting))
	m.gap()
	m.addText(say(lang, "status_store", "Size", megabytes(stats.Bytes, lang), "Editions", stats.Editions))
	m.addText(say(lang, "status_running", "At", dateTime(running.Since, lang), "Version", running.Version))
	if h := running.Holder; h != nil {
		m.addText(say(lang, "status_holder", "Name", h.Name, "At", dateTime(h.Since, lang)))
		switch {
		case h.ReplicaLag >= time.Second:
			m.addText(say(lang, "status_replica_behind", "Seconds", int(h.ReplicaLag.Seconds())))
		case h.ReplicaLag >= 0:
			m.addText(say(lang, "status_replica_whole"))
		}
	}
	return m, nil
}

// cost returns the cost of usage in dollars.
func (p Prices) cost(u store.Usage) float64 {
	return (p.In*float64(u.PromptTokens) + p.Out*float64(u.CompletionTokens)) / 1e6
}

const (
	// maxDays is the most days that /status lists, maxChats the most chats.
	maxDays  = 7
	maxChats = 5
)

// costLines returns the model's usage and cost by day and by chat; none without usage.
func (b *Bot) costLines(ctx context.Context, lang text.Language) ([]string, error) {
	days, err := b.memory.UsageByDay(ctx, maxDays)
	if err != nil || len(days) == 0 {
		return nil, err
	}
	chats, err := b.memory.UsageByChat(ctx, maxChats)
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

// usageLine formats usage: "1 May 2024: 12 questions, 34,500 tokens, $0.05".
func (b *Bot) usageLine(lang text.Language, of string, u store.Usage) string {
	line := of + ": " + say(lang, "usage", "Questions", u.Questions, "Tokens", u.Tokens())
	if b.prices != (Prices{}) {
		line += ", " + dollars(b.prices.cost(u), lang)
	}
	return line
}
