package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
)

// sources lists the sources of the answer that the message replies to, else of the last
// answer in the chat.
func (b *Bot) sources(ctx context.Context, in Incoming, _ string, out Responder) error {
	e, err := b.lastExchange(ctx, in)
	if errors.Is(err, store.ErrNotFound) {
		return b.tell(ctx, in, out, "no_answer_yet")
	}
	if err != nil {
		return err
	}
	return b.showSources(ctx, in, e, out)
}

func (b *Bot) sourcesPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, _, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known {
		return err
	}
	return b.showSources(ctx, p.incoming(), e, out)
}

func (b *Bot) showSources(ctx context.Context, in Incoming, e store.Exchange, out Responder) error {
	if len(e.Notes) == 0 {
		return b.tell(ctx, in, out, "no_sources")
	}
	footnotes, err := b.footnotes(ctx, e.Edition, e.Notes)
	if err != nil {
		return err
	}
	var m Message
	m.sources(in.language(), footnotes, b.opener(in, e.Edition))
	return b.show(ctx, out, m)
}

// footnotes returns notes of an edition by their numbers. A missing note has only its
// number.
func (b *Bot) footnotes(ctx context.Context, edition int64, numbers []int) ([]report.Footnote, error) {
	var footnotes []report.Footnote
	for _, n := range numbers {
		footnote, err := b.memory.Footnote(ctx, edition, n)
		if errors.Is(err, store.ErrNotFound) {
			footnote = report.Footnote{N: n}
		} else if err != nil {
			return nil, err
		}
		footnotes = append(footnotes, footnote)
	}
	return footnotes, nil
}

// note shows a footnote with all its links, and the sentences that cite it.
func (b *Bot) note(ctx context.Context, in Incoming, args string, out Responder) error {
	n, err := strconv.Atoi(strings.Trim(args, "[]#. "))
	if err != nil || n < 0 {
		return b.tell(ctx, in, out, "note_usage")
	}
	return b.noteOfLive(ctx, in, n, out)
}
