package bot

import (
	"context"
	"fmt"
	"strings"
)

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
