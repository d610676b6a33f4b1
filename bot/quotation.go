package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// maxShown is the most characters of a paragraph shown at once.
const maxShown = 3000

// edition returns an edition that people may read: one that is or was live. Links and
// buttons are untrusted and may name any edition; a staged one is store.ErrNotFound.
func (b *Bot) edition(ctx context.Context, id int64) (*store.Edition, error) {
	edition, err := b.memory.Edition(ctx, id)
	if err == nil && edition.Staged {
		return nil, store.ErrNotFound
	}
	return edition, err
}

// oldEdition returns the beginning of a message about an edition: a notice if it is no
// longer live, else nothing.
func (b *Bot) oldEdition(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	live, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	var m Message
	if live.ID != edition.ID {
		m.addText(say(lang, "old_edition", "N", edition.ID, "Date", date(edition.LoadedAt.Format("2006-01-02"), lang)))
		m.gap()
	}
	return m, nil
}

// placeOf returns the place of a passage: its section, date and page.
func placeOf(lang text.Language, p store.Passage) string {
	places := slices.DeleteFunc([]string{p.Section, p.Entry}, func(place string) bool { return place == "" })
	if len(places) == 0 {
		places = append(places, say(lang, "no_section"))
	}
	if page := p.Page(); page != 0 {
		places = append(places, onPage(lang, page))
	}
	return strings.Join(places, " · ")
}

// quotation returns sentences as one quoted line, each with its footnotes, cited ones
// in bold. Of a long paragraph it returns the sentences around the cited ones.
func (b *Bot) quotation(ctx context.Context, edition int64, sentences []report.Sentence, cited []store.Cited) (Line, error) {
	isCited := func(s report.Sentence) bool {
		return slices.ContainsFunc(cited, func(c store.Cited) bool { return c.Text == s.Text })
	}
	from, to := window(sentences, slices.IndexFunc(sentences, isCited))
	var line Line
	if from > 0 {
		line = append(line, Span{Text: "… ", Quote: true})
	}
	for _, s := range sentences[from:to] {
		line = append(line, Span{Text: truncate(s.Text, maxShown), Quote: true, Bold: isCited(s)})
		footnotes, err := b.footnotes(ctx, edition, s.Footnotes)
		if err != nil {
			return nil, err
		}
		for _, f := range footnotes {
			mark := marker(f)
			mark.Quote = true
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
		if length += utf8.RuneCountInString(sentences[to].Text); length > maxShown && to > from {
			break
		}
	}
	for from > 0 && to == len(sentences) {
		if length += utf8.RuneCountInString(sentences[from-1].Text); length > maxShown {
			break
		}
		from--
	}
	return from, to
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
