package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
)

// Description returns the bot's description for empty chats, and a short one.
func (b *Bot) Description(client string) (long, brief string) {
	lang := clientLanguage(client)
	return say(lang, "about_long"), say(lang, "about_brief")
}

// help describes the bot and lists the commands that the person may use here.
func (b *Bot) help(ctx context.Context, in Incoming, _ string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil && !errors.Is(err, answer.ErrNoReport) {
		return err
	}
	m, err := b.helpMessage(ctx, in, edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) helpMessage(ctx context.Context, in Incoming, edition *store.Edition) (Message, error) {
	lang := in.language()
	to := Group
	switch {
	case in.Private && b.isAdmin(in.Sender):
		to = Admins
	case in.Private:
		to = Person
	}
	m := textMessage(say(lang, "help"))
	if !in.Private {
		m.say(say(lang, "help_group"))
	}
	samples, err := b.samples(ctx, lang, edition)
	if err != nil {
		return Message{}, err
	}
	for _, sample := range samples {
		m.say("• " + sample)
	}
	m.gap()
	for _, o := range b.menu(to, lang) {
		m.say("/" + o.Command + " – " + o.About)
	}
	if to == Group {
		m.say("/settings – " + say(lang, "menu_settings_group"))
	}
	return m, nil
}

// introducedSetting records that the bot has introduced itself in a chat.
const introducedSetting = "introduced"

// introduce introduces the bot in a chat that it was added to, once: Telegram reports
// that in several ways.
func (b *Bot) introduce(ctx context.Context, in Incoming, out Responder) error {
	set, err := b.memory.Settings(ctx, in.Chat)
	if err != nil || set[introducedSetting] != "" {
		return err
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	// Recorded first: if the group removes the bot meanwhile, its data is deleted.
	if err := b.memory.Set(ctx, in.Chat, introducedSetting, "yes"); err != nil {
		return err
	}
	return b.tell(ctx, in, out, "introduction", "Title", title(edition, in.language()))
}
