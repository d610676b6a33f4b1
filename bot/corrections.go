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

// Correction is a kept answer that has to be shown with another line on top, or without
// one.
type Correction struct {
	store.Correction
	Thread string
	// Shown is the answer as it was sent, without any line.
	Shown   store.ShownAnswer
	Warning Warning // the line on top; zero: none
	// News is set if Tell is: the message to people who asked for one, in reply to the
	// answer.
	News Message
}

// Warning is a line that says what an edition says otherwise than an answer. Its quotation
// may be shortened. The zero Warning is no line.
type Warning struct {
	lead, quoted, more string
	marks              Line
}

// NewWarning returns a line: how it begins, and what it quotes.
func NewWarning(lead, quoted string) Warning { return Warning{lead: lead, quoted: quoted} }

// None reports whether there is no line.
func (n Warning) None() bool { return n.lead == "" }

// leastQuoted is the shortest quotation, in UTF-16 units, that is worth showing.
const leastQuoted = 20

// Line returns the line in at most so many UTF-16 units, if that can be: the quotation is
// shortened, or left out.
func (n Warning) Line(most int) Line {
	line := Line{{Text: n.lead, Bold: true}}
	rest := units(n.lead) + units(n.more) + units(" “”")
	for _, span := range n.marks {
		rest += units(span.Text)
	}
	if quoted := shortened(n.quoted, most-rest); quoted != "" {
		line = append(line, Span{Text: " “" + quoted + "”"})
		line = append(line, n.marks...)
	}
	if n.more != "" {
		line = append(line, Span{Text: n.more})
	}
	return line
}

// shortened cuts a text at a word, to at most so many UTF-16 units; to nothing if that
// leaves too little.
func shortened(s string, most int) string {
	if units(s) <= most {
		return s
	}
	if most < leastQuoted {
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

// Recheck compares the kept answers with the live edition, as far as that was not done.
func (b *Bot) Recheck(ctx context.Context) error {
	if b.corrections == nil {
		return nil
	}
	return b.corrections.Recheck(ctx)
}

// mostCorrections is how many corrections are looked up at once.
const mostCorrections = 100

// Corrections returns corrections that have to be shown or told: of each thread the
// newest one that is older than before, newest first. With before 0 it begins with the
// newest of all. last is the one to go on with, 0 if there are no
// older ones.
func (b *Bot) Corrections(ctx context.Context, before int64) (found []Correction, last int64, err error) {
	pending, err := b.memory.PendingCorrections(ctx, before, mostCorrections)
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
		case !b.admitted(chat, person > 0, Sender{ID: person}):
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

// Corrected records that a correction was shown or told, or with an error that it can't
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

// longestQuoted is the longest new sentence that a line quotes, in UTF-16 units.
const longestQuoted = 800

// warning returns the line for a correction: what the edition says instead of the first
// sentence that it changes, with its footnotes, or that it hasn't the sentence any more.
func (b *Bot) warning(ctx context.Context, lang text.Language, c store.Correction) (Warning, error) {
	if len(c.Changes) == 0 {
		return Warning{}, nil
	}
	first := c.Changes[0]
	n := NewWarning(say(lang, "correction_gone", "N", c.Edition), shortened(first.Old.Text, longestQuoted))
	if first.New != "" {
		n.lead, n.quoted = say(lang, "correction", "N", c.Edition), shortened(first.New, longestQuoted)
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

// news is the message to people who asked to be told.
func news(lang text.Language, c store.Correction, n Warning) Message {
	if n.None() {
		return textMessage("🔔 " + say(lang, "correction_again", "N", c.Edition))
	}
	return Message{Lines: []Line{append(Line{{Text: "🔔 "}}, n.Line(longestQuoted+leastQuoted*10)...)}}
}

// bellPressed has the chat told if the answer is corrected, or no longer.
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

// touches says how many answers an edition corrects, or would correct; nothing if there
// are none. A failure is logged: it must not keep an edition from going live.
func (b *Bot) touches(ctx context.Context, lang text.Language, edition int64, otherwise, again phrase) string {
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
