package bot

import (
	"context"
	"strings"

	"reportbot/store"
)

// start sends a greeting, or opens the target of a deep link.
func (b *Bot) start(ctx context.Context, in Incoming, payload string, out Responder) error {
	name, rest, _ := strings.Cut(payload, "_")
	switch {
	case name == questionLink && rest != "":
		return b.askPending(ctx, in, rest, out)
	case name == forgetLink:
		return b.forget(ctx, in, "", out)
	}
	m, err := b.linked(ctx, in, name, strings.ReplaceAll(rest, "_", ":"))
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

// linked returns the note or the paragraph that a deep link opens, else a greeting.
func (b *Bot) linked(ctx context.Context, in Incoming, name, args string) (Message, error) {
	lang := in.language()
	if numbers, ok := parseNumbers(args, 2); ok && name == passageLink {
		return b.paragraph(ctx, lang, numbers[0], int(numbers[1]), store.Exchange{})
	} else if ok && name == noteLink {
		edition, err := b.edition(ctx, numbers[1])
		if err != nil {
			return Message{}, err
		}
		return b.noteOf(ctx, lang, edition, int(numbers[0]))
	}
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	if numbers, ok := parseNumbers(args, 1); ok && name == noteLink {
		return b.noteOf(ctx, lang, edition, int(numbers[0]))
	}
	return b.greeting(ctx, in, edition)
}

// greeting introduces the bot, with buttons for some questions if the report's exam was
// run.
func (b *Bot) greeting(ctx context.Context, in Incoming, edition *store.Edition) (Message, error) {
	m := in.reply("start", "Title", title(edition, in.language()))
	questions, err := b.sampleQuestions(ctx, edition)
	for _, q := range questions {
		if q.ID != 0 {
			m.Buttons = append(m.Buttons, questionButton(q))
		}
	}
	return m, err
}
