package bot

import (
	"context"
	"fmt"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

const (
	// mostSections is how many sections have a button, and mostTitle how many
	// characters of their titles stand on it.
	mostSections, mostTitle = 40, 40
)

// contentsData is the first word of the data of the button that shows an
// edition's table of contents; its id follows.
const contentsData = "t"

// sections shows the report's table of contents, with buttons to read on.
func (b *Bot) sections(ctx context.Context, in Incoming, _ string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	m, err := b.contents(ctx, in.language(), edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) contentsPressed(ctx context.Context, p Press, args string, out Presser) error {
	numbers, ok := numbersIn(args, 1)
	if !ok {
		return nil
	}
	edition, err := b.edition(ctx, numbers[0])
	if err != nil {
		return b.toastIfGone(ctx, p, out, err)
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
	m.Lines = append(m.Lines, Line{{Text: title(edition, lang), Bold: true}})
	for i, section := range sections {
		place := say(lang, "at_paragraph", "N", section.First)
		if section.Paragraphs > 1 {
			place = say(lang, "at_paragraphs", "First", section.First, "Last", section.First+section.Paragraphs-1)
		}
		m.say(fmt.Sprintf("%d. %s – %s", i+1, sectionTitle(lang, section), place))
		if i < mostSections {
			label := fmt.Sprintf("%d. %s", i+1, cutAt(sectionTitle(lang, section), mostTitle))
			m.Buttons = append(m.Buttons, []Button{{Text: label, Data: dataOf(readData, edition.ID, section.First, 0)}})
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

// turnSections leads from paragraph n to the sections before and behind, and
// to the table of contents.
func (b *Bot) turnSections(ctx context.Context, lang text.Language, edition int64, n int) ([]Button, error) {
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
		row = append(row, Button{Text: "⏮", Data: dataOf(readData, edition, sections[within-1].First, 0)})
	}
	row = append(row, Button{Text: say(lang, "contents_button"), Data: dataOf(contentsData, edition)})
	if within+1 < len(sections) {
		row = append(row, Button{Text: "⏭", Data: dataOf(readData, edition, sections[within+1].First, 0)})
	}
	return row, nil
}

// mostPlaces is how many places have a button, in rows of perRow.
const mostPlaces, perRow = 40, 8

// find lists the places that have a word, or several in a row. Words without
// diacritics are found whatever marks they have.
func (b *Bot) find(ctx context.Context, in Incoming, args string, out Responder) error {
	wanted := text.Words(args)
	if len(wanted) == 0 {
		return b.tell(ctx, in, out, "find_usage")
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	var places []place
	total := 0
	for p, err := range b.memory.Read(ctx, edition.ID) {
		if err != nil {
			return err
		}
		count := 0
		for _, s := range p.Sentences {
			count += occurrences(text.Words(s.Text), wanted, text.HasDiacritics(args))
		}
		if count == 0 {
			continue
		}
		if total += count; len(places) == 0 || places[len(places)-1].paragraph != p.Paragraph {
			places = append(places, place{section: p.Section, paragraph: p.Paragraph})
		}
		places[len(places)-1].count += count
	}
	word := text.Clean(args)
	if total == 0 {
		return b.tell(ctx, in, out, "find_none", "Word", word)
	}
	return b.show(ctx, out, placesMessage(in.language(), edition, word, total, places))
}

// place is a paragraph that has what is looked for.
type place struct {
	section          string
	paragraph, count int
}

// occurrences counts how often wanted stands among words.
func occurrences(words, wanted []text.Word, exact bool) int {
	count := 0
	for i := 0; i+len(wanted) <= len(words); i++ {
		if slices.EqualFunc(words[i:i+len(wanted)], wanted, func(a, b text.Word) bool {
			return a.Folded == b.Folded && (!exact || a.Exact == b.Exact)
		}) {
			count++
		}
	}
	return count
}

func placesMessage(lang text.Language, edition *store.Edition, word string, total int, places []place) Message {
	m := Message{Lines: []Line{{{Text: say(lang, "find_title", "Word", word, "Count", total, "Paragraphs", len(places)), Bold: true}}}}
	for i, p := range places {
		if i == 0 || p.section != places[i-1].section {
			section := p.section
			if section == "" {
				section = say(lang, "no_section")
			}
			m.Lines = append(m.Lines, Line{{Text: section + ": "}})
		}
		line := &m.Lines[len(m.Lines)-1]
		if len(*line) > 1 {
			*line = append(*line, Span{Text: ", "})
		}
		*line = append(*line, Span{Text: say(lang, "at_paragraph", "N", p.paragraph) + fmt.Sprintf(" (%d)", p.count)})
	}
	var buttons []Button
	for _, p := range places[:min(len(places), mostPlaces)] {
		buttons = append(buttons, Button{Text: fmt.Sprint(p.paragraph), Data: dataOf(readData, edition.ID, p.paragraph, 0)})
	}
	m.Buttons = slices.Collect(slices.Chunk(buttons, perRow))
	return m
}
