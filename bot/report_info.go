package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// report describes the live report.
func (b *Bot) report(ctx context.Context, in Incoming, _ string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	return b.show(ctx, out, reportMessage(in.language(), edition))
}

// reportMessage describes the report of an edition.
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

// sections adds a list of the report's sections, if it has any.
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

// dateTime returns a time in the reader's format, in the program's time zone.
func dateTime(at time.Time, lang text.Language) string {
	return date(at.Format(time.DateOnly), lang) + " " + at.Format("15:04")
}

// date returns 2024-11-01 in the reader's format.
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
