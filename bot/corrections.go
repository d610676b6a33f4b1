package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"reportbot/bot/correction"
	"reportbot/store"
	"reportbot/store/text"
)

// Correction is a stored answer that has to be edited: with a new warning on top, or
// without one.
type Correction struct {
	store.Correction
	Thread string
	// Shown is the answer as it was sent, without a warning.
	Shown   store.ShownAnswer
	Warning Warning // zero: none
	// News is the message to people who asked to be notified, in reply to the answer;
	// set if Tell is.
	News Message
}

// Warning is a line above an answer that quotes how an edition contradicts it. Its
// quotation may be truncated. The zero Warning is no line.
type Warning struct {
	lead, quoted, more string
	marks              Line
}

// NewWarning returns a warning of a lead and a quotation.
func NewWarning(lead, quoted string) Warning { return Warning{lead: lead, quoted: quoted} }

// IsZero reports whether there is no line.
func (n Warning) IsZero() bool { return n.lead == "" }

// minQuoted is the shortest quotation, in UTF-16 units, that is worth showing.
const minQuoted = 20

// Line returns the line in at most most UTF-16 units if possible: it shortens the
// quotation, or leaves it out.
func (n Warning) Line(most int) Line {
	line := Line{{Text: n.lead, Bold: true}}
	rest := units(n.lead) + units(n.more) + units(" “”")
	for _, span := range n.marks {
		rest += units(span.Text)
	}
	if quoted := truncateWords(n.quoted, most-rest); quoted != "" {
		line = append(line, Span{Text: " “" + quoted + "”"})
		line = append(line, n.marks...)
	}
	if n.more != "" {
		line = append(line, Span{Text: n.more})
	}
	return line
}

// truncateWords truncates a text at a word to at most most UTF-16 units; it returns ""
// if less than minQuoted is left.
func truncateWords(s string, most int) string {
	if units(s) <= most {
		return s
	}
	if most < minQuoted {
		return ""
	}
	used, end := units("…"), 0
	for i, r := range s {
		if used += utf16.RuneLen(r); used > most {
			break
		}
		if r == ' ' {
			end = i
		}
	}
	return strings.TrimRight(s[:end], " ,;:") + "…"
}

// Recheck compares stored answers with the live edition: all after another edition has
// gone live, else those that were not yet compared.
func (b *Bot) Recheck(ctx context.Context) error {
	if b.corrections == nil {
		return nil
	}
	return b.corrections.Recheck(ctx)
}

// maxCorrections is how many corrections are read at once.
const maxCorrections = 100

// Corrections returns a page of the pending corrections, newest first: for each thread
// its newest one whose id is less than before, or its newest of all if before is 0.
// last is the value of before for the next page, 0 after the last page.
func (b *Bot) Corrections(ctx context.Context, before int64) (found []Correction, last int64, err error) {
	pending, err := b.memory.PendingCorrections(ctx, before, maxCorrections)
	for _, p := range pending {
		if err != nil {
			break
		}
		last = p.Exchange
		chat, _, _ := strings.Cut(p.Thread, "/")
		var set map[string]string
		if set, err = b.memory.Settings(ctx, chat); err != nil {
			break
		}
		switch person, _ := strconv.ParseInt(chat, 10, 64); {
		case !b.chatAllowed(chat, person > 0, Sender{ID: person}):
			err = b.memory.CorrectionFailed(ctx, p.Correction, "the bot answers in this chat no longer")
			continue
		case set[correction.Setting] == correction.Off && len(p.Changes) > 0:
			err = b.memory.CorrectionDone(ctx, p.Correction)
			continue
		}
		c := Correction{Correction: p.Correction, Thread: p.Thread, Shown: p.Shown}
		if c.Warning, err = b.warning(ctx, text.Language(p.Language), p.Correction); err == nil {
			c.News = news(text.Language(p.Language), p.Correction, c.Warning)
			c.News.Quiet = set[soundSetting] == off
			found = append(found, c)
		}
	}
	return found, last, err
}

// Correcting records that an answer is about to be edited.
func (b *Bot) Correcting(ctx context.Context, c Correction) error {
	return b.memory.CorrectionBegun(ctx, c.Correction)
}

// Corrected records that a correction was delivered, or, with an error, that it can't
// be.
func (b *Bot) Corrected(ctx context.Context, c Correction, failed error) error {
	switch {
	case failed != nil:
		return b.memory.CorrectionFailed(ctx, c.Correction, failed.Error())
	case c.Tell:
		return b.memory.CorrectionDone(ctx, c.Correction)
	}
	return b.memory.CorrectionShown(ctx, c.Correction)
}

// maxQuoted is the longest new sentence that a line quotes, in UTF-16 units.
const maxQuoted = 800

// warning returns the line for a correction: the edition's new version of the first
// changed sentence, with its footnotes, or that the sentence is gone.
func (b *Bot) warning(ctx context.Context, lang text.Language, c store.Correction) (Warning, error) {
	if len(c.Changes) == 0 {
		return Warning{}, nil
	}
	first := c.Changes[0]
	n := NewWarning(say(lang, "correction_gone", "N", c.Edition), truncateWords(first.Old.Text, maxQuoted))
	if first.New != "" {
		n.lead, n.quoted = say(lang, "correction", "N", c.Edition), truncateWords(first.New, maxQuoted)
		footnotes, err := b.footnotes(ctx, c.Edition, first.Notes)
		if err != nil {
			return Warning{}, err
		}
		for _, f := range footnotes {
			n.marks = append(n.marks, Span{Text: " "}, marker(f))
		}
	}
	if more := len(c.Changes) - 1; more > 0 {
		n.more = " " + say(lang, "correction_more", "Count", more)
	}
	return n, nil
}

// news returns the message to people who asked to be notified.
func news(lang text.Language, c store.Correction, n Warning) Message {
	if n.IsZero() {
		return textMessage("🔔 " + say(lang, "correction_again", "N", c.Edition))
	}
	return Message{Lines: []Line{append(Line{{Text: "🔔 "}}, n.Line(maxQuoted+minQuoted*10)...)}}
}

// bellPressed switches the person's notification about corrections of an answer on or off.
func (b *Bot) bellPressed(ctx context.Context, p Callback, e store.Exchange, _ string, out CallbackResponder) error {
	on, err := b.memory.ToggleBell(ctx, e.ID, p.Sender.ID)
	if err != nil {
		return err
	}
	if on {
		out.Toast(ctx, p.say("bell_on"))
	} else {
		out.Toast(ctx, p.say("bell_off"))
	}
	return nil
}

// correctedLine returns a line with the number of answers that an edition corrects or
// would correct; "" if there are none. A failure is only logged: it must not prevent an
// edition from going live.
func (b *Bot) correctedLine(ctx context.Context, lang text.Language, edition int64, otherwise, again phrase) string {
	if b.corrections == nil {
		return ""
	}
	count, err := b.corrections.Count(ctx, edition)
	if errors.Is(err, store.ErrNotFound) {
		return ""
	}
	if err != nil {
		b.log.Error("the answers that an edition corrects can't be counted", "edition", edition, "error", err)
		return ""
	}
	var said []string
	if count.Otherwise > 0 {
		said = append(said, say(lang, otherwise, "Count", count.Otherwise))
	}
	if count.Again > 0 {
		said = append(said, say(lang, again, "Count", count.Again))
	}
	return strings.Join(said, "\n")
}
