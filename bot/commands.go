package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// sources lists the sources of the answer that is replied to, else of the last
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

func (b *Bot) sourcesPressed(ctx context.Context, p Press, args string, out Presser) error {
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
	m := Message{Lines: []Line{{{Text: say(in.language(), "sources") + ":", Bold: true}}}}
	m.Lines = append(m.Lines, sourceLines(footnotes, b.opener(in, e.Edition))...)
	return b.show(ctx, out, m)
}

// footnotes returns notes of an edition by their numbers. A marker without a
// note has its number alone.
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

// note shows one footnote with all its links, and where it stands.
func (b *Bot) note(ctx context.Context, in Incoming, args string, out Responder) error {
	n, err := strconv.Atoi(strings.Trim(args, "[]#. "))
	if err != nil || n < 0 {
		return b.tell(ctx, in, out, "note_usage")
	}
	return b.noteOfLive(ctx, in, n, out)
}

// report tells which report is live.
func (b *Bot) report(ctx context.Context, in Incoming, _ string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	return b.show(ctx, out, reportMessage(in.language(), edition))
}

// reportMessage says which report an edition is.
func reportMessage(lang text.Language, edition *store.Edition) Message {
	m := Message{Lines: []Line{{{Text: title(edition, lang), Bold: true}}}}
	if edition.Date != "" {
		m.say(say(lang, "report_date", "Date", date(edition.Date, lang)))
	}
	if len(edition.Authors) > 0 {
		m.say(say(lang, "report_authors", "Authors", strings.Join(edition.Authors, ", ")))
	}
	m.say(say(lang, "report_counts", "Paragraphs", edition.Paragraphs, "Footnotes", edition.Footnotes))
	m.sections(lang, edition)
	return m
}

// sections lists the sections of a report under what stands there, if it has
// any.
func (m *Message) sections(lang text.Language, edition *store.Edition) {
	if len(edition.Sections) == 0 {
		return
	}
	m.gap()
	m.say(say(lang, "report_sections"))
	for i, section := range edition.Sections {
		m.say(strconv.Itoa(i+1) + ". " + section)
	}
}

func (b *Bot) live(ctx context.Context) (*store.Edition, error) {
	edition, err := b.memory.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, answer.ErrNoReport
	}
	return edition, err
}

func title(edition *store.Edition, lang text.Language) string {
	if edition.Title == "" {
		return say(lang, "untitled")
	}
	return edition.Title
}

// dateTime returns a moment as the reader writes it, in the program's time zone.
func dateTime(at time.Time, lang text.Language) string {
	return date(at.Format(time.DateOnly), lang) + " " + at.Format("15:04")
}

// date returns 2024-11-01 as the reader writes it.
func date(iso string, lang text.Language) string {
	day, err := time.Parse(time.DateOnly, iso)
	switch {
	case err != nil:
		return iso
	case lang == text.Vietnamese:
		return day.Format("02/01/2006")
	}
	return day.Format("2 January 2006")
}
