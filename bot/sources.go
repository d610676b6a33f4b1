package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// sources lists the sources of the answer that the message replies to, else of the last
// answer in the chat.
func (b *Bot) sources(ctx context.Context, in Incoming, _ string) (Message, error) {
	e, err := b.lastExchange(ctx, in)
	if errors.Is(err, store.ErrNotFound) {
		return in.reply("no_answer_yet"), nil
	}
	if err != nil {
		return Message{}, err
	}
	return b.sourcesOf(ctx, in, e)
}

func (b *Bot) sourcesPressed(ctx context.Context, p Callback, e store.Exchange, _ string, out CallbackResponder) error {
	m, err := b.sourcesOf(ctx, p.incoming(), e)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) sourcesOf(ctx context.Context, in Incoming, e store.Exchange) (Message, error) {
	if len(e.Notes) == 0 {
		return in.reply("no_sources"), nil
	}
	footnotes, err := b.footnotes(ctx, e.Edition, e.Notes)
	var m Message
	m.sources(in.language(), footnotes, b.noteLinker(in, e.Edition))
	return m, err
}

// note shows a footnote with all its links, and the sentences that cite it.
func (b *Bot) note(ctx context.Context, in Incoming, args string) (Message, error) {
	n, err := strconv.Atoi(strings.Trim(args, "[]#. "))
	if err != nil || n < 0 {
		return in.reply("note_usage"), nil
	}
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	return b.noteOf(ctx, in.language(), edition, n)
}

// maxMarked is the most passages shown with a footnote.
const maxMarked = 3

// noteOf shows a footnote of an edition: its links, and the sentences that cite it.
func (b *Bot) noteOf(ctx context.Context, lang text.Language, edition *store.Edition, n int) (Message, error) {
	footnote, err := b.memory.Footnote(ctx, edition.ID, n)
	if errors.Is(err, store.ErrNotFound) {
		return textMessage(say(lang, "note_unknown", "N", n)), nil
	}
	if err != nil {
		return Message{}, err
	}
	m, err := b.oldEdition(ctx, lang, edition)
	if err != nil {
		return Message{}, err
	}
	m.Lines = append(m.Lines, noteLines(lang, footnote)...)
	marked, err := b.memory.Marked(ctx, edition.ID, n)
	if err != nil {
		return Message{}, err
	}
	var read []Button
	for _, p := range marked[:min(maxMarked, len(marked))] {
		quotation, err := b.quotation(ctx, edition.ID, p.Sentences, citedBy(p, n))
		if err != nil {
			return Message{}, err
		}
		m.gap()
		m.bold(placeOf(lang, p))
		m.Lines = append(m.Lines, quotation)
		button := Button{Text: say(lang, "read_button", "N", p.Paragraph), Data: buttonData(readData, edition.ID, p.Paragraph, 0)}
		if !slices.Contains(read, button) {
			read = append(read, button)
		}
	}
	if len(read) > 0 {
		m.Buttons = [][]Button{read}
	}
	return m, nil
}

// noteLines returns a footnote with all its links.
func noteLines(lang text.Language, footnote report.Footnote) []Line {
	lines := []Line{{{Text: say(lang, "note_title", "N", footnote.N), Bold: true}}}
	for _, link := range footnote.Links {
		lines = append(lines, Line{{Text: link.Site + ": "}, {Text: link.URL, Link: link.URL}})
	}
	for _, damaged := range footnote.Damaged {
		lines = append(lines, Line{{Text: say(lang, "note_damaged") + " "}, {Text: text.Clean(damaged), Code: true}})
	}
	if len(footnote.Links) == 0 && len(footnote.Damaged) == 0 {
		lines = append(lines, Line{{Text: say(lang, "note_as_printed") + " "}, {Text: text.Clean(footnote.Raw), Code: true}})
	}
	return lines
}

// citedBy returns the sentences of a passage that cite footnote n.
func citedBy(p store.Passage, n int) []store.Cited {
	var cited []store.Cited
	for _, s := range p.Sentences {
		if slices.Contains(s.Footnotes, n) {
			cited = append(cited, store.Cited{Paragraph: p.Paragraph, Text: s.Text})
		}
	}
	return cited
}
