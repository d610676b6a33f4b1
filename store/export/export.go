// Package export writes tables for other programs: unanswered questions, feedback
// and the audit log.
package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"reportbot/store"
)

// Table is what can be exported.
type Table string

// The tables, each newest first. None holds who asked or rated.
const (
	Unanswered Table = "unanswered" // questions that the report did not answer
	Feedback   Table = "feedback"   // ratings of answers
	Audit      Table = "audit"      // what admins did
)

// Format is the form of the output.
type Format string

// The formats. CSV begins with the column names; JSONL has an object a line, with
// the same names.
const (
	CSV   Format = "csv"
	JSONL Format = "jsonl"
)

// Source is where the data comes from: a *store.Store.
type Source interface {
	Unanswered(ctx context.Context) ([]store.Unanswered, error)
	Ratings(ctx context.Context, limit int) ([]store.Rating, error)
	Audit(ctx context.Context, limit int) ([]store.Action, error)
}

// table is named columns with rows of strings, numbers and booleans.
type table struct {
	columns []string
	rows    [][]any
}

// Write writes a table to out. Times are RFC 3339 in UTC.
func Write(ctx context.Context, out io.Writer, from Source, what Table, format Format) error {
	t, err := read(ctx, from, what)
	if err != nil {
		return err
	}
	switch format {
	case CSV:
		return t.writeCSV(out)
	case JSONL:
		return t.writeJSONL(out)
	}
	return fmt.Errorf("unknown format %q: use csv or jsonl", format)
}

func read(ctx context.Context, from Source, what Table) (*table, error) {
	switch what {
	case Unanswered:
		questions, err := from.Unanswered(ctx)
		t := &table{columns: []string{"asked_at", "lang", "edition", "question"}}
		for _, q := range questions {
			t.rows = append(t.rows, []any{timestamp(q.AskedAt), q.Language, q.Edition, q.Question})
		}
		return t, err
	case Feedback:
		ratings, err := from.Ratings(ctx, -1)
		t := &table{columns: []string{"given_at", "good", "why", "edition", "question", "answer", "passages"}}
		for _, r := range ratings {
			t.rows = append(t.rows, []any{timestamp(r.GivenAt), r.Good, r.Why, r.Edition, r.Question, r.Answer, passages(r.Passages)})
		}
		return t, err
	case Audit:
		actions, err := from.Audit(ctx, -1)
		t := &table{columns: []string{"at", "who", "command", "edition"}}
		for _, a := range actions {
			t.rows = append(t.rows, []any{timestamp(a.At), a.Who, a.Command, a.Edition})
		}
		return t, err
	}
	return nil, fmt.Errorf("unknown table %q: use unanswered, feedback or audit", what)
}

func timestamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// passages returns ids in the form of `search --json`, best first.
func passages(ids []int64) string { return strings.Trim(fmt.Sprint(ids), "[]") }

func (t *table) writeCSV(out io.Writer) error {
	writer := csv.NewWriter(out) // Error has the failure of any Write
	_ = writer.Write(t.columns)
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, value := range row {
			cells[i] = cell(fmt.Sprint(value))
		}
		_ = writer.Write(cells)
	}
	writer.Flush()
	return writer.Error()
}

// cell keeps spreadsheets from running a person's text as a formula.
func cell(written string) string {
	if written != "" && strings.ContainsRune("=+-@\t\r", rune(written[0])) {
		return "'" + written
	}
	return written
}

func (t *table) writeJSONL(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, row := range t.rows {
		object := make(map[string]any, len(row))
		for i, value := range row {
			object[t.columns[i]] = value
		}
		if err := encoder.Encode(object); err != nil {
			return err
		}
	}
	return nil
}
