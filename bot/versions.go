package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

// mostOffered is the most editions that /versions has buttons for.
const mostOffered = 5

// versionData is the first word of the data of a button that makes an edition
// live; its id follows.
const versionData = "v"

// versions lists the editions, the newest first.
func (b *Bot) versions(ctx context.Context, in Incoming, _ string, out Responder) error {
	m, err := b.versionsMessage(ctx, in.language())
	if err != nil {
		return err
	}
	return b.show(ctx, out, m)
}

func (b *Bot) versionsMessage(ctx context.Context, lang text.Language) (Message, error) {
	editions, err := b.memory.Versions(ctx)
	if err != nil {
		return Message{}, err
	}
	m := Message{Lines: []Line{{{Text: say(lang, "versions_title"), Bold: true}}}}
	for _, e := range editions {
		line := Line{{Text: say(lang, "version_line", "N", e.ID, "At", dateTime(e.LoadedAt, lang), "By", loadedBy(e, lang),
			"Paragraphs", e.Paragraphs, "Footnotes", e.Footnotes)}}
		switch {
		case e.Live():
			line = append(line, Span{Text: " · " + say(lang, "version_live", "Since", dateTime(e.LiveSince, lang)), Bold: true})
		case e.Staged:
			line = append(line, Span{Text: " · " + say(lang, "version_staged")})
		default:
			if len(m.Buttons) < mostOffered {
				button := Button{Text: say(lang, "use_button", "N", e.ID), Data: dataOf(versionData, e.ID)}
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
func (b *Bot) rollback(ctx context.Context, in Incoming, args string, out Responder) error {
	n, ok := editionNumber(args)
	if !ok {
		return b.tell(ctx, in, out, "rollback_usage")
	}
	said, err := b.goLive(ctx, in.language(), in.Sender, "rollback", n)
	if err != nil {
		return err
	}
	return b.show(ctx, out, textMessage(said))
}

func (b *Bot) versionPressed(ctx context.Context, p Callback, args string, out CallbackResponder) error {
	n, ok := editionNumber(args)
	if !ok {
		return nil
	}
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
	touched := b.touches(ctx, lang, n, phrase("corrects"), phrase("corrects_again"))
	err = b.memory.MakeLive(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return say(lang, "version_unknown", "N", n), nil
	}
	if err != nil {
		return "", err
	}
	if err := b.audited(ctx, who, command+" "+strconv.FormatInt(n, 10), n); err != nil {
		return "", err
	}
	now, err := b.memory.Edition(ctx, n)
	if err != nil {
		return "", err
	}
	said = say(lang, "now_live", "N", n, "Title", title(now, lang), "Before", before.ID)
	return strings.TrimSpace(said + "\n" + touched), nil
}

// diff compares two editions, or one with the live edition.
func (b *Bot) diff(ctx context.Context, in Incoming, args string, out Responder) error {
	var numbers []int64
	for _, field := range strings.Fields(args) {
		n, ok := editionNumber(field)
		if !ok {
			return b.tell(ctx, in, out, "diff_usage")
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 1 {
		live, err := b.live(ctx)
		if err != nil {
			return err
		}
		numbers = append(numbers, live.ID)
	}
	if len(numbers) != 2 {
		return b.tell(ctx, in, out, "diff_usage")
	}
	for _, n := range numbers {
		if _, err := b.memory.Edition(ctx, n); errors.Is(err, store.ErrNotFound) {
			return b.tell(ctx, in, out, "version_unknown", "N", n)
		} else if err != nil {
			return err
		}
	}
	comparison, err := b.memory.Compare(ctx, numbers[0], numbers[1])
	if err != nil {
		return err
	}
	lang := in.language()
	m := Message{Lines: []Line{{{Text: say(lang, "diff_title", "A", numbers[0], "B", numbers[1]), Bold: true}}}}
	m.compare(lang, comparison)
	return b.show(ctx, out, m)
}

// editionNumber reads an edition's number as people write it.
func editionNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.Trim(s, "#. "), 10, 64)
	return n, err == nil && n > 0
}
