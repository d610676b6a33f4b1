package bot

import (
	"context"
	"fmt"
	"slices"

	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/text"
)

const (
	// maxSections is the most sections with a button, and maxTitle the most characters
	// of a title on it.
	maxSections, maxTitle = 40, 40
)

// sections shows the report's table of contents with buttons, or opens the section
// with a number or title.
func (b *Bot) sections(ctx context.Context, in Incoming, args string) (Message, error) {
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	if text.Clean(args) != "" {
		return b.openSection(ctx, in.language(), args, edition)
	}
	return b.contents(ctx, in.language(), edition)
}

func (b *Bot) openSection(ctx context.Context, lang text.Language, args string, edition *store.Edition) (Message, error) {
	named := intent.ReadScope(args, edition.Sections, lang)
	sections, err := b.memory.Contents(ctx, edition.ID)
	if err != nil {
		return Message{}, err
	}
	at := slices.IndexFunc(sections, func(s store.Section) bool { return named.Section != "" && s.Title == named.Section })
	if at >= 0 {
		return b.paragraph(ctx, lang, edition.ID, sections[at].First, store.Exchange{})
	}
	if named.Missing != 0 {
		return sectionUnknown(lang, named.Missing, edition), nil
	}
	m := textMessage(say(lang, "section_unnamed", "Name", text.Clean(args)))
	m.sections(lang, edition)
	return m, nil
}

func (b *Bot) contentsPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	numbers, ok := parseNumbers(args, 1)
	if !ok {
		return nil
	}
	edition, err := b.edition(ctx, numbers[0])
	if err != nil {
		return err
	}
	m, err := b.contents(ctx, p.language(), edition)
	if err != nil {
		return err
	}
	return out.Replace(ctx, m)
}

func (b *Bot) contents(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	m, err := b.oldEdition(ctx, lang, edition)
	if err != nil {
		return Message{}, err
	}
	sections, err := b.memory.Contents(ctx, edition.ID)
	if err != nil {
		return Message{}, err
	}
	m.bold(title(edition, lang))
	n := 0 // text outside any section has no number, as elsewhere
	for i, section := range sections {
		label := sectionTitle(lang, section)
		if section.Title != "" {
			n++
			label = fmt.Sprintf("%d. %s", n, label)
		}
		place := say(lang, "at_paragraph", "N", section.First)
		if section.Paragraphs > 1 {
			place = say(lang, "at_paragraphs", "First", section.First, "Last", section.First+section.Paragraphs-1)
		}
		m.addText(label + " – " + place)
		if i < maxSections {
			m.Buttons = append(m.Buttons, []Button{{Text: truncate(label, maxTitle), Data: buttonData(readData, edition.ID, section.First, 0)}})
		}
	}
	return m, nil
}

func sectionTitle(lang text.Language, section store.Section) string {
	if section.Title == "" {
		return say(lang, "no_section")
	}
	return section.Title
}
