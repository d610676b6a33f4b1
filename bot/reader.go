package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

const (
	// mostShown is the most characters of a paragraph shown at once.
	mostShown = 3000
	// morePassages is how many further passages are shown at once.
	morePassages = 3
	// mostCited is the most buttons for cited paragraphs, inRow how many are in a row:
	// Telegram has room for eight.
	mostCited = 24
	inRow     = 6
)

// passagePressed shows the paragraph of a sentence that an answer cites, in a new message.
func (b *Bot) passagePressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, rest, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known {
		return err
	}
	if len(e.Cited) == 0 {
		out.Toast(ctx, say(p.language(), "forgotten"))
		return nil
	}
	cited := 0
	if n, ok := numbersIn(rest, 1); ok && n[0] < int64(len(e.Cited)) {
		cited = int(n[0])
	}
	m, err := b.paragraph(ctx, p.language(), e.Edition, e.Cited[cited].Paragraph, e)
	if err != nil {
		return b.toastIfGone(ctx, p, out, err)
	}
	return b.show(ctx, out, m)
}

// readPressed shows the previous or next paragraph, or another that the answer cites.
func (b *Bot) readPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	numbers, ok := numbersIn(args, 3)
	if !ok {
		return nil
	}
	var e store.Exchange
	if numbers[2] != 0 {
		found, err := b.memory.Exchange(ctx, numbers[2])
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if p.in(found.Thread) && found.Edition == numbers[0] {
			e = found
		}
	}
	m, err := b.paragraph(ctx, p.language(), numbers[0], int(numbers[1]), e)
	if err != nil {
		return b.toastIfGone(ctx, p, out, err)
	}
	return out.Replace(ctx, m)
}

// toastIfGone tells the person if an edition is no longer kept.
func (b *Bot) toastIfGone(ctx context.Context, p Callback, out CallbackResponder, err error) error {
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	out.Toast(ctx, say(p.language(), "forgotten"))
	return nil
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
	m.Lines = append(m.Lines, Line{{Text: placeOf(lang, p), Bold: true}})
	m.Lines = append(m.Lines, Line{{Text: say(lang, "paragraph_of", "N", n, "Of", of.Paragraphs)}})
	quotation, err := b.quotation(ctx, edition, p.Sentences, e.Cited)
	if err != nil {
		return Message{}, err
	}
	m.Lines = append(m.Lines, quotation)
	m.Buttons = readButtons(edition, n, of.Paragraphs, e)
	if e.ID == 0 {
		row, err := b.turnSections(ctx, lang, edition, n)
		if err != nil {
			return Message{}, err
		}
		m.Buttons = append(m.Buttons, row)
	}
	return m, nil
}

// edition returns an edition that people may read: one that is or was live. Links and
// buttons are untrusted and may name any edition; a staged one is store.ErrNotFound.
func (b *Bot) edition(ctx context.Context, id int64) (*store.Edition, error) {
	edition, err := b.memory.Edition(ctx, id)
	if err == nil && edition.Staged {
		return nil, store.ErrNotFound
	}
	return edition, err
}

// oldEdition begins a message about an edition; if it is no longer live, the message
// says so.
func (b *Bot) oldEdition(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	live, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	var m Message
	if live.ID != edition.ID {
		m.say(say(lang, "old_edition", "N", edition.ID, "Date", date(edition.LoadedAt.Format("2006-01-02"), lang)))
		m.gap()
	}
	return m, nil
}

// placeOf says where a passage stands: its section, date and page.
func placeOf(lang text.Language, p store.Passage) string {
	var places []string
	for _, place := range []string{p.Section, p.Entry} {
		if place != "" {
			places = append(places, place)
		}
	}
	if len(places) == 0 {
		places = append(places, say(lang, "no_section"))
	}
	if page := p.Page(); page != 0 {
		places = append(places, onPage(lang, page))
	}
	return strings.Join(places, " · ")
}

// quotation returns sentences as one quoted line, each with its footnotes and the cited
// ones bold. A long paragraph is cut to those around the cited ones.
func (b *Bot) quotation(ctx context.Context, edition int64, sentences []report.Sentence, cited []store.Cited) (Line, error) {
	stands := func(s report.Sentence) bool {
		return slices.ContainsFunc(cited, func(c store.Cited) bool { return c.Text == s.Text })
	}
	from, to := window(sentences, slices.IndexFunc(sentences, stands))
	var line Line
	if from > 0 {
		line = append(line, Span{Text: "… ", Quote: true})
	}
	for _, s := range sentences[from:to] {
		line = append(line, Span{Text: cutAt(s.Text, mostShown), Quote: true, Bold: stands(s)})
		for _, n := range s.Footnotes {
			footnote, err := b.memory.Footnote(ctx, edition, n)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return nil, err
			}
			mark := Span{Text: fmt.Sprintf("[%d]", n), Quote: true}
			if len(footnote.Links) > 0 {
				mark.Link = footnote.Links[0].URL
			}
			line = append(line, Span{Text: " ", Quote: true}, mark)
		}
		line = append(line, Span{Text: " ", Quote: true})
	}
	if to < len(sentences) {
		line = append(line, Span{Text: "…", Quote: true})
	}
	return line, nil
}

// window returns the range of sentences to show: as many as fit, from shortly before
// the first cited one.
func window(sentences []report.Sentence, cited int) (from, to int) {
	from = max(0, cited-1)
	length := 0
	for to = from; to < len(sentences); to++ {
		if length += utf8.RuneCountInString(sentences[to].Text); length > mostShown && to > from {
			break
		}
	}
	for from > 0 && to == len(sentences) {
		if length += utf8.RuneCountInString(sentences[from-1].Text); length > mostShown {
			break
		}
		from--
	}
	return from, to
}

func cutAt(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// readButtons lead to the paragraphs beside paragraph n, and to the others that
// an exchange cites.
func readButtons(edition int64, n, of int, e store.Exchange) [][]Button {
	to := func(text string, paragraph int) Button {
		return Button{Text: text, Data: dataOf(readData, edition, paragraph, e.ID)}
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
	for row := range slices.Chunk(cited[:min(mostCited, len(cited))], inRow) {
		rows = append(rows, row)
	}
	return rows
}

// morePressed shows more passages found for a question, best first, without those that
// the answer cites.
func (b *Bot) morePressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	e, rest, known, err := b.pressed(ctx, p, args, out)
	if err != nil || !known {
		return err
	}
	numbers, ok := numbersIn(rest, 1)
	if !ok || numbers[0] >= int64(len(e.Passages)) {
		return nil
	}
	lang := p.language()
	passages, next, err := b.further(ctx, e, int(numbers[0]))
	if err != nil {
		return err
	}
	if len(passages) == 0 {
		out.Toast(ctx, say(lang, "no_more"))
		return nil
	}
	of, err := b.edition(ctx, e.Edition)
	if err != nil {
		return b.toastIfGone(ctx, p, out, err)
	}
	m, err := b.oldEdition(ctx, lang, of)
	if err != nil {
		return err
	}
	for i, passage := range passages {
		if i > 0 {
			m.gap()
		}
		m.Lines = append(m.Lines, Line{{Text: placeOf(lang, passage), Bold: true}})
		quotation, err := b.quotation(ctx, e.Edition, passage.Sentences, nil)
		if err != nil {
			return err
		}
		m.Lines = append(m.Lines, quotation)
	}
	if next < len(e.Passages) {
		m.Buttons = [][]Button{{{Text: say(lang, "more_button"), Data: dataOf(moreData, e.ID, next)}}}
	}
	if numbers[0] == 0 {
		return b.show(ctx, out, m)
	}
	return out.Replace(ctx, m)
}

// further returns the next passages from an offset, and the offset after them.
func (b *Bot) further(ctx context.Context, e store.Exchange, offset int) (passages []store.Passage, next int, err error) {
	found, err := b.memory.Passages(ctx, e.Passages[offset:])
	if err != nil {
		return nil, 0, err
	}
	for next = offset; next < len(e.Passages) && len(passages) < morePassages; next++ {
		at := slices.IndexFunc(found, func(p store.Passage) bool { return p.ID == e.Passages[next] })
		if at >= 0 && !restsOn(e, found[at]) {
			passages = append(passages, found[at])
		}
	}
	return passages, next, nil
}

// restsOn reports whether an answer cites a sentence of a passage.
func restsOn(e store.Exchange, p store.Passage) bool {
	return slices.ContainsFunc(e.Cited, func(c store.Cited) bool {
		return slices.ContainsFunc(p.Sentences, func(s report.Sentence) bool { return s.Text == c.Text })
	})
}
