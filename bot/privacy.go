package bot

import (
	"context"
	"time"

	"reportbot/store"
)

// Privacy is what the program's options say about people's data.
type Privacy struct {
	// KeepDays is after how many days what people ask is deleted; 0: as late as the
	// store deletes it anyway.
	KeepDays int
	// ModelServer is the host of the model's server; empty: there is no model.
	ModelServer string
}

// days is for how many days the store keeps what it would keep for a time.
func (p Privacy) days(kept time.Duration) int {
	if p.KeepDays > 0 {
		return min(daysOf(kept), p.KeepDays)
	}
	return daysOf(kept)
}

func daysOf(kept time.Duration) int { return int(kept.Hours() / 24) }

// showPrivacy says what is stored, how long, where it goes, and how to delete it.
func (b *Bot) showPrivacy(ctx context.Context, in Incoming, _ string, out Responder) error {
	return b.show(ctx, out, b.privacyMessage(in))
}

func (b *Bot) privacyMessage(in Incoming) Message {
	lang, p := in.language(), b.privacy
	m := Message{Lines: []Line{{{Text: say(lang, "privacy_title"), Bold: true}}}}
	item := func(said string) { m.say("• " + said) }
	if p.KeepDays > 0 {
		item(say(lang, "privacy_exchanges_for", "Count", store.KeptExchanges, "Days", p.KeepDays))
	} else {
		item(say(lang, "privacy_exchanges", "Count", store.KeptExchanges))
	}
	item(say(lang, "privacy_lists", "Days", p.days(store.KeptRatings)))
	item(say(lang, "privacy_soon", "Days", daysOf(store.KeptUpdates)))
	item(say(lang, "privacy_usage", "Days", daysOf(store.KeptUsage)))
	if p.ModelServer != "" {
		item(say(lang, "privacy_model", "Server", p.ModelServer))
	} else {
		item(say(lang, "privacy_no_model"))
	}
	if in.Private {
		item(say(lang, "privacy_forget"))
	} else {
		item(say(lang, "privacy_forget_group"))
	}
	return m
}
