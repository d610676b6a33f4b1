package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store"
)

// converse handles a message by its intent: a question, a summary, the report, the bot,
// or small talk.
func (b *Bot) converse(ctx context.Context, in Incoming, written string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil && !errors.Is(err, answer.ErrNoReport) {
		return err
	}
	if said, ok := toVerify(in, written); ok {
		return b.verify(ctx, in, said, out)
	}
	wish := intent.Read(written, sectionsOf(edition))
	switch {
	case wish.Kind == intent.Question:
		return b.ask(ctx, in, wish.Text, out)
	case wish.Kind == intent.Summary:
		in.spoken = intent.LanguageOf(written, in.language())
		return b.summary(ctx, in, wish.Text, out)
	}
	in.spoken = intent.LanguageOf(written, in.language())
	if wish.Topic == askedForSources {
		if _, err := b.lastExchange(ctx, in); err == nil {
			return b.sources(ctx, in, "", out)
		}
	}
	m, err := b.replyTo(ctx, in, wish, edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

// askedForSources is the topic of a message that asks for the sources of the last
// answer.
const askedForSources = "sources"

func sectionsOf(edition *store.Edition) []string {
	if edition == nil {
		return nil
	}
	return edition.Sections
}

// replyTo returns the reply to a message about the report, the bot, or nothing in
// particular. edition may be nil.
func (b *Bot) replyTo(ctx context.Context, in Incoming, wish intent.Intent, edition *store.Edition) (Message, error) {
	switch wish.Kind {
	case intent.About:
		if edition == nil {
			return Message{}, answer.ErrNoReport
		}
		return b.aboutReport(ctx, in.language(), wish.Topic, edition)
	case intent.Bot:
		return b.aboutBot(ctx, in, wish.Topic, edition)
	}
	return b.smallTalk(ctx, in, wish)
}

// lastExchange returns the answer that a message replies to, else the last one
// in the thread; store.ErrNotFound if there is none.
func (b *Bot) lastExchange(ctx context.Context, in Incoming) (store.Exchange, error) {
	e, err := b.memory.ExchangeAt(ctx, in.Thread, in.RepliesTo)
	if errors.Is(err, store.ErrNotFound) && in.RepliesTo != 0 {
		e, err = b.memory.ExchangeAt(ctx, in.Thread, 0)
	}
	return e, err
}
