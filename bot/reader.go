package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

const (
	// maxCited is the most buttons for cited paragraphs, and inRow how many are in a
	// row, of Telegram's eight.
	maxCited = 24
	inRow    = 6
)

// passagePressed shows the paragraph of a sentence that an answer cites, in a new message.
func (b *Bot) passagePressed(ctx context.Context, p Callback, e store.Exchange, rest string, out CallbackResponder) error {
	if len(e.Cited) == 0 {
		return store.ErrNotFound
	}
	cited := 0
	if n, ok := parseNumbers(rest, 1); ok && n[0] < int64(len(e.Cited)) {
		cited = int(n[0])
	}
	m, err := b.paragraph(ctx, p.language(), e.Edition, e.Cited[cited].Paragraph, e)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

// readPressed shows the previous or next paragraph, or another that the answer cites.
func (b *Bot) readPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	numbers, ok := parseNumbers(args, 3)
	if !ok {
		return nil
	}
	e, err := b.memory.Exchange(ctx, numbers[2])
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if !p.in(e.Thread) || e.Edition != numbers[0] {
		e = store.Exchange{} // without another thread's citations
	}
	m, err := b.paragraph(ctx, p.language(), numbers[0], int(numbers[1]), e)
	if err != nil {
		return err
	}
	return out.Replace(ctx, m)
}

// paragraph returns paragraph n of an edition, with buttons to its neighbours. The
// sentences that an exchange cites are bold.
func (b *Bot) paragraph(ctx context.Context, lang text.Language, edition int64, n int, e store.Exchange) (Message, error) {
	of, err := b.edition(ctx, edition)
	if err != nil {
		return Message{}, err
	}
	p, err := b.memory.Paragraph(ctx, edition, n)
	if err != nil {
		return Message{}, err
	}
	m, err := b.oldEdition(ctx, lang, of)
	if err != nil {
		return Message{}, err
	}
	m.bold(placeOf(lang, p))
	m.addText(say(lang, "paragraph_of", "N", n, "Of", of.Paragraphs))
	quotation, err := b.quotation(ctx, edition, p.Sentences, e.Cited)
	if err != nil {
		return Message{}, err
	}
	m.Lines = append(m.Lines, quotation)
	m.Buttons = readButtons(edition, n, of.Paragraphs, e)
	if e.ID == 0 {
		row, err := b.sectionButtons(ctx, lang, edition, n)
		if err != nil {
			return Message{}, err
		}
		m.Buttons = append(m.Buttons, row)
	}
	return m, nil
}

// readButtons returns buttons to the paragraphs before and after paragraph n, and to
// the others that an exchange cites.
func readButtons(edition int64, n, of int, e store.Exchange) [][]Button {
	to := func(text string, paragraph int) Button {
		return Button{Text: text, Data: buttonData(readData, edition, paragraph, e.ID)}
	}
	var turn, cited []Button
	if n > 1 {
		turn = append(turn, to(fmt.Sprintf("◀ %d", n-1), n-1))
	}
	if n < of {
		turn = append(turn, to(fmt.Sprintf("%d ▶", n+1), n+1))
	}
	for _, c := range e.Cited {
		button := to(fmt.Sprintf("❝ %d", c.Paragraph), c.Paragraph)
		if c.Paragraph != n && !slices.Contains(cited, button) && !slices.ContainsFunc(turn, func(t Button) bool { return t.Data == button.Data }) {
			cited = append(cited, button)
		}
	}
	var rows [][]Button
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	return slices.AppendSeq(rows, slices.Chunk(cited[:min(maxCited, len(cited))], inRow))
}

// sectionButtons returns buttons to the sections before and after paragraph n's, and to
// the table of contents.
func (b *Bot) sectionButtons(ctx context.Context, lang text.Language, edition int64, n int) ([]Button, error) {
	sections, err := b.memory.Contents(ctx, edition)
	if err != nil {
		return nil, err
	}
	within := len(sections) - 1
	for within > 0 && sections[within].First > n {
		within--
	}
	var row []Button
	if within > 0 {
		row = append(row, Button{Text: "⏮", Data: buttonData(readData, edition, sections[within-1].First, 0)})
	}
	row = append(row, Button{Text: say(lang, "contents_button"), Data: buttonData(contentsData, edition)})
	if within+1 < len(sections) {
		row = append(row, Button{Text: "⏭", Data: buttonData(readData, edition, sections[within+1].First, 0)})
	}
	return row, nil
}
