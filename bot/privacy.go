package bot

import (
	"context"
	"time"

	"reportbot/store"
)

// days returns how many days data is stored whose retention time in the store is kept.
func (p Privacy) days(kept time.Duration) int {
	if p.KeepDays > 0 {
		return min(daysOf(kept), p.KeepDays)
	}
	return daysOf(kept)
}

// showPrivacy shows what is stored, for how long, where it is sent, and how to delete it.
func (b *Bot) showPrivacy(_ context.Context, in Incoming, _ string) (Message, error) {
	return b.privacyMessage(in), nil
}

func (b *Bot) privacyMessage(in Incoming) Message {
	p := b.privacy
	m := titled(in.say("privacy_title"))
	item := func(key phrase, fields ...any) { m.addText("• " + in.say(key, fields...)) }
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

// The data of the buttons under the question whether to delete everything.
const (
	forgetAll     = "all"
	forgetNothing = "nothing"
)

// forget asks for confirmation to delete a person's questions, or in a group the
// group's. Members of a group who aren't administrators get a link to delete their own.
func (b *Bot) forget(ctx context.Context, in Incoming, _ string, out Responder) error {
	allowed, err := b.allows(ctx, chatAdmins, in.Sender, out)
	if err != nil {
		return err
	}
	if !allowed {
		m := in.reply("forget_is_for_admins")
		m.Buttons = [][]Button{{{Text: in.say("forget_own_button"), Link: b.deepLink(forgetLink)}}}
		return b.show(ctx, out, m)
	}
	m := in.reply("forget_yours")
	if !in.Private {
		m = in.reply("forget_groups")
	}
	m.Buttons = [][]Button{{
		{Text: in.say("forget_button"), Data: buttonData(forgetData, forgetAll)}, {Text: in.say("forget_nothing_button"), Data: buttonData(forgetData, forgetNothing)},
	}}
	return b.show(ctx, out, m)
}

// forgetPressed deletes the data if that was confirmed.
func (b *Bot) forgetPressed(ctx context.Context, p Callback, choice string, out CallbackResponder) error {
	switch choice {
	case forgetNothing:
		return out.Replace(ctx, textMessage(p.say("forgot_nothing")))
	case forgetAll:
		whose := store.Owner{Chat: p.Chat}
		if p.Private {
			whose.Person = p.Sender.key()
		}
		// Deletion goes on even if the program stops.
		if err := b.memory.Forget(context.WithoutCancel(ctx), whose); err != nil {
			return err
		}
		b.log.Info("data deleted on request", "private", p.Private)
		return out.Replace(ctx, textMessage(p.say("forgot_all")))
	}
	return nil
}
