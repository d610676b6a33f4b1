package bot

import (
	"context"

	"reportbot/store"
)

const (
	// forgetData begins the data of the buttons under the question whether to delete all;
	// forgetAll or forgetNothing follows.
	forgetData    = "f"
	forgetAll     = "all"
	forgetNothing = "nothing"
	// forgetLink is the payload of the deep link to /forget in private.
	forgetLink = "forget"
)

// forget asks whether to delete what a person has asked, or in a group what the group has.
// A group's members are told where they can delete their own.
func (b *Bot) forget(ctx context.Context, in Incoming, _ string, out Responder) error {
	lang := in.language()
	allowed, err := b.allows(ctx, chatAdmins, in.Sender, out)
	if err != nil {
		return err
	}
	if !allowed {
		m := textMessage(say(lang, "forget_is_for_admins"))
		m.Buttons = [][]Button{{{Text: say(lang, "forget_own_button"), Link: b.deepLink(forgetLink)}}}
		return b.show(ctx, out, m)
	}
	asked := say(lang, "forget_yours")
	if !in.Private {
		asked = say(lang, "forget_groups")
	}
	m := textMessage(asked)
	m.Buttons = [][]Button{{
		{Text: say(lang, "forget_button"), Data: dataOf(forgetData, forgetAll)}, {Text: say(lang, "forget_nothing_button"), Data: dataOf(forgetData, forgetNothing)},
	}}
	return b.show(ctx, out, m)
}

// forgetPressed deletes it, or not.
func (b *Bot) forgetPressed(ctx context.Context, p Callback, choice string, out CallbackResponder) error {
	lang := p.language()
	switch choice {
	case forgetNothing:
		return out.Replace(ctx, textMessage(say(lang, "forgot_nothing")))
	case forgetAll:
		whose := store.Owner{Chat: p.Chat}
		if p.Private {
			whose.Person = p.Sender.key()
		}
		// A person who has confirmed it need not wait for it.
		if err := b.memory.Forget(context.WithoutCancel(ctx), whose); err != nil {
			return err
		}
		b.log.Info("somebody has had their data deleted", "private", p.Private)
		return out.Replace(ctx, textMessage(say(lang, "forgot_all")))
	}
	return nil
}
