package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// The first words of the payloads of deep links, which open the private chat.
// Arguments follow, separated by "_".
const (
	noteLink    = "note"    // N, and the edition; without it the live one
	passageLink = "passage" // edition, paragraph
	// questionLink is followed by the id of a pending question.
	questionLink = "q"
)

// deepLink returns the address that opens the private chat with a payload.
func (b *Bot) deepLink(name string, numbers ...any) string {
	for _, n := range numbers {
		name += fmt.Sprintf("_%v", n)
	}
	return "https://t.me/" + b.userName + "?start=" + name
}

// start greets, or opens the target of a deep link.
func (b *Bot) start(ctx context.Context, in Incoming, payload string, out Responder) error {
	name, rest, _ := strings.Cut(payload, "_")
	if name == questionLink && rest != "" {
		return b.askPending(ctx, in, rest, out)
	}
	rest = strings.ReplaceAll(rest, "_", ":")
	switch name {
	case forgetLink:
		return b.forget(ctx, in, "", out)
	case noteLink:
		if numbers, ok := numbersIn(rest, 1); ok {
			return b.noteOfLive(ctx, in, int(numbers[0]), out)
		}
		if numbers, ok := numbersIn(rest, 2); ok {
			return b.noteOf(ctx, in, numbers[1], int(numbers[0]), out)
		}
	case passageLink:
		if numbers, ok := numbersIn(rest, 2); ok {
			m, err := b.paragraph(ctx, in.language(), numbers[0], int(numbers[1]), store.Exchange{})
			return b.showUnlessGone(ctx, in, m, err, out)
		}
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	return b.greet(ctx, in, edition, out)
}

// showUnlessGone shows a message about an edition, or says that the edition is no
// longer kept.
func (b *Bot) showUnlessGone(ctx context.Context, in Incoming, m Message, err error, out Responder) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return b.tell(ctx, in, out, "gone")
	case err != nil:
		return err
	}
	return b.show(ctx, out, m)
}

// opener returns a function for the links from a list of sources to notes in the
// private chat; nil in a private chat.
func (b *Bot) opener(in Incoming, edition int64) func(n int) string {
	if in.Private {
		return nil
	}
	return func(n int) string { return b.deepLink(noteLink, n, edition) }
}

// mostMarked is the most passages shown with a footnote.
const mostMarked = 3

func (b *Bot) noteOfLive(ctx context.Context, in Incoming, n int, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	return b.noteOf(ctx, in, edition.ID, n, out)
}

// noteOf shows a footnote of an edition: its links, and the sentences that cite it.
func (b *Bot) noteOf(ctx context.Context, in Incoming, edition int64, n int, out Responder) error {
	lang := in.language()
	of, err := b.edition(ctx, edition)
	if err != nil {
		return b.showUnlessGone(ctx, in, Message{}, err, out)
	}
	footnote, err := b.memory.Footnote(ctx, edition, n)
	if errors.Is(err, store.ErrNotFound) {
		return b.tell(ctx, in, out, "note_unknown", "N", n)
	}
	if err != nil {
		return err
	}
	m, err := b.oldEdition(ctx, lang, of)
	if err != nil {
		return err
	}
	m.Lines = append(m.Lines, noteLines(lang, footnote)...)
	marked, err := b.memory.Marked(ctx, edition, n)
	if err != nil {
		return err
	}
	var read []Button
	for _, p := range marked[:min(mostMarked, len(marked))] {
		quotation, err := b.quotation(ctx, edition, p.Sentences, citedBy(p, n))
		if err != nil {
			return err
		}
		m.gap()
		m.Lines = append(m.Lines, Line{{Text: placeOf(lang, p), Bold: true}}, quotation)
		button := Button{Text: say(lang, "read_button", "N", p.Paragraph), Data: dataOf(readData, edition, p.Paragraph, 0)}
		if len(read) == 0 || read[len(read)-1] != button {
			read = append(read, button)
		}
	}
	if len(read) > 0 {
		m.Buttons = [][]Button{read}
	}
	return b.show(ctx, out, m)
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

// citedBy returns the sentences of a passage that a footnote marks.
func citedBy(p store.Passage, n int) []store.Cited {
	var cited []store.Cited
	for _, s := range p.Sentences {
		for _, mark := range s.Footnotes {
			if mark == n {
				cited = append(cited, store.Cited{Paragraph: p.Paragraph, Text: s.Text})
			}
		}
	}
	return cited
}
