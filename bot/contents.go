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
	// mostSections is how many sections have a button, and mostTitle how many
	// characters of their titles stand on it.
	mostSections, mostTitle = 40, 40
)

// contentsData begins the data of the button for an edition's table of contents; the
// edition's id follows.
const contentsData = "t"

// sections shows the report's table of contents with buttons, or opens the section
// with a number or title.
func (b *Bot) sections(ctx context.Context, in Incoming, args string, out Responder) error {
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	if text.Clean(args) != "" {
		return b.openSection(ctx, in, args, edition, out)
	}
	m, err := b.contents(ctx, in.language(), edition)
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) openSection(ctx context.Context, in Incoming, args string, edition *store.Edition, out Responder) error {
	lang := in.language()
	named := intent.ReadScope(args, edition.Sections, lang)
	sections, err := b.memory.Contents(ctx, edition.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(sections, func(s store.Section) bool { return named.Section != "" && s.Title == named.Section })
	if at < 0 {
		if named.Missing != 0 {
			return b.show(ctx, out, sectionUnknown(lang, named.Missing, edition))
		}
		m := textMessage(say(lang, "section_unnamed", "Name", text.Clean(args)))
		m.sections(lang, edition)
		return b.show(ctx, out, m)
	}
	m, err := b.paragraph(ctx, lang, edition.ID, sections[at].First, store.Exchange{})
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) contentsPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
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
		m.say(label + " – " + place)
		if i < mostSections {
			m.Buttons = append(m.Buttons, []Button{{Text: cutAt(label, mostTitle), Data: dataOf(readData, edition.ID, section.First, 0)}})
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

// turnSections returns buttons from paragraph n to the previous and next sections and
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

// find lists the places with a word, or with several in sequence. Words without
// diacritics match any diacritics.
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
		count, snippet := 0, Line(nil)
		for _, s := range p.Sentences {
			found := occurrences(text.Words(s.Text), wanted, text.HasDiacritics(args))
			if count += len(found); snippet == nil && len(found) > 0 {
				snippet = snippetOf(s.Text, found[0])
			}
		}
		if count == 0 {
			continue
		}
		if total += count; len(places) == 0 || places[len(places)-1].paragraph != p.Paragraph {
			places = append(places, place{section: p.Section, paragraph: p.Paragraph, snippet: snippet})
		}
		places[len(places)-1].count += count
	}
	word := text.Clean(args)
	if total == 0 {
		return b.tell(ctx, in, out, "find_none", "Word", word)
	}
	return b.show(ctx, out, placesMessage(in.language(), edition, word, total, places))
}

// place is a paragraph that contains the words.
type place struct {
	section          string
	paragraph, count int
	snippet          Line // around their first occurrence
}

// occurrences returns the byte ranges of wanted among words.
func occurrences(words, wanted []text.Word, exact bool) []text.Span {
	var found []text.Span
	for i := 0; i+len(wanted) <= len(words); i++ {
		if slices.EqualFunc(words[i:i+len(wanted)], wanted, func(a, b text.Word) bool {
			return a.Folded == b.Folded && (!exact || a.Exact == b.Exact)
		}) {
			found = append(found, text.Span{Start: words[i].Start, End: words[i+len(wanted)-1].End})
		}
	}
	return found
}

// aroundFound is the most characters of a snippet before and after the words, and
// mostSnippets the most snippets in a message.
const aroundFound, mostSnippets = 50, 20

// snippetOf returns the text around a range of a sentence, with the range in bold.
func snippetOf(sentence string, at text.Span) Line {
	before, after := []rune(sentence[:at.Start]), []rune(sentence[at.End:])
	if cut := len(before) - aroundFound; cut > 0 {
		for cut < len(before) && before[cut] != ' ' {
			cut++
		}
		before = append([]rune("…"), before[min(cut+1, len(before)):]...)
	}
	if cut := aroundFound; cut < len(after) {
		for cut > 0 && after[cut] != ' ' {
			cut--
		}
		after = append(after[:cut:cut], '…')
	}
	return Line{{Text: string(before)}, {Text: sentence[at.Start:at.End], Bold: true}, {Text: string(after)}}
}

func placesMessage(lang text.Language, edition *store.Edition, word string, total int, places []place) Message {
	m := Message{Lines: []Line{{{Text: say(lang, "find_title", "Word", word, "Count", total, "Paragraphs", len(places)), Bold: true}}}}
	for i, p := range places {
		if i == 0 || p.section != places[i-1].section {
			m.Lines = append(m.Lines, Line{{Text: sectionTitle(lang, store.Section{Title: p.section}), Bold: true}})
		}
		line := Line{{Text: say(lang, "at_paragraph", "N", p.paragraph)}}
		if p.count > 1 {
			line[0].Text += fmt.Sprintf(" (%d)", p.count)
		}
		if i < mostSnippets {
			line[0].Text += ": "
			line = append(line, p.snippet...)
		}
		m.Lines = append(m.Lines, line)
	}
	var buttons []Button
	for _, p := range places[:min(len(places), mostPlaces)] {
		buttons = append(buttons, Button{Text: fmt.Sprint(p.paragraph), Data: dataOf(readData, edition.ID, p.paragraph, 0)})
	}
	m.Buttons = slices.Collect(slices.Chunk(buttons, perRow))
	return m
}
