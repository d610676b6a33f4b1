package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"reportbot/store"
)

// fixed is a source with one row of each.
type fixed struct{}

var at = time.Date(2024, 11, 1, 8, 30, 0, 0, time.FixedZone("", 7*3600))

func (fixed) Unanswered(context.Context) ([]store.Unanswered, error) {
	return []store.Unanswered{
		{Question: `Giá "vé", bao nhiêu?`, Language: "vi", Edition: 3, AskedAt: at},
		{Question: "=HYPERLINK(1)\nhai dòng", Language: "vi", Edition: 3, AskedAt: at},
	}, nil
}

func (fixed) Ratings(context.Context, int) ([]store.Rating, error) {
	return []store.Rating{{Exchange: 4, Why: "wrong", Edition: 2, Question: "Vì sao <b>?", Answer: "Vì thế. [2]", Passages: []int64{5, 3}, GivenAt: at}}, nil
}

func (fixed) Audit(context.Context, int) ([]store.Action, error) {
	return []store.Action{{At: at, Who: "12345", Command: "rollback 2", Edition: 2}}, nil
}

func TestTablesAreWritten(t *testing.T) {
	for _, test := range []struct {
		table  Table
		format Format
		want   string
	}{
		{Unanswered, CSV, "asked_at,lang,edition,question\n2024-11-01T01:30:00Z,vi,3,\"Giá \"\"vé\"\", bao nhiêu?\"\n" +
			"2024-11-01T01:30:00Z,vi,3,\"'=HYPERLINK(1)\nhai dòng\"\n"},
		{Unanswered, JSONL, `{"asked_at":"2024-11-01T01:30:00Z","edition":3,"lang":"vi","question":"Giá \"vé\", bao nhiêu?"}` + "\n" +
			`{"asked_at":"2024-11-01T01:30:00Z","edition":3,"lang":"vi","question":"=HYPERLINK(1)\nhai dòng"}` + "\n"},
		{Feedback, CSV, "given_at,good,why,edition,question,answer,passages\n2024-11-01T01:30:00Z,false,wrong,2,Vì sao <b>?,Vì thế. [2],5 3\n"},
		{Feedback, JSONL, `{"answer":"Vì thế. [2]","edition":2,"given_at":"2024-11-01T01:30:00Z","good":false,"passages":"5 3","question":"Vì sao <b>?","why":"wrong"}` + "\n"},
		{Audit, CSV, "at,who,command,edition\n2024-11-01T01:30:00Z,12345,rollback 2,2\n"},
		{Audit, JSONL, `{"at":"2024-11-01T01:30:00Z","command":"rollback 2","edition":2,"who":"12345"}` + "\n"},
	} {
		var out bytes.Buffer
		if err := Write(t.Context(), &out, fixed{}, test.table, test.format); err != nil || out.String() != test.want {
			t.Errorf("%s as %s (%v):\n%s\nwant\n%s", test.table, test.format, err, &out, test.want)
		}
		if test.format == CSV {
			if _, err := csv.NewReader(strings.NewReader(out.String())).ReadAll(); err != nil {
				t.Errorf("%s: no CSV: %v", test.table, err)
			}
		}
	}
	for _, test := range []struct {
		table  Table
		format Format
	}{{"names", CSV}, {Audit, "xlsx"}} {
		if err := Write(t.Context(), &bytes.Buffer{}, fixed{}, test.table, test.format); err == nil {
			t.Errorf("%s as %s was written", test.table, test.format)
		}
	}
}
