package bot

import (
	"context"
	"slices"

	"reportbot/store"
	"reportbot/store/report"
)

// morePassages is how many further passages are shown at once.
const morePassages = 3

// morePressed shows more passages found for a question, best first, without those that
// the answer cites.
func (b *Bot) morePressed(ctx context.Context, p Callback, e store.Exchange, rest string, out CallbackResponder) error {
	numbers, ok := parseNumbers(rest, 1)
	if !ok {
		return nil
	}
	passages, next, err := b.nextPassages(ctx, e, int(min(numbers[0], int64(len(e.Passages)))))
	if err != nil {
		return err
	}
	if len(passages) == 0 {
		out.Toast(ctx, p.say("no_more"))
		return nil
	}
	of, err := b.edition(ctx, e.Edition)
	if err != nil {
		return err
	}
	m, err := b.oldEdition(ctx, p.language(), of)
	if err != nil {
		return err
	}
	for i, passage := range passages {
		if i > 0 {
			m.gap()
		}
		m.bold(placeOf(p.language(), passage))
		quotation, err := b.quotation(ctx, e.Edition, passage.Sentences, nil)
		if err != nil {
			return err
		}
		m.Lines = append(m.Lines, quotation)
	}
	if next < len(e.Passages) {
		m.Buttons = [][]Button{{{Text: p.say("more_button"), Data: buttonData(moreData, e.ID, next)}}}
	}
	if numbers[0] == 0 {
		return b.show(ctx, out, m)
	}
	return out.Replace(ctx, m)
}

// nextPassages returns uncited passages of an exchange from an offset, and the offset after them.
func (b *Bot) nextPassages(ctx context.Context, e store.Exchange, offset int) (passages []store.Passage, next int, err error) {
	found, err := b.memory.Passages(ctx, e.Passages[offset:])
	if err != nil {
		return nil, 0, err
	}
	for next = offset; next < len(e.Passages) && len(passages) < morePassages; next++ {
		at := slices.IndexFunc(found, func(p store.Passage) bool { return p.ID == e.Passages[next] })
		if at >= 0 && !cites(e, found[at]) {
			passages = append(passages, found[at])
		}
	}
	return passages, next, nil
}

// cites reports whether an answer cites a sentence of a passage.
func cites(e store.Exchange, p store.Passage) bool {
	return slices.ContainsFunc(e.Cited, func(c store.Cited) bool {
		return slices.ContainsFunc(p.Sentences, func(s report.Sentence) bool { return s.Text == c.Text })
	})
}
