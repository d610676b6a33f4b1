package bot

import (
	"context"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store/text"
)

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
// reply if the message's language isn't recognized.
func (b *Bot) Reply(ctx context.Context, message string, fallback text.Language) (*Reply, error) {
	edition, err := b.live(ctx)
	if err != nil {
		return nil, err
	}
	wish := intent.Read(message, edition.Sections, false)
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
		r.Message = renderSummary(s, request, nil, false)
		r.summary = summaryBody(s, request, false)
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
	return AnswerText(r.Answer)
}
