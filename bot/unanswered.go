package bot

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

const (
	// mostUnanswered is how many questions /unanswered shows, mostRatings how
	// many ratings /feedback does.
	mostUnanswered = 20
	mostRatings    = 10
)

// Kept is what is kept of questions for the admins, without who asked.
type Kept interface {
	KeepUnanswered(ctx context.Context, question, lang string, edition int64) error
	// Unanswered returns what the report did not answer, newest first.
	Unanswered(ctx context.Context) ([]store.Unanswered, error)
	// Ratings returns what was said of answers, newest first.
	Ratings(ctx context.Context, limit int) ([]store.Rating, error)
}

// keep remembers a question that the report did not answer.
func (b *Bot) keep(ctx context.Context, question string, a *answer.Answer) {
	if a.Status != answer.NotInReport {
		return
	}
	if err := b.memory.KeepUnanswered(ctx, text.Clean(question), string(a.Language), a.Edition.ID); err != nil {
		b.log.Error("an unanswered question can't be kept", "error", err)
	}
}

// unanswered shows what people asked that the report did not answer: the same
// question, however it is written, once, the most asked first. As a file where
// one is asked for.
func (b *Bot) unanswered(ctx context.Context, in Incoming, args string, out Responder) error {
	questions, err := b.memory.Unanswered(ctx)
	if err != nil {
		return err
	}
	if len(questions) == 0 {
		return b.tell(ctx, in, out, "unanswered_empty")
	}
	lang := in.language()
	if format := strings.ToLower(strings.TrimSpace(args)); format != "" {
		rows := make([]record, len(questions))
		for i, q := range questions {
			rows[i] = record{{"asked_at", q.AskedAt.UTC().Format(time.RFC3339)}, {"edition", q.Edition}, {"lang", q.Language}, {"question", q.Question}}
		}
		return b.export(ctx, in, out, "unanswered", format, rows)
	}
	m := Message{Lines: []Line{{{Text: say(lang, "unanswered_title", "Count", len(questions)), Bold: true}}}}
	groups := grouped(questions)
	for _, g := range groups[:min(mostUnanswered, len(groups))] {
		m.say(fmt.Sprintf("%d× %s (%s)", g.count, excerpt(g.question), date(g.last.Format(time.DateOnly), lang)))
	}
	m.say(say(lang, "as_file", "Command", "/unanswered"))
	return b.show(ctx, out, m)
}

// group is one question that was asked several times.
type group struct {
	question string // as it was asked last
	count    int
	last     time.Time
}

// grouped puts the same questions together, whatever their marks, case and
// punctuation; the most asked first, then the newest.
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

// feedback shows what people said of answers, the bad ones in words.
func (b *Bot) feedback(ctx context.Context, in Incoming, args string, out Responder) error {
	ratings, err := b.memory.Ratings(ctx, -1)
	if err != nil {
		return err
	}
	if len(ratings) == 0 {
		return b.tell(ctx, in, out, "feedback_empty")
	}
	if format := strings.ToLower(strings.TrimSpace(args)); format != "" {
		rows := make([]record, len(ratings))
		for i, r := range ratings {
			rows[i] = record{{"given_at", r.GivenAt.UTC().Format(time.RFC3339)}, {"good", r.Good}, {"why", r.Why}, {"edition", r.Edition},
				{"question", r.Question}, {"answer", r.Answer}, {"passages", r.Passages}}
		}
		return b.export(ctx, in, out, "feedback", format, rows)
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

// record is a row of a file: names and values in order.
type record []struct {
	name  string
	value any
}

// export sends rows as a file.
func (b *Bot) export(ctx context.Context, in Incoming, out Responder, name, format string, rows []record) error {
	var data bytes.Buffer
	var err error
	switch format {
	case "csv":
		err = writeCSV(&data, rows)
	case "jsonl":
		err = writeJSONL(&data, rows)
	default:
		return b.tell(ctx, in, out, "export_usage", "Command", "/"+name)
	}
	if err != nil {
		return err
	}
	m := textMessage(say(in.language(), "export_rows", "Count", len(rows)))
	m.File = &File{Name: name + "." + format, Data: data.Bytes()}
	return b.show(ctx, out, m)
}

func writeCSV(data *bytes.Buffer, rows []record) error {
	w := csv.NewWriter(data)
	for i, row := range rows {
		names, values := make([]string, len(row)), make([]string, len(row))
		for j, field := range row {
			names[j], values[j] = field.name, inertCell(fmt.Sprint(field.value))
		}
		if i == 0 {
			if err := w.Write(names); err != nil {
				return err
			}
		}
		if err := w.Write(values); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// inertCell keeps a spreadsheet from reading what people wrote as a formula.
func inertCell(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

func writeJSONL(data *bytes.Buffer, rows []record) error {
	for _, row := range rows {
		data.WriteByte('{')
		for j, field := range row {
			if j > 0 {
				data.WriteByte(',')
			}
			value, err := json.Marshal(field.value)
			if err != nil {
				return err
			}
			data.WriteString(strconv.Quote(field.name) + ":")
			data.Write(value)
		}
		data.WriteString("}\n")
	}
	return nil
}
