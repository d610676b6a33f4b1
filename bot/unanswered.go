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
	// maxUnanswered is the most questions that /unanswered shows, maxRatings the most
	// ratings that /feedback shows.
	maxUnanswered = 20
	maxRatings    = 10
)

// unanswered shows the questions that the report did not answer, most frequent first,
// with spellings of one question grouped; as a file if the admin names a format.
func (b *Bot) unanswered(ctx context.Context, in Incoming, args string) (Message, error) {
	questions, err := b.memory.Unanswered(ctx)
	if err != nil || len(questions) == 0 {
		return in.reply("unanswered_empty"), err
	}
	if args != "" {
		return b.export(ctx, in, export.Unanswered, args)
	}
	m := titled(in.say("unanswered_title", "Count", len(questions)))
	groups := grouped(questions)
	for _, g := range groups[:min(maxUnanswered, len(groups))] {
		m.addText(fmt.Sprintf("%d× %s (%s)", g.count, excerpt(g.question), date(g.last.Format(time.DateOnly), in.language())))
	}
	m.addText(in.say("as_file", "Command", "/unanswered"))
	return m, nil
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
func (b *Bot) feedback(ctx context.Context, in Incoming, args string) (Message, error) {
	ratings, err := b.memory.Ratings(ctx, -1)
	if err != nil || len(ratings) == 0 {
		return in.reply("feedback_empty"), err
	}
	if args != "" {
		return b.export(ctx, in, export.Feedback, args)
	}
	bad := slices.DeleteFunc(slices.Clone(ratings), func(r store.Rating) bool { return r.Good })
	m := titled(in.say("feedback_title", "Good", len(ratings)-len(bad), "Bad", len(bad)))
	for _, r := range bad[:min(maxRatings, len(bad))] {
		line := "👎 " + excerpt(r.Question)
		if r.Why != "" {
			line += " · " + in.say(reasonPhrases[r.Why])
		}
		m.addText(line + " · " + in.say("of_edition", "N", r.Edition))
	}
	m.addText(in.say("as_file", "Command", "/feedback"))
	return m, nil
}

// export returns a table as a file.
func (b *Bot) export(ctx context.Context, in Incoming, what export.Table, format string) (Message, error) {
	kind := export.Format(strings.ToLower(format))
	if kind != export.CSV && kind != export.JSONL {
		return in.reply("export_usage", "Command", "/"+string(what)), nil
	}
	var data bytes.Buffer
	err := export.Write(ctx, &data, b.memory, what, kind)
	m := textMessage(string(what))
	m.File = &File{Name: string(what) + "." + string(kind), Data: data.Bytes()}
	return m, err
}
