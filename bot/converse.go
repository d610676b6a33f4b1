package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/text"
)

// converse handles a message by its intent: a question, a wish for a summary, a
// question about the report or the bot, or small talk.
func (b *Bot) converse(ctx context.Context, in Incoming, written string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil && !errors.Is(err, answer.ErrNoReport) {
		return err
	}
	if said, ok := toVerify(in, written); ok {
		return b.verify(ctx, in, said, out)
	}
	var sections []string
	if edition != nil {
		sections = edition.Sections
	}
	wish := intent.Read(written, sections, b.mayBeSubject(in))
	if wish.Kind == intent.Question {
		return b.ask(ctx, in, wish.Text, out)
	}
	in.spoken = intent.LanguageOf(written, in.language())
	if wish.Kind == intent.Summary {
		return b.summary(ctx, in, wish.Text, out)
	}
	if edition != nil && (wish.Topic == askedForSources || b.wantsAgain(wish)) {
		switch last, err := b.lastExchange(ctx, in); {
		case err == nil && wish.Topic != askedForSources:
			if !isCheck(last) {
				return b.again(ctx, in, last, wish, edition, out)
			}
		case err == nil:
			m, err := b.sourcesOf(ctx, in, last)
			if err != nil {
				return err
			}
			return b.show(ctx, out, m)
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
	}
	m, err := b.replyTo(ctx, in, wish, edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
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

// askCommand answers what follows /ask.
func (b *Bot) askCommand(ctx context.Context, in Incoming, question string, out Responder) error {
	if intent.SignsOnly(question) {
		return b.sendPhrase(ctx, in, out, "ask_usage")
	}
	return b.converse(ctx, in, question, out)
}

// askPrivately answers a question in private. In a group it sends a button that opens
// the answer in the private chat, where the person can share it.
func (b *Bot) askPrivately(ctx context.Context, in Incoming, question string, out Responder) error {
	question = text.Clean(question)
	if in.Private || intent.SignsOnly(question) {
		return b.askCommand(ctx, in, question, out)
	}
	if allowed, err := b.mayAsk(ctx, in, question, out); err != nil || !allowed {
		return err
	}
	id := questionID(question)
	if err := b.memory.SavePendingQuestion(ctx, id, question, in.owner()); err != nil {
		return err
	}
	m := in.reply("in_private")
	m.Buttons = [][]Button{{{Text: in.say("in_private_button"), Link: b.deepLink(questionLink, id)}}}
	return b.show(ctx, out, m)
}

// askPending answers the pending question that a deep link names.
func (b *Bot) askPending(ctx context.Context, in Incoming, id string, out Responder) error {
	question, err := b.memory.PendingQuestion(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return b.sendPhrase(ctx, in, out, "question_gone")
	}
	if err != nil {
		return err
	}
	return b.converse(ctx, in, question, out)
}
