package bot

import (
	"context"
	"time"

	"reportbot/store"
)

// days is for how many days the store keeps what it would keep for a time.
func (p Privacy) days(kept time.Duration) int {
	if p.KeepDays > 0 {
		return min(daysOf(kept), p.KeepDays)
	}
	return daysOf(kept)
}

// showPrivacy says what is stored, how long, where it goes, and how to delete it.
func (b *Bot) showPrivacy(_ context.Context, in Incoming, _ string) (Message, error) {
	return b.privacyMessage(in), nil
}

func (b *Bot) privacyMessage(in Incoming) Message {
	p := b.privacy
	m := titled(in.say("privacy_title"))
	item := func(key phrase, fields ...any) { m.say("• " + in.say(key, fields...)) }
	if p.KeepDays > 0 {
		item(phrase("privacy_exchanges_for"), "Count", store.KeptExchanges, "Days", p.KeepDays)
	} else {
		item(phrase("privacy_exchanges"), "Count", store.KeptExchanges)
	}
	item(phrase("privacy_lists"), "Days", p.days(store.KeptRatings))
	item(phrase("privacy_soon"), "Days", daysOf(store.KeptUpdates))
	item(phrase("privacy_usage"), "Days", daysOf(store.KeptUsage))
	if p.ModelServer != "" {
		item(phrase("privacy_model"), "Server", p.ModelServer)
	} else {
		item(phrase("privacy_no_model"))
	}
	if in.Private {
		item(phrase("privacy_forget"))
	} else {
		item(phrase("privacy_forget_group"))
	}
	return m
}
