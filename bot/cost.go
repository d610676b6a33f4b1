package bot

import (
	"context"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reportbot/store"
	"reportbot/store/text"
)

// Prices are what a million tokens cost, in dollars; both 0: unknown.
type Prices struct {
	In  float64 // that the model reads
	Out float64 // that it writes
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

// dollars returns an amount as it is written in lang; a small one to the hundredth of a
// cent.
func dollars(amount float64, lang text.Language) string {
	form := "%.2f"
	if amount > 0 && amount < 0.1 {
		form = "%.4f"
	}
	written := message.NewPrinter(language.Make(string(lang))).Sprintf(form, amount)
	if lang == text.Vietnamese {
		return written + " $"
	}
	return "$" + strings.TrimSpace(written)
}
