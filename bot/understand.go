package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/text"
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

// Reply is the reply to a message outside of any chat.
type Reply struct {
	Question string
	Language text.Language
	Intent   intent.Kind
	Answer   *answer.Answer // for questions and summaries, else nil
	Message  Message

	summary Message // without its sources
}

// Reply replies to one message outside of any chat. fallback is the language of the
// reply if the message's own can't be recognized.
func (b *Bot) Reply(ctx context.Context, message string, fallback text.Language) (*Reply, error) {
	edition, err := b.live(ctx)
	if err != nil {
		return nil, err
	}
	wish := intent.Read(message, edition.Sections)
	r := &Reply{Question: message, Language: text.LanguageOf(message, fallback), Intent: wish.Kind}
	switch wish.Kind {
	case intent.Question:
		r.Answer, err = b.asker.Ask(ctx, answer.Request{Question: wish.Text, Fallback: fallback}, nil)
		if err != nil {
			return nil, err
		}
		r.Answer.Question = message
		r.Language, r.Message = r.Answer.Language, Render(r.Answer)
		return r, nil
	case intent.Summary:
		request, missing := summaryRequest(wish.Text, edition.Sections, r.Language)
		if missing != 0 {
			r.Message = sectionUnknown(r.Language, missing, edition)
			return r, nil
		}
		s, err := b.summarizer.Summarize(ctx, request, func(int, int) {})
		if err != nil {
			return nil, err
		}
		r.Answer, r.Language = &s.Answer, s.Language
		s.Question = message
		heading := summaryHeading(s, request)
		r.Message = renderSummary(s, request, heading, nil, false)
		r.summary = summaryBody(s, request, heading, false)
		return r, nil
	}
	in := Incoming{Private: true, Text: message, spoken: r.Language}
	r.Message, err = b.replyTo(ctx, in, wish, edition)
	return r, err
}

// Text returns the reply as plain text with its markers, without the list of
// sources.
func (r *Reply) Text() string {
	switch {
	case r.Answer == nil:
		return r.Message.Plain()
	case r.Intent == intent.Summary:
		return r.summary.Plain()
	}
	return Text(r.Answer)
}
