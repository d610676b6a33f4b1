package bot

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

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
	notice := newWaitNotice(func() {
		m := in.reply("waiting_for_model")
		m.Note = true
		show(m)
	})
	defer notice.end()
	return b.asker.Ask(ctx, request, func(claim answer.Claim) {
		notice.end()
		claims = append(claims, claim)
		show(RenderClaims(claims))
	})
}

// waitingAfter is the time without a claim after which the bot shows that it is waiting
// for the model: a server that is loading a model can need more than a minute.
const waitingAfter = 6 * time.Second

// waitNotice shows once that the bot is waiting for the model, unless a claim was shown
// first.
type waitNotice struct {
	mu    sync.Mutex
	over  bool
	timer *time.Timer
}

// newWaitNotice calls wait after waitingAfter, unless end is called before.
func newWaitNotice(wait func()) *waitNotice {
	n := &waitNotice{}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.timer = time.AfterFunc(waitingAfter, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if !n.over {
			wait()
		}
	})
	return n
}

// end cancels the call, and returns after a call in progress.
func (n *waitNotice) end() {
	n.timer.Stop()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.over = true
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

// IsQuestion reports whether a press asks a question, which has to be queued in its
// chat.
func (b *Bot) IsQuestion(p Callback) bool {
	name, _, _ := strings.Cut(p.Data, ":")
	return name == nextData
}

// nextPressed asks the question on a button, without the earlier exchanges as context.
func (b *Bot) nextPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	numbers, ok := parseNumbers(args, 1)
	if !ok {
		return nil
	}
	q, err := b.memory.ExamQuestion(ctx, numbers[0])
	if err != nil {
		return err
	}
	out.Toast(ctx, "") // it may take a while until there is an answer
	in := p.incoming()
	in.alone = true
	return b.ask(ctx, in, q.Question, captioned{out, p.questionLine(q.Question)})
}

// questionLine returns the question of a pressed button, to be shown above its answer;
// in a group with the person's name.
func (p Callback) questionLine(question string) Line {
	if p.Private || p.Sender.key() == "" || p.Name == "" {
		return Line{{Text: "❓ " + question, Bold: true}}
	}
	return Line{{Text: p.Name, Link: fmt.Sprintf("tg://user?id=%d", p.Sender.ID)}, {Text: ": ❓ " + question, Bold: true}}
}

// captioned puts the question above its answer.
type captioned struct {
	Responder
	question Line
}

func (c captioned) Partial(ctx context.Context, m Message) { c.Responder.Partial(ctx, c.above(m)) }

func (c captioned) Final(ctx context.Context, m Message) (int, error) {
	return c.Responder.Final(ctx, c.above(m))
}

func (c captioned) above(m Message) Message {
	m.Lines = append([]Line{c.question, nil}, m.Lines...)
	return m
}
