package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
)

// Whatever is keyed by a chat must move and be forgotten with it. Columns are
// known by their names.
func TestEveryColumnOfAChatIsKnown(t *testing.T) {
	s := openAt(t, Memory)
	rows, err := s.read.Query(`SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND c.name IN ('chat', 'thread') AND c.type = 'TEXT'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := 0
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		found++
		if !slices.Contains(chatColumns, struct{ table, column string }{table, column}) {
			t.Errorf("%s.%s is not among chatColumns", table, column)
		}
	}
	if found != len(chatColumns) {
		t.Errorf("found %d columns, chatColumns has %d", found, len(chatColumns))
	}
}

// answersOf returns the keys under which answers are remembered.
func answersOf(t *testing.T, s *Store) string {
	t.Helper()
	return one[string](t, s, `SELECT coalesce(group_concat(thread, ' '), '') FROM (SELECT thread FROM exchange ORDER BY thread)`)
}

func rememberIn(t *testing.T, s *Store, chats ...string) {
	t.Helper()
	for _, chat := range chats {
		if _, err := s.AddExchange(context.Background(), Exchange{Thread: chat, Edition: 1}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAChatThatMovesTakesItsAnswersAlong(t *testing.T) {
	s := openAt(t, Memory)
	rememberIn(t, s, "-5", "-5/7", "-51", "-51/5", "5")
	settled(t, s.MoveChat(context.Background(), -5, -100777))
	if got := answersOf(t, s); got != "-100777 -100777/7 -51 -51/5 5" {
		t.Errorf("answers are kept under %q", got)
	}
	settled(t, s.MoveChat(context.Background(), -5, -100777)) // told twice
	moved, err := s.MovedChats(context.Background())
	if err != nil || !maps.Equal(moved, map[int64]int64{-5: -100777}) {
		t.Errorf("moved are %v (%v)", moved, err)
	}
}

// In the chat's new id another message may have the number of an answer in the
// old one: who replies to it means no answer.
func TestInAChatThatHasMovedNoAnswerIsKnownByItsMessage(t *testing.T) {
	s := openAt(t, Memory)
	ctx := t.Context()
	for message := range 2 {
		id, err := s.AddExchange(ctx, Exchange{Thread: "-5", Edition: 1, Answer: fmt.Sprint(message)})
		if err != nil {
			t.Fatal(err)
		}
		settled(t, s.ShowExchange(ctx, id, 57+message))
	}
	settled(t, s.MoveChat(ctx, -5, -100777))
	if e, err := s.ExchangeAt(ctx, "-100777", 57); !errors.Is(err, ErrNotFound) {
		t.Errorf("message 57 shows %+v (%v)", e, err)
	}
	if e, err := s.ExchangeAt(ctx, "-100777", 0); err != nil || e.Answer != "1" {
		t.Errorf("the last answer is %+v (%v)", e, err)
	}
}

func TestAForgottenChatLeavesNothingButWhatWaits(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	rememberIn(t, s, "5", "5/7", "55", "-5")
	mustAccept(t, s, updates(1, 2), 1, 2)
	settled(t, s.CompleteReply(ctx, Reply{Update: 1, Chat: 5, Question: 1, Messages: []int{2}}))
	settled(t, s.SaveReply(ctx, Reply{Update: 2, Chat: 5, Question: 3}))
	settled(t, s.ForgetChat(ctx, 5))
	if got := answersOf(t, s); got != "-5 55" {
		t.Errorf("answers are kept under %q", got)
	}
	if _, err := s.Reply(ctx, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("the reply is still there: %v", err)
	}
	if _, err := s.Reply(ctx, 2); err != nil {
		t.Errorf("the reply that is under way is gone: %v", err)
	}
	mustWait(t, s, 2)
	if said := fmt.Sprint(s.ForgetChat(ctx, 999)); said != "<nil>" {
		t.Error("a chat that nothing is known of:", said)
	}
}
func TestAChatsSettingsAreItsOwn(t *testing.T) {
	s := openAt(t, Memory)
	set := func(chat, name, value string) {
		t.Helper()
		if err := s.Set(t.Context(), chat, name, value); err != nil {
			t.Fatal(err)
		}
	}
	set("-1", "language", "vi")
	set("-1", "language", "en")
	set("-1", "asking", "admins")
	set("-12", "language", "vi")
	for chat, want := range map[string]map[string]string{
		"-1":  {"language": "en", "asking": "admins"},
		"-12": {"language": "vi"},
		"1":   {},
	} {
		got, err := s.Settings(t.Context(), chat)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("chat %s has set %v, %v; want %v", chat, got, err, want)
		}
	}
}
