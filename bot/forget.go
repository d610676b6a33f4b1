package bot

import (
	"context"

	"reportbot/store"
)

// The answers to the question whether to delete all, as the data of its buttons.
const (
	forgetAll     = "all"
	forgetNothing = "nothing"
)

// forget asks whether to delete what a person has asked, or in a group what the group has.
// A group's members are told where they can delete their own.
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
		{Text: in.say("forget_button"), Data: dataOf(forgetData, forgetAll)}, {Text: in.say("forget_nothing_button"), Data: dataOf(forgetData, forgetNothing)},
	}}
	return b.show(ctx, out, m)
}

// forgetPressed deletes it, or not.
func (b *Bot) forgetPressed(ctx context.Context, p Callback, choice string, out CallbackResponder) error {
	switch choice {
	case forgetNothing:
		return out.Replace(ctx, textMessage(p.say("forgot_nothing")))
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
		return out.Replace(ctx, textMessage(p.say("forgot_all")))
	}
	return nil
}
