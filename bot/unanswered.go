package bot

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"reportbot/store"
	"reportbot/store/export"
	"reportbot/store/text"
)

const (
	// mostUnanswered is the most questions that /unanswered shows, mostRatings the most
	// ratings that /feedback shows.
	mostUnanswered = 20
	mostRatings    = 10
)

// unanswered shows the questions that the report did not answer, most frequent first,
// spellings of one question together; as a file if the admin names a format.
func (b *Bot) unanswered(ctx context.Context, in Incoming, args string, out Responder) error {
	questions, err := b.memory.Unanswered(ctx)
	if err != nil {
		return err
	}
	if len(questions) == 0 {
		return b.tell(ctx, in, out, "unanswered_empty")
	}
	lang := in.language()
	if args != "" {
		return b.export(ctx, in, out, export.Unanswered, args)
	}
	m := Message{Lines: []Line{{{Text: say(lang, "unanswered_title", "Count", len(questions)), Bold: true}}}}
	groups := grouped(questions)
	for _, g := range groups[:min(mostUnanswered, len(groups))] {
		m.say(fmt.Sprintf("%d× %s (%s)", g.count, excerpt(g.question), date(g.last.Format(time.DateOnly), lang)))
	}
	m.say(say(lang, "as_file", "Command", "/unanswered"))
	return b.show(ctx, out, m)
}

// group is a question that was asked several times.
type group struct {
	question string // in its latest spelling
	count    int
	last     time.Time
}

// grouped groups questions that differ only in diacritics, case and punctuation; the
// most frequent first, then the newest.
func grouped(questions []store.Unanswered) []*group {
	var groups []*group
	byWords := map[string]*group{}
	for _, q := range questions { // newest first
		var words []string
		for _, word := range text.Words(q.Question) {
			words = append(words, word.Folded)
		}
		key := cmp.Or(strings.Join(words, " "), q.Question)
		g := byWords[key]
		if g == nil {
			g = &group{question: q.Question, last: q.AskedAt}
			byWords[key] = g
			groups = append(groups, g)
		}
		g.count++
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(b.count, a.count) })
	return groups
}

// feedback shows the ratings of answers, the bad ones with their questions.
func (b *Bot) feedback(ctx context.Context, in Incoming, args string, out Responder) error {
	ratings, err := b.memory.Ratings(ctx, -1)
	if err != nil {
		return err
	}
	if len(ratings) == 0 {
		return b.tell(ctx, in, out, "feedback_empty")
	}
	if args != "" {
		return b.export(ctx, in, out, export.Feedback, args)
	}
	lang := in.language()
	bad := slices.DeleteFunc(slices.Clone(ratings), func(r store.Rating) bool { return r.Good })
	m := Message{Lines: []Line{{{Text: say(lang, "feedback_title", "Good", len(ratings)-len(bad), "Bad", len(bad)), Bold: true}}}}
	for _, r := range bad[:min(mostRatings, len(bad))] {
		line := "👎 " + excerpt(r.Question)
		if r.Why != "" {
			line += " · " + reasonButton(lang, r.Why)
		}
		m.say(line + " · " + say(lang, "of_edition", "N", r.Edition))
	}
	m.say(say(lang, "as_file", "Command", "/feedback"))
	return b.show(ctx, out, m)
}

// export sends a table as a file.
func (b *Bot) export(ctx context.Context, in Incoming, out Responder, what export.Table, format string) error {
	kind := export.Format(strings.ToLower(format))
	if kind != export.CSV && kind != export.JSONL {
		return b.tell(ctx, in, out, "export_usage", "Command", "/"+string(what))
	}
	var data bytes.Buffer
	if err := export.Write(ctx, &data, b.memory, what, kind); err != nil {
		return err
	}
	m := textMessage(string(what))
	m.File = &File{Name: string(what) + "." + string(kind), Data: data.Bytes()}
	return b.show(ctx, out, m)
}
