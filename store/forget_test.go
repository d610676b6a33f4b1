package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// asks stores a question of a person in a chat in every form that the store has for it:
// answered, unanswered, rated, for a link, and in an update that failed. Its words are in
// all of them. It returns the exchange.
func asks(t *testing.T, s *Store, update int64, chat, person, words string) int64 {
	t.Helper()
	ctx := t.Context()
	id, err := s.AddExchange(ctx, Exchange{
		Thread: chat + "/7", Asker: person, Edition: 1, Question: "Hỏi " + words, Answer: "Đáp " + words,
		Cited: []Cited{{1, "Nguồn " + words}}, Language: "vi", Unanswered: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	settled(t, s.Rate(ctx, id, 1, false, "wrong"))
	settled(t, s.SavePendingQuestion(ctx, words, "Kín "+words, Owner{Chat: chat, Person: person}))
	body := fmt.Appendf(nil, `{"update_id":%d,"message":{"from":{"id":%s},"chat":{"id":%s},"text":"Hỏng %s"}}`, update, person, chat, words)
	if fresh, err := s.Accept(ctx, []Update{{ID: update, Body: body}}); err != nil || len(fresh) != 1 {
		t.Fatal(fresh, err)
	}
	settled(t, s.PrepareReply(ctx, Reply{Update: update, Chat: number(t, chat), Question: 3, Parts: []byte("Gửi " + words)}))
	settled(t, s.MarkFailed(ctx, Update{ID: update, Body: body}, "vì "+words))
	return id
}

func number(t *testing.T, digits string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// filesOf returns what stands in a store's files, the log too.
func filesOf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(path + "-wal")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return append(data, log...)
}

func TestWhatIsForgottenIsInNoFile(t *testing.T) {
	const ana, ben = "101", "102"
	for _, test := range []struct {
		name   string
		forget Owner
		gone   []string // words of Ana's in private, hers in the group, Ben's in the group, Ben's in private
	}{
		{"a person, in private", Owner{Chat: ana, Person: ana}, []string{"anarieng", "ananhom"}},
		{"a group", Owner{Chat: "-5"}, []string{"ananhom", "bennhom"}},
		{"a group that was moved since", Owner{Chat: "-5"}, []string{"ananhom", "bennhom"}},
		{"a private chat that blocks the bot", Owner{Chat: ben}, []string{"benrieng"}},
		{"somebody unknown", Owner{Chat: "999", Person: "999"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "reports.db")
			s := openAt(t, path)
			asks(t, s, 1, ana, ana, "anarieng")
			asks(t, s, 2, "-5", ana, "ananhom")
			asks(t, s, 3, "-5", ben, "bennhom")
			asks(t, s, 4, ben, ben, "benrieng")
			if strings.Contains(test.name, "moved") {
				settled(t, s.MoveChat(t.Context(), -5, -100777))
				test.forget.Chat = "-100777"
			}
			settled(t, s.Forget(t.Context(), test.forget))
			files := filesOf(t, path)
			for _, words := range []string{"anarieng", "ananhom", "bennhom", "benrieng"} {
				if found, gone := bytes.Count(files, []byte(words)), slices.Contains(test.gone, words); gone != (found == 0) {
					t.Errorf("%q is %d times in the files", words, found)
				}
			}
			settled(t, s.Forget(t.Context(), test.forget)) // again, as after a kill
		})
	}
}

func TestAPersonsOwnRatingsAreForgotten(t *testing.T) {
	s := openAt(t, Memory)
	id := exchanged(t, s, 1, Exchange{Thread: "-5", Asker: "102", Question: "vì sao?"})
	settled(t, s.Rate(t.Context(), id, 101, true, ""))
	settled(t, s.Rate(t.Context(), id, 103, false, ""))
	settled(t, s.Forget(t.Context(), Owner{Chat: "101", Person: "101"}))
	if left, err := s.Ratings(t.Context(), 9); err != nil || len(left) != 1 || left[0].Good {
		t.Errorf("left are %+v (%v)", left, err)
	}
}

// Deleted rows leave no copy in the pages, wherever SQLite moves the others.
func TestNoPageKeepsWhatWasForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		person := strconv.Itoa(200 + random.IntN(30))
		_, err := s.AddExchange(t.Context(), Exchange{
			Thread: person, Asker: person, Edition: 1, Language: "vi", Unanswered: random.IntN(3) == 0,
			Question: strings.Repeat("cuaai"+person+" ", 1+random.IntN(9)), Answer: strings.Repeat("dap"+person+" ", random.IntN(900)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if i%50 == 49 {
			settled(t, s.Forget(t.Context(), Owner{Chat: "200", Person: "200"}))
		}
	}
	for person := 200; person < 220; person++ {
		key := strconv.Itoa(person)
		settled(t, s.Forget(t.Context(), Owner{Chat: key, Person: key}))
	}
	files := filesOf(t, path)
	for person := 200; person < 230; person++ {
		found := bytes.Count(files, fmt.Appendf(nil, "cuaai%d", person)) + bytes.Count(files, fmt.Appendf(nil, "dap%d", person))
		if (found == 0) != (person < 220) {
			t.Errorf("the words of %d are %d times in the files", person, found)
		}
	}
}

func TestWhatWasAskedBeforeIsNotStoredAfterwards(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	before := now
	mustAccept(t, s, updates(1), 1)
	now = now.Add(time.Minute)
	settled(t, s.Forget(t.Context(), Owner{Chat: "101", Person: "101"}))
	add := func(thread string, received time.Time) error {
		_, err := s.AddExchange(t.Context(), Exchange{Thread: thread, Asker: "101", Edition: 1, Received: received, Unanswered: true})
		return err
	}
	if err := add("101", before); !errors.Is(err, ErrForgotten) {
		t.Error("in private:", err)
	}
	if err := add("-5/7", before); !errors.Is(err, ErrForgotten) {
		t.Error("in a group:", err)
	}
	if left, err := s.Unanswered(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("unanswered are %+v (%v)", left, err)
	}
	settled(t, add("101", now.Add(time.Millisecond)))

	// The update is still there, and says when it came.
	waiting, err := s.Pending(t.Context())
	if err != nil || len(waiting) != 1 || !waiting[0].Received.Equal(before) {
		t.Fatalf("waiting are %+v (%v)", waiting, err)
	}
	body := []byte(`{"message":{"from":{"id":101},"text":"Hỏng"}}`)
	settled(t, s.MarkFailed(t.Context(), Update{ID: 1, Body: body}, "why"))
	if kept := one[string](t, s, `SELECT CAST(body AS TEXT) || why FROM inbox WHERE update_id = 1`); kept != "forgotten" {
		t.Errorf("of the failed update is kept %q", kept)
	}

	now = now.Add(deletionRecordTTL + time.Second)
	settled(t, s.Forget(t.Context(), Owner{Chat: "102"}))
	if known := one[string](t, s, `SELECT group_concat(owner) FROM forgotten`); known != "102" {
		t.Errorf("known as forgotten are %s", known)
	}
}

func TestALongReadDoesNotHoldUpForgetting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	asks(t, s, 1, "101", "101", "anarieng")
	reading, err := s.read.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRow(`SELECT count(*) FROM exchange`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	settled(t, s.Forget(t.Context(), Owner{Chat: "101", Person: "101"}))
	if took := time.Since(begun); took > busyTimeout-time.Second {
		t.Errorf("it took %v", took)
	}
	settled(t, reading.Rollback())
	settled(t, s.Forget(t.Context(), Owner{Chat: "101", Person: "101"}))
	if bytes.Contains(filesOf(t, path), []byte("anarieng")) {
		t.Error("it is still in the files")
	}
}

// Every table either has nothing that people write, or is emptied by Forget.
func TestEveryTableIsKnownToForgetOrHasNoWordsOfPeople(t *testing.T) {
	forgotten := []string{"exchange", "rating", "unanswered", "kept_question", "inbox", "reply",
		"shown_answer", "correction", "bell"} // with their exchanges
	impersonal := []string{
		"edition", "live", "passage", "footnote", "embedding", "reading", "integrity", "summary", "term", "exam", "exam_question", // of reports
		"audit",                                                               // what admins did
		"setting", "spending", "tally", "moved_chat", "forgotten", "compared", // no words
	}
	tables, err := list(t.Context(), openAt(t, Memory), single[string],
		`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if !slices.Contains(forgotten, table) && !slices.Contains(impersonal, table) {
			t.Errorf("%s: what of it does Forget delete?", table)
		}
	}
	if len(tables) != len(forgotten)+len(impersonal) {
		t.Errorf("there are the tables %q", tables)
	}
}

func TestASealMatchesItsKeyAlone(t *testing.T) {
	first, second := seal("101"), seal("101")
	switch {
	case first == second:
		t.Error("two seals of one key are the same: they link rows")
	case !isSealOf(first, "101"), !isSealOf(second, "101"):
		t.Error("a seal isn't its key's")
	case isSealOf(first, "102"), isSealOf(first, ""), isSealOf("", ""), isSealOf("", "101"), seal("") != "":
		t.Error("a seal is another's")
	}
}
