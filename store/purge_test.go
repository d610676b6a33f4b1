package store

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

const day = 24 * time.Hour

// rowsIn returns how many rows tables have: "exchange 2, rating 1, ...".
func rowsIn(t *testing.T, s *Store) string {
	t.Helper()
	counts := ""
	for _, a := range expiring {
		counts += fmt.Sprintf("%s %d, ", a.table, one[int](t, s, `SELECT count(*) FROM `+a.table))
	}
	return counts
}

func TestWhatIsTooOldIsPurged(t *testing.T) {
	for _, test := range []struct {
		name      string
		age, keep time.Duration
		deleted   int
		left      string
	}{
		{"young", time.Hour, 0, 0, "exchange 2, rating 2, unanswered 2, kept_question 2, inbox 3, "},
		{"a question for a link after a day", day + time.Hour, 0, 1, "exchange 2, rating 2, unanswered 2, kept_question 1, inbox 3, "},
		{"a failed update after two days", 2*day + time.Hour, 0, 2, "exchange 2, rating 2, unanswered 2, kept_question 1, inbox 2, "},
		{"ratings and unanswered questions after 90", 90*day + time.Hour, 0, 4, "exchange 2, rating 1, unanswered 1, kept_question 1, inbox 2, "},
		{"all after the days that are set", 30*day + time.Hour, 30 * day, 5, "exchange 1, rating 1, unanswered 1, kept_question 1, inbox 2, "},
		{"nothing but what waits a day before", 29*day + time.Hour, 30 * day, 2, "exchange 2, rating 2, unanswered 2, kept_question 1, inbox 2, "},
		{"where more days are set than the store's own", 100 * day, 120 * day, 4, "exchange 2, rating 1, unanswered 1, kept_question 1, inbox 2, "},
		{"updates that are done are known for two days", day + time.Hour, day, 4, "exchange 1, rating 1, unanswered 1, kept_question 1, inbox 3, "},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "reports.db")
			s := openAt(t, path)
			start := time.Now().Truncate(time.Second)
			now := start
			s.now = func() time.Time { return now }
			mustAccept(t, s, updates(1), 1) // it waits, and is never too old
			asks(t, s, 2, "101", "101", "chuyencu")
			now = start.Add(test.age)
			// Not by asks: storing some of this deletes what is too old, too.
			if _, err := s.write.Exec(fmt.Sprintf(`INSERT INTO exchange (thread, edition, question, language, answer, notes, cited, passages, asked_at) VALUES ('1', 1, '', '', '', '', '', '', %[1]d);
				INSERT INTO rating (exchange, voter, good, why, edition, question, answer, passages, given_at) VALUES (9, '', 1, '', 1, '', '', '', %[1]d);
				INSERT INTO unanswered (question, lang, edition, asked_at) VALUES ('', 'vi', 1, %[1]d);
				INSERT INTO kept_question (id, question, kept_at) VALUES ('new', '', %[1]d);
				INSERT INTO inbox (update_id, body, state, received_at) VALUES (9, x'', 'done', %[1]d)`, now.Unix())); err != nil {
				t.Fatal(err)
			}
			deleted, err := s.Purge(t.Context(), test.keep)
			if left := rowsIn(t, s); err != nil || deleted != test.deleted || left != test.left {
				t.Errorf("%d rows are deleted (%v), left are %s", deleted, err, left)
			}
			if gone := test.left == "exchange 1, rating 1, unanswered 1, kept_question 1, inbox 2, "; gone && bytes.Contains(filesOf(t, path), []byte("chuyencu")) {
				t.Error("its words are still in the files")
			}
		})
	}
}

// Many rows go in several transactions, between which others write.
func TestAPurgeOfManyRowsLetsOthersWrite(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	const rows = 20 * deleteBatch
	if _, err := s.write.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO exchange (thread, edition, question, language, answer, notes, cited, passages, asked_at)
		SELECT i % 500, 1, 'q', 'vi', hex(zeroblob(500)), '[]', '[]', '[]', 1000 FROM n`, rows); err != nil {
		t.Fatal(err)
	}
	written := make(chan int)
	purged := make(chan struct{})
	go func() {
		count := 0
		defer func() { written <- count }()
		for {
			select {
			case <-purged:
				return
			default:
				if s.Set(t.Context(), strconv.Itoa(count), "language", "vi") == nil {
					count++
				}
			}
		}
	}()
	deleted, err := s.Purge(t.Context(), day)
	close(purged)
	if n := <-written; err != nil || deleted != rows || n < 5 {
		t.Errorf("%d rows are deleted (%v), meanwhile %d writes were made", deleted, err, n)
	}
}
