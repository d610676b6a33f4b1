package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// maxOffered is the most editions with a button under /versions.
const maxOffered = 5

// versions lists the editions, the newest first.
func (b *Bot) versions(ctx context.Context, in Incoming, _ string) (Message, error) {
	return b.versionsMessage(ctx, in.language())
}

func (b *Bot) versionsMessage(ctx context.Context, lang text.Language) (Message, error) {
	editions, err := b.memory.Versions(ctx)
	if err != nil {
		return Message{}, err
	}
	m := titled(say(lang, "versions_title"))
	for _, e := range editions {
		line := Line{{Text: say(lang, "version_line", "N", e.ID, "At", dateTime(e.LoadedAt, lang), "By", loadedBy(e, lang),
			"Paragraphs", e.Paragraphs, "Footnotes", e.Footnotes)}}
		switch {
		case e.Live():
			line = append(line, Span{Text: " · " + say(lang, "version_live", "Since", dateTime(e.LiveSince, lang)), Bold: true})
		case e.Staged:
			line = append(line, Span{Text: " · " + say(lang, "version_staged")})
		default:
			if len(m.Buttons) < maxOffered {
				button := Button{Text: say(lang, "use_button", "N", e.ID), Data: buttonData(versionData, e.ID)}
				m.Buttons = append(m.Buttons, []Button{button})
			}
		}
		m.Lines = append(m.Lines, line)
	}
	return m, nil
}

func loadedBy(e *store.Edition, lang text.Language) string {
	switch e.LoadedBy {
	case "":
		return say(lang, "by_program")
	case store.Shell:
		return say(lang, "by_shell")
	}
	return e.LoadedBy
}

// rollback makes another edition live.
func (b *Bot) rollback(ctx context.Context, in Incoming, args string) (Message, error) {
	n, ok := editionNumber(args)
	if !ok {
		return in.reply("rollback_usage"), nil
	}
	said, err := b.goLive(ctx, in.language(), in.Sender, "rollback", n)
	return textMessage(said), err
}

func (b *Bot) versionPressed(ctx context.Context, p Callback, n int64, out CallbackResponder) error {
	lang := p.language()
	said, err := b.goLive(ctx, lang, p.Sender, "rollback", n)
	if err != nil {
		return err
	}
	out.Toast(ctx, said)
	m, err := b.versionsMessage(ctx, lang)
	if err != nil {
		return err
	}
	return out.Replace(ctx, m)
}

// goLive makes an edition live for an admin and returns the outcome.
func (b *Bot) goLive(ctx context.Context, lang text.Language, who Sender, command string, n int64) (said string, err error) {
	before, err := b.live(ctx)
	switch {
	case err != nil:
		return "", err
	case before.ID == n:
		return say(lang, "already_live", "N", n), nil
	}
	corrected := b.correctedLine(ctx, lang, n, phrase("corrects"), phrase("corrects_again"))
	err = b.memory.MakeLive(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return say(lang, "version_unknown", "N", n), nil
	}
	if err != nil {
		return "", err
	}
	if err := b.recordAudit(ctx, who, command+" "+strconv.FormatInt(n, 10), n); err != nil {
		return "", err
	}
	now, err := b.memory.Edition(ctx, n)
	if err != nil {
		return "", err
	}
	said = say(lang, "now_live", "N", n, "Title", title(now, lang), "Before", before.ID)
	return strings.TrimSpace(said + "\n" + corrected), nil
}

// editionNumber parses an edition's number as people write it, such as "#3".
func editionNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.Trim(s, "#. "), 10, 64)
	return n, err == nil && n > 0
}

// diff compares two editions, or one with the live edition.
func (b *Bot) diff(ctx context.Context, in Incoming, args string) (Message, error) {
	var numbers []int64
	for _, field := range strings.Fields(args) {
		n, ok := editionNumber(field)
		if !ok {
			return in.reply("diff_usage"), nil
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 1 {
		live, err := b.live(ctx)
		if err != nil {
			return Message{}, err
		}
		numbers = append(numbers, live.ID)
	}
	if len(numbers) != 2 {
		return in.reply("diff_usage"), nil
	}
	for _, n := range numbers {
		if _, err := b.memory.Edition(ctx, n); errors.Is(err, store.ErrNotFound) {
			return in.reply("version_unknown", "N", n), nil
		} else if err != nil {
			return Message{}, err
		}
	}
	return b.comparison(ctx, in.language(), numbers[0], numbers[1])
}

// comparison describes the differences between two editions under a title.
func (b *Bot) comparison(ctx context.Context, lang text.Language, before, after int64) (Message, error) {
	c, err := b.memory.Compare(ctx, before, after)
	if err != nil {
		return Message{}, err
	}
	m := titled(say(lang, "diff_title", "A", before, "B", after))
	m.compare(lang, c)
	return m, nil
}

// maxExamples is the most examples of each kind of difference.
const maxExamples = 3

// compare describes the differences between two editions: counts, then a few examples
// of each kind.
func (m *Message) compare(lang text.Language, c *report.Comparison) {
	if c.Same() {
		m.addText(say(lang, "diff_same"))
		return
	}
	for _, change := range c.Front {
		m.addText(fmt.Sprintf("± %s → %s", excerpt(change.Old), excerpt(change.New)))
	}
	if len(c.SectionsAdded)+len(c.SectionsGone) > 0 {
		m.addText(say(lang, "diff_sections", "Added", len(c.SectionsAdded), "Gone", len(c.SectionsGone)))
		m.examples("+", c.SectionsAdded)
		m.examples("−", c.SectionsGone)
	}
	m.addText(say(lang, "diff_paragraphs", "Added", len(c.Added), "Changed", len(c.Changed), "Gone", len(c.Gone)))
	m.examples("+", textsOf(c.Added))
	m.examples("−", textsOf(c.Gone))
	for _, change := range c.Changed[:min(maxExamples, len(c.Changed))] {
		before, after := firstDifference(change.Old.Text(), change.New.Text())
		m.addText(fmt.Sprintf("± %d: %s → %s", change.New.N, excerpt(before), excerpt(after)))
	}
	m.addText(say(lang, "diff_footnotes", "Added", len(c.FootnotesAdded), "Changed", len(c.FootnotesChanged), "Gone", len(c.FootnotesGone)))
	if len(c.Damaged) > 0 {
		m.addText(say(lang, "diff_damaged", "Count", len(c.Damaged)))
		for _, damaged := range c.Damaged[:min(maxExamples, len(c.Damaged))] {
			m.Lines = append(m.Lines, Line{{Text: fmt.Sprintf("[%d] ", damaged.N)}, {Text: excerpt(damaged.Text), Code: true}})
		}
	}
}

func (m *Message) examples(sign string, all []string) {
	for _, s := range all[:min(maxExamples, len(all))] {
		m.addText(sign + " " + excerpt(s))
	}
	if more := len(all) - maxExamples; more > 0 {
		m.addText(fmt.Sprintf("%s … (%d)", sign, more))
	}
}

func textsOf(paragraphs []report.Paragraph) []string {
	texts := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		texts[i] = fmt.Sprintf("%d: %s", p.N, p.Text())
	}
	return texts
}

// firstDifference returns two texts from a few words before their first difference.
func firstDifference(before, after string) (string, string) {
	a, b := strings.Fields(before), strings.Fields(after)
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	const lead = 4 // words
	if same <= lead {
		return before, after
	}
	from := same - lead
	return "… " + strings.Join(a[from:], " "), "… " + strings.Join(b[from:], " ")
}
