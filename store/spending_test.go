package store

import (
	"testing"
	"time"
)

func TestWhatPeopleAskOfTheModelIsCountedByDayAndChat(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Date(2026, 11, 25, 23, 0, 0, 0, time.Local)
	s.now = func() time.Time { return now }
	spend := func(chat, person string, spent, want Spending) {
		t.Helper()
		if today, err := s.Spend(t.Context(), chat, person, spent); err != nil || today != want {
			t.Errorf("%s in %s has spent %+v today (%v), want %+v", person, chat, today, err, want)
		}
	}
	in := func(chat string, day time.Time, want Spending) {
		t.Helper()
		var got Spending
		err := s.read.QueryRowContext(t.Context(), `SELECT coalesce(sum(questions), 0), coalesce(sum(prompt), 0), coalesce(sum(completion), 0)
			FROM spending WHERE day = ? AND chat = ?`, day.Format(time.DateOnly), chat).Scan(&got.Questions, &got.PromptTokens, &got.CompletionTokens)
		if err != nil || got != want {
			t.Errorf("in %s was spent %+v (%v), want %+v", chat, got, err, want)
		}
	}
	in("group", now, Spending{})
	spend("group", "ana", Spending{Questions: 1}, Spending{Questions: 1})
	spend("group", "ana", Spending{PromptTokens: 1000, CompletionTokens: 50}, Spending{1, 1000, 50})
	spend("private", "ana", Spending{1, 10, 5}, Spending{2, 1010, 55})
	spend("group", "ben", Spending{1, 7, 3}, Spending{1, 7, 3})
	in("group", now, Spending{2, 1007, 53})

	spend("5", "5", Spending{Questions: 9}, Spending{Questions: 9})
	settled(t, s.ForgetChat(t.Context(), 5)) // they shut the bot out, and in again
	spend("5", "5", Spending{Questions: 1}, Spending{Questions: 10})

	yesterday := now
	now = now.Add(2 * time.Hour)
	spend("group", "ana", Spending{Questions: 1}, Spending{Questions: 1})
	in("group", yesterday, Spending{2, 1007, 53})
	settled(t, s.ForgetChat(t.Context(), 5))
	in("5", yesterday, Spending{})
	now = now.Add(keptSpending + 24*time.Hour)
	spend("group", "ben", Spending{Questions: 1}, Spending{Questions: 1})
	in("group", yesterday, Spending{})
}
