package bot

import (
	"context"
	"errors"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store/text"
)

// askCommand answers what follows /ask.
func (b *Bot) askCommand(ctx context.Context, in Incoming, question string, out Responder) error {
	if intent.SignsOnly(question) {
		return b.tell(ctx, in, out, "ask_usage")
	}
	return b.converse(ctx, in, question, out)
}

// ask answers a question, shows it while it is made, and stores and sends it.
func (b *Bot) ask(ctx context.Context, in Incoming, question string, out Responder) error {
	lang := in.language()
	if length := utf8.RuneCountInString(question); length > maxQuestion {
		return b.tell(ctx, in, out, "too_long", "Length", length, "Most", maxQuestion)
	}
	if allowed, err := b.mayAsk(ctx, in, out); err != nil || !allowed {
		return err
	}
	request, parent, err := b.request(ctx, in, question)
	if err != nil {
		return err
	}
	var a *answer.Answer
	err = b.atWork(ctx, in, say(lang, "working"), out, func(ctx context.Context, show func(Message)) (err error) {
		a, err = b.askShowing(ctx, lang, request, show)
		return err
	})
	if errors.Is(err, context.Canceled) {
		return b.sayStopped(ctx, in, out)
	}
	if err != nil {
		return err
	}
	b.record(a)
	// The answer is complete: it is sent and stored even if the person stops it or the
	// program is stopping.
	ctx = context.WithoutCancel(ctx)
	hideNotice := a.Notice == answer.NoModel && b.toldNoModel(ctx, in)
	return b.sendAnswer(ctx, in, question, parent, a, render(a, b.opener(in, a.Edition.ID), hideNotice), out)
}

// request returns the request for answering a question, and the exchange that it
// replies to, 0 for none.
func (b *Bot) request(ctx context.Context, in Incoming, question string) (answer.Request, int64, error) {
	history, parent, err := b.follows(ctx, in)
	request := answer.Request{
		Question: question, Fallback: in.language(), History: history,
		Chat: in.Chat, Person: in.Sender.key(), Group: !in.Private, Length: in.settings.length,
	}
	if parent == 0 && in.Quoted != question {
		request.Quoted = in.Quoted // else it is in the history, or the question itself
	}
	return request, parent, err
}

// askShowing answers a question and shows its claims as they are checked. If the first
// takes long, it shows that the bot is waiting for the model.
func (b *Bot) askShowing(ctx context.Context, lang text.Language, request answer.Request, show func(Message)) (*answer.Answer, error) {
	var shown []answer.Claim
	notice := newWaitNotice(func() {
		m := textMessage(say(lang, "waiting_for_model"))
		m.Note = true
		show(m)
	})
	defer notice.end()
	return b.asker.Ask(ctx, request, func(claim answer.Claim) {
		notice.end()
		shown = append(shown, claim)
		show(RenderClaims(shown))
	})
}

// record logs and counts the outcome of a question, without its words.
func (b *Bot) record(a *answer.Answer) {
	if b.meter != nil {
		b.meter.Asked(a)
	}
	b.model.note(a)
	attributes := []any{"status", a.Status, "mode", a.Mode, "claims", len(a.Claims), "rejected", len(a.Rejected),
		"edition", a.Edition.ID, "took", a.Took.Total}
	if a.Cause != nil {
		b.log.Warn("answered without the model", append(attributes, "notice", a.Notice, "error", a.Cause)...)
		return
	}
	b.log.Info("answered", attributes...)
}
