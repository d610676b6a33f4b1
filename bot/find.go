package bot

import (
	"context"
	"fmt"
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// maxPlaces is how many places have a button, in rows of perRow.
const maxPlaces, perRow = 40, 8

// find lists the places of a word, or of several in sequence. Words without
// diacritics match any diacritics.
func (b *Bot) find(ctx context.Context, in Incoming, args string) (Message, error) {
	wanted := text.Words(args)
	if len(wanted) == 0 {
		return in.reply("find_usage"), nil
	}
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	var places []place
	total := 0
	for p, err := range b.memory.Read(ctx, edition.ID) {
		if err != nil {
			return Message{}, err
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
		return in.reply("find_none", "Word", word), nil
	}
	return placesMessage(in.language(), edition, word, total, places), nil
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
// maxSnippets the most snippets in a message.
const aroundFound, maxSnippets = 50, 20

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
	m := titled(say(lang, "find_title", "Word", word, "Count", total, "Paragraphs", len(places)))
	for i, p := range places {
		if i == 0 || p.section != places[i-1].section {
			m.bold(sectionTitle(lang, store.Section{Title: p.section}))
		}
		line := Line{{Text: say(lang, "at_paragraph", "N", p.paragraph)}}
		if p.count > 1 {
			line[0].Text += fmt.Sprintf(" (%d)", p.count)
		}
		if i < maxSnippets {
			line[0].Text += ": "
			line = append(line, p.snippet...)
		}
		m.Lines = append(m.Lines, line)
	}
	var buttons []Button
	for _, p := range places[:min(len(places), maxPlaces)] {
		buttons = append(buttons, Button{Text: fmt.Sprint(p.paragraph), Data: buttonData(readData, edition.ID, p.paragraph, 0)})
	}
	m.Buttons = slices.Collect(slices.Chunk(buttons, perRow))
	return m
}
