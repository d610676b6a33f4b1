package bot

import (
	"context"
	"fmt"
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

// report describes the live report.
func (b *Bot) report(ctx context.Context, in Incoming, _ string) (Message, error) {
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	return reportMessage(in.language(), edition), nil
}

// reportMessage describes the report of an edition.
func reportMessage(lang text.Language, edition *store.Edition) Message {
	m := titled(title(edition, lang))
	m.dated(lang, edition)
	if len(edition.Authors) > 0 {
		m.addText(say(lang, "report_authors", "Authors", strings.Join(edition.Authors, ", ")))
	}
	m.addText(say(lang, "report_counts", "Paragraphs", edition.Paragraphs, "Footnotes", edition.Footnotes))
	m.sections(lang, edition)
	return m
}

// sections adds a list of the report's sections, if it has any.
func (m *Message) sections(lang text.Language, edition *store.Edition) {
	if len(edition.Sections) == 0 {
		return
	}
	m.gap()
	m.addText(say(lang, "report_sections"))
	m.numbered(edition.Sections)
}

func (m *Message) numbered(items []string) {
	for i, item := range items {
		m.addText(fmt.Sprintf("%d. %s", i+1, item))
	}
}

// dated adds the report's date, if it has one.
func (m *Message) dated(lang text.Language, edition *store.Edition) {
	if edition.Date != "" {
		m.addText(say(lang, "report_date", "Date", date(edition.Date, lang)))
	}
}

func title(edition *store.Edition, lang text.Language) string {
	if edition.Title == "" {
		return say(lang, "untitled")
	}
	return edition.Title
}

// sectionUnknown replies that the report has no section n, and lists its sections.
func sectionUnknown(lang text.Language, n int, edition *store.Edition) Message {
	m := textMessage(say(lang, "section_unknown", "N", max(n, 0)))
	m.sections(lang, edition)
	return m
}
