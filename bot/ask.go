package bot

import (
	"context"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
)

// ask answers a question, shows it while it is made, and stores and sends it.
func (b *Bot) ask(ctx context.Context, in Incoming, question string, out Responder) error {
	if allowed, err := b.mayAsk(ctx, in, question, out); err != nil || !allowed {
		return err
	}
	request, parent, err := b.request(ctx, in, question)
	if err != nil {
		return err
	}
	return b.answer(ctx, in, request, parent, out)
}

// answer answers a request. parent is the exchange that it replies to, 0 for none.
func (b *Bot) answer(ctx context.Context, in Incoming, request answer.Request, parent int64, out Responder) error {
	return b.produce(ctx, in, "working", out, func(ctx context.Context, show func(Message)) (product, error) {
		a, err := b.streamAnswer(ctx, in, request, show)
		if err != nil {
			return product{}, err
		}
		return product{a, exchangeOf(in, request.Question, parent, a), func(ctx context.Context, hideNotice bool) Message {
			return b.withEvidence(ctx, render(a, b.noteLinker(in, a.Edition.ID), hideNotice), a)
		}}, nil
	})
}

// request returns the request for answering a question, and the exchange that it
// replies to, 0 for none.
func (b *Bot) request(ctx context.Context, in Incoming, question string) (answer.Request, int64, error) {
	history, parent, err := b.history(ctx, in)
	request := b.newRequest(in, question)
	request.History = history
	if parent == 0 && in.Quoted != question {
		request.Quoted = in.Quoted // else it is in the history, or the question itself
	}
	return request, parent, err
}

// newRequest returns the request for a question that follows no other.
func (b *Bot) newRequest(in Incoming, question string) answer.Request {
	return answer.Request{
		Question: question, Fallback: in.language(),
		Chat: in.Chat, Person: in.Sender.key(), Group: !in.Private, Length: in.settings.length,
	}
}

// streamAnswer answers a question and shows each claim once it is checked. While the
// first claim takes long, it shows that the bot is waiting for the model.
func (b *Bot) streamAnswer(ctx context.Context, in Incoming, request answer.Request, show func(Message)) (*answer.Answer, error) {
	var claims []answer.Claim
	endNotice := func() {}
	if b.hasModel() {
		endNotice = newWaitNotice(func() {
			m := in.reply("waiting_for_model")
			m.Note = true
			show(m)
		}).end
	}
	defer endNotice()
	return b.asker.Ask(ctx, request, func(claim answer.Claim) {
		endNotice()
		claims = append(claims, claim)
		show(RenderClaims(claims))
	})
}

// answerWordless answers a message without words. If it mentions the bot in reply to
// somebody's message, that message is taken as the question.
func (b *Bot) answerWordless(ctx context.Context, in Incoming, out Responder) error {
	switch {
	case b.named(in) && in.RepliesTo == 0 && !intent.SignsOnly(in.Quoted):
		return b.ask(ctx, in, in.Quoted, out)
	case in.Text == "":
		return b.sendPhrase(ctx, in, out, "text_only")
	}
	return b.sendPhrase(ctx, in, out, "write_a_question")
}
