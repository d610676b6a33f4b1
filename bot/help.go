package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
)

// Description returns what the bot says of itself where nobody has written to
// it yet: at length, and in a few words.
func (b *Bot) Description(client string) (long, brief string) {
	lang := clientLanguage(client)
	return say(lang, "about_long"), say(lang, "about_brief")
}

// help tells what the bot does and which commands the person may give here.
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

// introducedSetting notes that the bot has introduced itself in a chat.
const introducedSetting = "introduced"

// introduce says once in a chat that the bot was added to what it does.
// Telegram tells it in several ways.
func (b *Bot) introduce(ctx context.Context, in Incoming, out Responder) error {
	set, err := b.memory.Settings(ctx, in.Chat)
	if err != nil || set[introducedSetting] != "" {
		return err
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	// Noted first: a group that removes the bot meanwhile is forgotten whole.
	if err := b.memory.Set(ctx, in.Chat, introducedSetting, "yes"); err != nil {
		return err
	}
	return b.tell(ctx, in, out, "introduction", "Title", title(edition, in.language()))
}
