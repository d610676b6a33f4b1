package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// Description returns the bot's description for empty chats, and a short one.
func (b *Bot) Description(client string) (long, brief string) {
	lang := clientLanguage(client)
	return say(lang, "about_long"), say(lang, "about_brief")
}

// help describes the bot and lists the commands that the person may use here.
func (b *Bot) help(ctx context.Context, in Incoming, _ string) (Message, error) {
	edition, err := b.live(ctx)
	if err != nil && !errors.Is(err, answer.ErrNoReport) {
		return Message{}, err
	}
	return b.helpMessage(ctx, in, edition)
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
	m := in.reply("help")
	if !in.Private {
		m.addText(in.say("help_group"))
	}
	if err := b.addSamples(ctx, &m, lang, edition); err != nil {
		return Message{}, err
	}
	m.gap()
	for _, o := range b.menu(to, lang) {
		m.addText("/" + o.Command + " – " + o.About)
	}
	if to == Group {
		m.addText("/settings – " + in.say("menu_settings_group"))
	}
	return m, nil
}

// introducedSetting is set once the bot has introduced itself in a chat.
const introducedSetting = "introduced"

// introduce introduces the bot in a chat that it was added to. It does so once:
// Telegram reports an addition in several ways.
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
	return b.sendPhrase(ctx, in, out, "introduction", "Title", title(edition, in.language()))
}

// maxSamples is how many questions on the report's content are shown as examples.
const maxSamples = 3

// addSamples adds example questions: on the report's content, for a summary, and on the
// report itself. edition may be nil.
func (b *Bot) addSamples(ctx context.Context, m *Message, lang text.Language, edition *store.Edition) error {
	if edition == nil {
		return nil
	}
	questions, err := b.sampleQuestions(ctx, edition)
	if err != nil {
		return err
	}
	for _, q := range questions {
		m.addText("• " + q.Question)
	}
	summary := say(lang, "sample_summary")
	if len(edition.Sections) > 1 {
		summary = say(lang, "sample_section", "N", 2)
	}
	m.addText("• " + summary)
	m.addText("• " + say(lang, "sample_author"))
	return nil
}

// sampleQuestions returns questions on the report's content, in the report's language.
func (b *Bot) sampleQuestions(ctx context.Context, edition *store.Edition) ([]store.ExamQuestion, error) {
	if b.examiner == nil {
		return nil, nil
	}
	return b.examiner.Samples(ctx, edition, maxSamples)
}
